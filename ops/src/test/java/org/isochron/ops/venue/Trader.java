package org.isochron.ops.venue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.isochron.codecs.BusyDecoder;
import org.isochron.codecs.CancelRejectDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.GatewayRejectDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.client.Contract;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;

/** Keeps a few random orders around a price, and notices whatever should not happen to a session that does no wrong. */
final class Trader implements VenueListener, AutoCloseable {
    private static final int KEEP_ALIVE_MS = 30_000;
    private static final int MAX_IN_FLIGHT = 8;
    private static final int MAX_LIVE = 20;
    private static final int RANGE_TICKS = 10;
    private static final int MAX_LOTS = 5;

    private final Contract contract;
    private final long firstPriceE9;
    private final int accountId;
    private final Random random;
    private final VenueClient client;
    private final Answers answers = new Answers();
    private final Set<Long> live = new LinkedHashSet<>();
    private final List<String> fills = new ArrayList<>();
    private final List<String> disturbances = new ArrayList<>();
    private long lastClOrdId;

    Trader(
            final VenueAccess access,
            final Transport transport,
            final int sessionId,
            final Contract contract,
            final long firstPriceE9,
            final long seed) {
        this.contract = contract;
        this.firstPriceE9 = firstPriceE9;
        accountId = sessionId;
        random = new Random(seed + sessionId);
        client = VenueClient.connect(patient(access, sessionId), transport, access.clock(), this);
    }

    /** Survives a machine that stands still for a while, and leaves its orders in the book. */
    static ClientConfig patient(final VenueAccess access, final int sessionId) {
        return access.freshSession(sessionId).withKeepAliveMs(KEEP_ALIVE_MS).withCancelOnDisconnect(CodType.NONE, 0);
    }

    boolean isEstablished() {
        return client.isEstablished();
    }

    void poll() {
        client.poll();
    }

    /** Sends one request, unless enough are on their way. */
    void act() {
        if (answers.pending() >= MAX_IN_FLIGHT) {
            return;
        }
        final long seqNum = live.size() > MAX_LIVE ? cancelOldest() : enter();
        if (seqNum > 0) {
            answers.asked(seqNum);
        }
    }

    private long enter() {
        final long ticks = firstPriceE9 / contract.tickE9() + random.nextInt(2 * RANGE_TICKS + 1) - RANGE_TICKS;
        final long clOrdId = lastClOrdId + 1;
        final TimeInForce timeInForce = random.nextInt(4) == 0 ? TimeInForce.IOC : TimeInForce.GTC;
        final long seqNum = client.newOrder(
                accountId,
                contract.instrumentId(),
                random.nextBoolean() ? Side.BUY : Side.SELL,
                contract.priceE9(ticks),
                1 + random.nextInt(MAX_LOTS),
                timeInForce,
                false,
                clOrdId);
        if (seqNum > 0) {
            lastClOrdId = clOrdId;
        }
        return seqNum;
    }

    private long cancelOldest() {
        final Iterator<Long> oldest = live.iterator();
        final long seqNum = client.cancel(accountId, contract.instrumentId(), oldest.next(), lastClOrdId + 1);
        if (seqNum > 0) {
            lastClOrdId++;
            oldest.remove();
        }
        return seqNum;
    }

    Answers answers() {
        return answers;
    }

    /** Executions, each by its place in the total order. */
    List<String> fills() {
        return fills;
    }

    /** Whatever the session should not have been told. */
    List<String> disturbances() {
        return disturbances;
    }

    /** An execution by its place in the total order, and what it says. */
    static String text(final FillDecoder fill) {
        return String.format(
                "%012d.%04d account %d order %d: %d at %d",
                fill.stamp().matchSeq(),
                fill.stamp().subSeq(),
                fill.accountId(),
                fill.orderId(),
                fill.lastQuantity(),
                fill.lastPrice());
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        answers.answered(ack.refSeqNum());
        live.add(ack.clOrdId());
    }

    @Override
    public void onFill(final FillDecoder fill) {
        fills.add(text(fill));
        if (fill.leavesQuantity() == 0) {
            live.remove(fill.clOrdId());
        }
    }

    @Override
    public void onCancelled(final CancelledDecoder cancelled) {
        live.remove(cancelled.clOrdId());
        if (cancelled.refSeqNum() != CancelledDecoder.refSeqNumNullValue()) {
            answers.answered(cancelled.refSeqNum());
        }
    }

    @Override
    public void onCancelReject(final CancelRejectDecoder reject) {
        answers.answered(reject.refSeqNum());
        if (reject.code() != RejectCode.TOO_LATE_TO_CANCEL) {
            disturbances.add("cancel rejected: " + reject.code());
        }
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        answers.answered(reject.refSeqNum());
        disturbances.add("rejected: " + reject.code());
    }

    @Override
    public void onBusy(final BusyDecoder busy) {
        answers.answered(busy.refSeqNum());
        disturbances.add("busy: " + busy.reason());
    }

    @Override
    public void onGatewayReject(final GatewayRejectDecoder reject) {
        answers.answered(reject.refSeqNum());
        disturbances.add("rejected by the gateway: " + reject.code());
    }

    @Override
    public void onNotApplied(final long fromSeqNum, final long count) {
        disturbances.add(count + " not applied from " + fromSeqNum);
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        disturbances.add("gap " + fromSessionSeq + " to " + toSessionSeq);
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        disturbances.add("refused: " + code);
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        disturbances.add("terminated: " + code);
    }

    @Override
    public void close() {
        client.close();
    }
}
