package org.isochron.ops.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.isochron.codecs.CodType;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Transport;

/**
 * A session that comes back under the same sessionVerId whenever its connection ends, has what it missed sent again, and
 * writes down what became of each number it used.
 */
final class SteadfastTrader implements VenueListener, AutoCloseable {
    private static final long RETRY_NS = 100_000_000;
    private static final long INTERVAL_NS = 5_000_000;
    private static final int SPREAD_TICKS = 50;

    /** Outcomes by seqNum: client's order id. */
    final Map<Long, Long> outcomes = new TreeMap<>();

    final List<String> mistakes = new ArrayList<>();
    private final VenueAccess access;
    private final Transport transport;
    private final int sessionId;
    private final long sessionVerId;
    private final Random random;
    private final TreeMap<Long, Long> sent = new TreeMap<>();
    private VenueClient client;
    private long lastEventSeq;
    private long lastMatchSeq;
    private long retryAtNs = System.nanoTime();
    private long dueNs = System.nanoTime();
    private long nextClOrdId;
    private final Map<RejectCode, Integer> refusals = new TreeMap<>();
    long resent;
    int logons;

    SteadfastTrader(final VenueAccess access, final Transport transport, final int sessionId, final long seed) {
        this.access = access;
        this.transport = transport.drivenElsewhere();
        this.sessionId = sessionId;
        random = new Random(seed);
        sessionVerId = access.clock().wallNs();
        nextClOrdId = sessionVerId;
    }

    /** One duty cycle; sends while {@code mayTrade}. */
    int poll(final boolean mayTrade) {
        if (client == null) {
            if (System.nanoTime() - retryAtNs >= 0) {
                connect();
            }
            return 0;
        }
        final int work = client.poll();
        if (mayTrade && client != null && client.isEstablished() && System.nanoTime() - dueNs >= 0) {
            dueNs = System.nanoTime() + INTERVAL_NS;
            order();
        }
        return work;
    }

    /** Whether it is logged on and has been told of everything up to there. */
    boolean isUpToDate() {
        return client != null && client.isEstablished() && !client.isRecovering();
    }

    /** What the session was told last, its own count. */
    long lastEventSeq() {
        return client == null ? lastEventSeq : client.lastEventSeq();
    }

    /** Sends that many orders, or as many as the venue takes at once, and is gone before it hears what becomes of them. */
    void orderAndHangUp(final int orders) {
        for (int i = 0; i < orders; i++) {
            order();
        }
        client.close();
        retryLater();
    }

    private void connect() {
        final ClientConfig config = ClientConfig.of(
                        sessionId,
                        sessionVerId,
                        access.secret(sessionId),
                        access.ingress(),
                        access.responses(sessionId))
                .withKeepAliveMs(300)
                .withCancelOnDisconnect(CodType.NONE, 0)
                .withConnectTimeoutMs(1_000);
        client = VenueClient.resume(config, transport, access.clock(), lastEventSeq, this);
    }

    private void order() {
        final long clOrdId = nextClOrdId++;
        final long price = (LedgerTrader.MIDDLE_TICKS + random.nextInt(SPREAD_TICKS)) * LedgerTrader.TICK_E9;
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final long seqNum =
                client.newOrder(sessionId, LedgerTrader.INSTRUMENT, side, price, 1, TimeInForce.IOC, false, clOrdId);
        if (seqNum > 0) {
            sent.put(seqNum, clOrdId);
        }
    }

    @Override
    public void onEstablished(final EstablishAckDecoder ack) {
        logons++;
        // These were never taken: their numbers are free again.
        sent.tailMap(ack.lastIncomingSeqNo(), false).clear();
    }

    @Override
    public void onRefused(final RejectCode code, final long lastSessionVerId) {
        refusals.merge(code, 1, Integer::sum);
        retryLater();
    }

    @Override
    public void onTerminated(final TerminateCode code) {
        retryLater();
    }

    private void retryLater() {
        lastEventSeq = client.lastEventSeq();
        client = null;
        retryAtNs = System.nanoTime() + RETRY_NS;
    }

    @Override
    public void onOrderAck(final OrderAckDecoder ack) {
        outcome(ack.refSeqNum(), ack.clOrdId(), ack.stamp().matchSeq());
    }

    @Override
    public void onReject(final RejectDecoder reject) {
        outcome(reject.refSeqNum(), reject.clOrdId(), reject.stamp().matchSeq());
    }

    @Override
    public void onFill(final FillDecoder fill) {
        inOrder(fill.stamp().matchSeq());
    }

    @Override
    public void onGap(final long fromSessionSeq, final long toSessionSeq) {
        mistakes.add("events " + fromSessionSeq + ".." + toSessionSeq + " are lost");
    }

    private void outcome(final long seqNum, final long clOrdId, final long matchSeq) {
        inOrder(matchSeq);
        if (outcomes.put(seqNum, clOrdId) != null) {
            mistakes.add("a second outcome of " + seqNum);
        }
        if (sent.getOrDefault(seqNum, -1L) != clOrdId) {
            mistakes.add("an outcome of " + seqNum + ", which was not sent with that id");
        }
    }

    private void inOrder(final long matchSeq) {
        resent += client.isPossResend() ? 1 : 0;
        if (matchSeq < lastMatchSeq) {
            mistakes.add("command " + matchSeq + " is told after " + lastMatchSeq);
        }
        lastMatchSeq = matchSeq;
    }

    @Override
    public String toString() {
        return (client == null ? "no client" : client.state() + (client.isRecovering() ? ", recovering" : ""))
                + " at event " + lastEventSeq() + ", " + outcomes.size() + " outcomes of " + sent.size()
                + " sent, logged on " + logons + " times, " + resent + " sent again, refused " + refusals;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
