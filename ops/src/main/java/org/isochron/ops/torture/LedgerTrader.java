package org.isochron.ops.torture;

import java.util.Random;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;

/** Sends limit orders round one price, small enough to trade for ever, and notes every answer down. */
final class LedgerTrader extends SturdySession {
    static final int INSTRUMENT = 1;
    static final long TICK_E9 = 100_000_000;
    static final long MIDDLE_TICKS = 600_000;

    private static final int SPREAD_TICKS = 100;
    private static final int ORDERS_BETWEEN_CANCELS = 10;
    private static final int MAX_UNANSWERED = 64;
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Ledger ledger;
    private final Random random;
    private final int accountId;
    private final long intervalNs;
    private long nextClOrdId;
    private long dueNs = System.nanoTime();
    private int unanswered;

    LedgerTrader(
            final VenueAccess access,
            final Transport transport,
            final int sessionId,
            final Ledger ledger,
            final Random random,
            final int ordersPerSecond) {
        super(access, transport, sessionId);
        this.ledger = ledger;
        this.random = random;
        accountId = sessionId;
        intervalNs = NS_PER_SECOND / ordersPerSecond;
        // Above every id of an earlier run, and apart from the other session's.
        nextClOrdId = access.clock().wallNs() / 1_000 * 1_000 + sessionId;
    }

    int poll() {
        final int work = pollSession();
        if (!isEstablished()) {
            unanswered = 0;
            dueNs = System.nanoTime();
            return work;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - dueNs < 0 || unanswered >= MAX_UNANSWERED) {
            return work;
        }
        dueNs = nowNs + intervalNs;
        return work + send();
    }

    private int send() {
        nextClOrdId += 1_000;
        if (nextClOrdId / 1_000 % ORDERS_BETWEEN_CANCELS == 0) {
            client().massCancel(accountId, MassCancelScope.INSTRUMENT, INSTRUMENT, Side.NULL_VAL, nextClOrdId);
            return 1;
        }
        final long priceTicks = MIDDLE_TICKS + random.nextInt(SPREAD_TICKS);
        final boolean isSent = client().newOrder(
                                accountId,
                                INSTRUMENT,
                                random.nextBoolean() ? Side.BUY : Side.SELL,
                                priceTicks * TICK_E9,
                                1,
                                TimeInForce.GTC,
                                false,
                                nextClOrdId)
                > 0;
        if (isSent) {
            unanswered++;
        }
        return 1;
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        unanswered = Math.max(0, unanswered - 1);
        ledger.acknowledged(
                ack.clOrdId(), ack.stamp().privateSeq(), ack.buffer(), ack.offset(), OrderAckDecoder.BLOCK_LENGTH);
    }

    @Override
    public void onFill(final FillDecoder fill) {
        ledger.told(fill.stamp().privateSeq(), fill.buffer(), fill.offset(), FillDecoder.BLOCK_LENGTH);
    }

    @Override
    public void onCancelled(final CancelledDecoder cancelled) {
        ledger.told(
                cancelled.stamp().privateSeq(), cancelled.buffer(), cancelled.offset(), CancelledDecoder.BLOCK_LENGTH);
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        if (reject.code() == RejectCode.MARKET_CLOSED) {
            ledger.rejectedAsClosed();
        }
        unanswered = Math.max(0, unanswered - 1);
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        ledger.busy();
        unanswered = Math.max(0, unanswered - 1);
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        unanswered = Math.max(0, unanswered - 1);
    }
}
