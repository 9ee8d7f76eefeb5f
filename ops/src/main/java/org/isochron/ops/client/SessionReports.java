package org.isochron.ops.client;

import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.isochron.codecs.BusinessRejectDecoder;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MassCancelAckDecoder;
import org.isochron.codecs.MassQuoteAckDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MmpTriggeredDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderActivatedDecoder;
import org.isochron.codecs.OrderReducedDecoder;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceRejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.VenueClock;

/**
 * What the venue says to one session: ticks off the request that it answers, times each order from its intended send to its
 * acknowledgement, counts, and tells whoever trades that instrument.
 */
final class SessionReports implements VenueListener {
    private static final long US = 1_000L;

    private final int sessionId;
    private final VenueClock clock;
    private final OrderIds ids;
    private final RequestLog requests;
    private final Queue<Request> again;
    private final Figures figures;
    private final Int2ObjectHashMap<OrderListener> traders = new Int2ObjectHashMap<>();
    private QuoteListener quoter;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FundingPaymentDecoder payment = new FundingPaymentDecoder();
    private String ending;

    /** @param again takes what the venue was too busy for; null when it is not to be sent again. */
    SessionReports(
            final int sessionId,
            final VenueClock clock,
            final OrderIds ids,
            final RequestLog requests,
            final Queue<Request> again,
            final Figures figures) {
        this.sessionId = sessionId;
        this.clock = clock;
        this.ids = ids;
        this.requests = requests;
        this.again = again;
        this.figures = figures;
    }

    void listen(final int instrumentId, final OrderListener listener) {
        traders.put(instrumentId, listener);
    }

    void listen(final QuoteListener listener) {
        quoter = listener;
    }

    /** Why the session is of no use any more; null while it is. */
    String ending() {
        return ending;
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        figures.onAck(requests.answered(ack.refSeqNum()).intendedNs, clock.monotonicNs());
        if (ack.state() == OrderState.DELAYED) {
            figures.onEvent("DELAYED");
        }
        trader(ack.clOrdId()).onAck(ids.local(ack.clOrdId()), ack.quantity());
    }

    @Override
    public void onReplaceAck(final ReplaceAckDecoder ack) {
        requests.answered(ack.refSeqNum());
        trader(ack.clOrdId())
                .onReplaced(ids.local(ack.clOrdId()), ids.local(ack.origClOrdId()), ack.price(), ack.leavesQuantity());
    }

    @Override
    public void onFill(final FillDecoder fill) {
        // Every match has one resting order, or in an auction one buyer, so that each counts once, liquidations
        // included.
        if (fill.liquidity() == Liquidity.MAKER || fill.liquidity() == Liquidity.AUCTION && fill.side() == Side.BUY) {
            figures.onTrade();
        }
        final long clOrdId = fill.clOrdId();
        if (OrderIds.isQuote(clOrdId)) {
            quoter.onFill(
                    OrderIds.entryId(clOrdId),
                    fill.side(),
                    (int) fill.instrumentId(),
                    fill.leavesQuantity(),
                    fill.positionAfter());
        } else if (!OrderIds.isNone(clOrdId)) {
            trader(clOrdId).onFill(ids.local(clOrdId), fill.leavesQuantity(), fill.positionAfter());
        }
    }

    @Override
    public void onCancelled(final CancelledDecoder cancelled) {
        if (cancelled.refSeqNum() != CancelledDecoder.refSeqNumNullValue()) {
            requests.answered(cancelled.refSeqNum());
        }
        if (cancelled.reason() != CancelReason.USER && cancelled.reason() != CancelReason.IOC) {
            figures.onEvent("CANCELLED_" + cancelled.reason());
        }
        final long clOrdId = cancelled.clOrdId();
        if (OrderIds.isQuote(clOrdId)) {
            quoter.onGone(OrderIds.entryId(clOrdId), cancelled.side());
        } else {
            trader(clOrdId)
                    .onCancelled(
                            ids.local(clOrdId),
                            cancelled.requestClOrdId() != CancelledDecoder.requestClOrdIdNullValue());
        }
    }

    @Override
    public void onOrderReduced(final OrderReducedDecoder reduced) {
        figures.onEvent("REDUCED_" + reduced.reason());
    }

    @Override
    public void onOrderActivated(final OrderActivatedDecoder activated) {
        switch (activated.cause()) {
            case TRIGGER -> figures.onEvent("TRIGGERED");
            case TAKER_DELAY -> figures.onEvent("RELEASED");
            case REFILL -> figures.onEvent("REFILLED");
            case QUEUE -> figures.onEvent("QUEUED");
            default -> throw new IllegalStateException("activated for " + activated.cause());
        }
    }

    @Override
    public void onMassCancelAck(final MassCancelAckDecoder ack) {
        requests.answered(ack.refSeqNum());
    }

    @Override
    public void onMassQuoteAck(final MassQuoteAckDecoder ack) {
        final Request request = requests.answered(ack.refSeqNum());
        int index = 0;
        for (final MassQuoteAckDecoder.EntriesDecoder entry : ack.entries()) {
            final Quote quote = request.quotes.get(index++);
            if (quote.bidPriceE9() != Quote.UNTOUCHED) {
                judged(quote, Side.BUY, entry.bidCode());
            }
            if (quote.askPriceE9() != Quote.UNTOUCHED) {
                judged(quote, Side.SELL, entry.askCode());
            }
        }
        quoter.onQuoted(request.quotes);
    }

    private void judged(final Quote quote, final Side side, final RejectCode code) {
        if (code == RejectCode.NULL_VAL) {
            quoter.onSide(quote, side, null);
        } else {
            figures.onReject("QUOTE_" + code);
            quoter.onSide(quote, side, code);
        }
    }

    @Override
    public void onMmpTriggered(final MmpTriggeredDecoder triggered) {
        figures.onEvent("MMP_TRIGGERED_" + triggered.reachedLimit());
        quoter.onFrozen();
    }

    @Override
    public void onCommandAccepted(final CommandAcceptedDecoder accepted) {
        if (requests.answered(accepted.refSeqNum()).kind == Request.Kind.MMP_RESET) {
            quoter.onUnfrozen();
        }
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        requests.answered(reject.refSeqNum());
        figures.onReject(reject.code().name());
        trader(reject.clOrdId()).onRejected(ids.local(reject.clOrdId()), reject.code());
    }

    @Override
    public void onReplaceReject(final ReplaceRejectDecoder reject) {
        requests.answered(reject.refSeqNum());
        figures.onReject("REPLACE_" + reject.code().name());
        trader(reject.clOrdId())
                .onReplaceRejected(ids.local(reject.clOrdId()), ids.local(reject.origClOrdId()), reject.code());
    }

    @Override
    public void onCancelReject(final CancelRejectDecoder reject) {
        requests.answered(reject.refSeqNum());
        figures.onReject("CANCEL_" + reject.code().name());
        trader(reject.clOrdId())
                .onCancelRejected(ids.local(reject.clOrdId()), ids.local(reject.origClOrdId()), reject.code());
    }

    @Override
    public void onBusinessReject(final BusinessRejectDecoder reject) {
        figures.onReject("BUSINESS_" + reject.code().name());
        if (reject.code() == RejectCode.MMP_FROZEN) {
            // Perhaps by an earlier run, which has not told this one.
            quoter.onFrozen();
        }
        notTaken(requests.answered(reject.refSeqNum()));
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        figures.onReject("BUSY_" + busy.reason().name());
        final Request request = requests.answered(busy.refSeqNum());
        if (again == null) {
            notTaken(request);
        } else {
            final Request copy = request.copy();
            copy.notBeforeNs = clock.monotonicNs() + busy.retryAfterUs() * US;
            again.add(copy);
        }
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        figures.onReject("GATEWAY_" + reject.code().name());
        notTaken(requests.answered(reject.refSeqNum()));
    }

    @Override
    public void onNotApplied(final long fromSeqNum, final long count) {
        for (long seqNum = fromSeqNum; seqNum < fromSeqNum + count; seqNum++) {
            figures.onReject("NOT_APPLIED");
            notTaken(requests.answered(seqNum));
        }
    }

    private void notTaken(final Request request) {
        switch (request.kind) {
            case NEW_ORDER, REPLACE, CANCEL, CANCEL_SIDE ->
                trader(request.clOrdId).onNotTaken(ids.local(request.clOrdId));
            case MASS_QUOTE -> quoter.onNotTaken(request.quotes);
            case MMP_RESET -> quoter.onUnfreezeNotTaken();
            case MMP_CONFIG, DEAD_MAN, INSTRUMENT_STATE, PRICE_TICK -> {
                // Counted as rejects, and nobody waits for them.
            }
        }
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        ending = "is refused by the venue: " + code;
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        ending = "was ended by the venue: " + code;
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        ending = "lost its events " + fromSessionSeq + " to " + toSessionSeq;
    }

    @Override
    public void onEvent(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (templateId == FundingPaymentDecoder.TEMPLATE_ID) {
            payment.wrapAndApplyHeader(buffer, offset, header);
            figures.onEvent(payment.amount() < 0 ? "FUNDING_PAID" : "FUNDING_RECEIVED");
        }
    }

    private OrderListener trader(final long wireClOrdId) {
        final OrderListener listener = traders.get(OrderIds.instrumentId(wireClOrdId));
        if (listener == null) {
            throw new IllegalStateException("session " + sessionId + " was told of order " + wireClOrdId
                    + ", which is of none of its instruments");
        }
        return listener;
    }
}
