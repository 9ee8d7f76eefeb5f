package org.isochron.perf.core;

import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.SessionRefusedDecoder;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.TradeTape;
import org.isochron.sequencer.replica.EventBatch;

/** Reads the events of every command: refuses refusals, writes trades to a tape. */
final class EventCheck {
    private final TradeTape trades;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    /** Account of the maker of the trade whose other side comes next. */
    private long maker;

    private long taker;
    private boolean half;

    EventCheck(final TradeTape trades) {
        this.trades = trades;
    }

    /** @throws IllegalStateException at the first refusal. */
    void accept(final EventBatch events) {
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            if (events.route(record) == EventBatch.PRIVATE) {
                header.wrap(events.buffer(), events.messageOffset(record));
                accept(events, events.messageOffset(record));
            }
        }
    }

    private void accept(final EventBatch events, final int offset) {
        switch (header.templateId()) {
            case FillDecoder.TEMPLATE_ID -> {
                fill.wrapAndApplyHeader(events.buffer(), offset, header);
                fill();
            }
            case RejectDecoder.TEMPLATE_ID,
                    ReplaceRejectDecoder.TEMPLATE_ID,
                    CancelRejectDecoder.TEMPLATE_ID,
                    BusinessRejectDecoder.TEMPLATE_ID,
                    SessionRefusedDecoder.TEMPLATE_ID ->
                throw new IllegalStateException(
                        "the venue refused command " + events.sequence() + ": " + told(events, offset));
            default -> {
                // An answer that agrees.
            }
        }
    }

    private void fill() {
        if (fill.liquidity() == Liquidity.MAKER) {
            maker = fill.accountId();
        } else {
            taker = fill.accountId();
        }
        half = !half;
        if (!half) {
            MarketFlow.recordTrade(
                    trades,
                    (int) fill.instrumentId() - 1,
                    fill.lastPrice() / VenueFrames.TICK,
                    fill.lastQuantity(),
                    (int) maker - VenueFrames.FIRST_ACCOUNT,
                    (int) taker - VenueFrames.FIRST_ACCOUNT);
        }
    }

    private String told(final EventBatch events, final int offset) {
        return switch (header.templateId()) {
            case RejectDecoder.TEMPLATE_ID ->
                new RejectDecoder()
                        .wrapAndApplyHeader(events.buffer(), offset, header)
                        .toString();
            case ReplaceRejectDecoder.TEMPLATE_ID ->
                new ReplaceRejectDecoder()
                        .wrapAndApplyHeader(events.buffer(), offset, header)
                        .toString();
            case CancelRejectDecoder.TEMPLATE_ID ->
                new CancelRejectDecoder()
                        .wrapAndApplyHeader(events.buffer(), offset, header)
                        .toString();
            case BusinessRejectDecoder.TEMPLATE_ID ->
                new BusinessRejectDecoder()
                        .wrapAndApplyHeader(events.buffer(), offset, header)
                        .toString();
            default -> "template " + header.templateId();
        };
    }
}
