package org.isochron.matcher.venue;

import org.isochron.codecs.MassQuoteAckEncoder;
import org.isochron.codecs.MassQuoteAckEncoder.EntriesEncoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.RejectCode;

/**
 * Writes the answer to a mass quote. It stands before everything its sides cause, and its fields are filled in place as
 * the sides are judged, one after another.
 */
final class QuoteReports {
    private final EventWriter events;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MassQuoteAckEncoder ack = new MassQuoteAckEncoder();
    private EntriesEncoder entries;

    QuoteReports(final EventWriter events) {
        this.events = events;
    }

    /** Begins the answer; {@link #entry} follows once for each of its entries. */
    void begin(final Request request, final MassQuoteDecoder command, final int firm, final int count) {
        final int length =
                MassQuoteAckEncoder.BLOCK_LENGTH + EntriesEncoder.HEADER_SIZE + count * EntriesEncoder.sbeBlockLength();
        final int offset = events.claimPrivate(length, request.session, firm);
        ack.wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(command.clOrdId())
                .refSeqNum(request.seqNum)
                .accountId(command.accountId())
                .quoteSetId(command.quoteSetId());
        entries = ack.entriesCount(count);
    }

    void entry(final int entryId) {
        entries.next().entryId(entryId);
    }

    /**
     * What has become of a side of the entry.
     *
     * @param priority of its order before it trades, {@link QuoteSide#NO_PLACE} when it has none.
     * @param code     why it stands as it stood; NULL_VAL when it stands as asked for.
     */
    void outcome(final boolean buy, final long priority, final RejectCode code) {
        if (buy) {
            entries.bidPriority(priority).bidCode(code);
        } else {
            entries.askPriority(priority).askCode(code);
        }
    }
}
