package org.isochron.replay.check;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Market data is dense in its sequence number on every feed, each message in it is what the core made, byte for byte, and
 * no matcher offers a private event before the market data of the same command.
 */
public final class PublicDense extends Invariant {
    private static final int MAX_NODES = 64;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final EventCursor cursor = new EventCursor();
    private final MarketDataPacketHeaderDecoder packet = new MarketDataPacketHeaderDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final LongLog hashes = new LongLog();
    private final LongLog publicUpTo = new LongLog();
    private final long[] nextOfNode = new long[MAX_NODES];

    public PublicDense() {
        super("public-dense");
    }

    @Override
    protected void onStarted(final int node, final long sequence) {
        nextOfNode[node] = 0;
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        final long before = hashes.size();
        cursor.over(events);
        while (cursor.advance()) {
            if (!cursor.isPrivate()) {
                hashes.add(XxHash64.hash(cursor.buffer(), cursor.offset(), cursor.length()));
            }
        }
        if (hashes.size() > before && events.firstPublicSeq() != before + 1) {
            throw broken("command " + frame.sequence() + " numbers its market data from " + events.firstPublicSeq()
                    + " after " + before);
        }
        publicUpTo.add(hashes.size() > before ? hashes.size() : 0);
    }

    @Override
    protected void onSkipped(final int node, final long sequence) {
        if (sequence == publicUpTo.size() + 1) {
            publicUpTo.add(0);
        }
    }

    @Override
    protected void onPublic(final int node, final DirectBuffer buffer, final int offset, final int length) {
        packet.wrap(buffer, offset);
        final long seqNum = packet.seqNum();
        if (nextOfNode[node] != 0 && seqNum != nextOfNode[node]) {
            throw broken("node " + node + " sends market data " + seqNum + ", next is " + nextOfNode[node]);
        }
        int index = offset + MarketDataPacketHeaderDecoder.ENCODED_LENGTH;
        for (int i = 0; i < packet.msgCount(); i++) {
            final int messageLength = HEADER + header.wrap(buffer, index).blockLength();
            if (seqNum + i > hashes.size() || XxHash64.hash(buffer, index, messageLength) != hashes.get(seqNum + i)) {
                throw broken("node " + node + " sends other market data " + (seqNum + i) + " than the core made");
            }
            index += messageLength;
        }
        nextOfNode[node] = seqNum + packet.msgCount();
    }

    @Override
    protected void onPrivate(final int node, final DirectBuffer buffer, final int offset, final int length) {
        final long matchSeq = stamp.wrap(buffer, offset + HEADER).matchSeq();
        if (matchSeq < 1 || matchSeq > publicUpTo.size()) {
            throw broken(
                    "node " + node + " sends a private event of command " + matchSeq + ", which nobody has applied");
        }
        final long needed = publicUpTo.get(matchSeq);
        if (needed != 0 && nextOfNode[node] <= needed) {
            throw broken("node " + node + " sends a private event of command " + matchSeq + " before its market data "
                    + needed);
        }
    }
}
