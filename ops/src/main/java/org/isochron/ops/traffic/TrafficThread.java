package org.isochron.ops.traffic;

import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Figures;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.host.IdleStrategies;
import org.isochron.sequencer.host.NodeHost;

/**
 * Runs traffic on a thread of its own until it is done, fails, or is closed, and publishes what it looks like twice a
 * second.
 */
public final class TrafficThread implements AutoCloseable {
    private static final long PUBLISH_INTERVAL_NS = 500_000_000L;

    private final TrafficAgent agent;
    private final NodeHost host;

    /**
     * @param traffic made on the new thread, which alone uses it.
     * @param shown   instrument whose book is shown.
     */
    public TrafficThread(final Supplier<Traffic> traffic, final Contract shown, final String idleStrategy) {
        agent = new TrafficAgent(traffic, shown);
        host = new NodeHost(agent, IdleStrategies.of(idleStrategy), () -> {}).start();
    }

    /** The latest; null before the first. */
    public Snapshot snapshot() {
        return agent.snapshot;
    }

    /**
     * Waits for the end.
     *
     * @return whether it has ended in good order.
     * @throws IllegalStateException when the traffic has failed.
     * @throws BadInputException     when what it reads cannot be used.
     */
    public boolean awaitEnd(final long timeoutMs) {
        try {
            final boolean hasEnded = host.awaitEnd(timeoutMs);
            final Throwable failure = host.failure();
            if (failure instanceof BadInputException badInput) {
                throw badInput;
            }
            if (failure != null) {
                throw new IllegalStateException("the clients failed: " + failure.getMessage(), failure);
            }
            return hasEnded;
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    @Override
    public void close() {
        host.close();
    }

    /**
     * The traffic at one moment.
     *
     * @param feed    what public market data has told.
     * @param market  the instrument shown.
     * @param takenNs monotonic time.
     */
    public record Snapshot(
            Figures.Snapshot figures, MarketFigures feed, MarketView market, long done, long total, long takenNs) {
        public long percent() {
            return 100 * done / total;
        }
    }

    private static final class TrafficAgent implements Agent {
        private final Supplier<Traffic> maker;
        private final Contract shown;
        private Traffic traffic;
        private long publishDueNs;
        private volatile Snapshot snapshot;

        TrafficAgent(final Supplier<Traffic> maker, final Contract shown) {
            this.maker = maker;
            this.shown = shown;
        }

        @Override
        public void onStart() {
            traffic = maker.get();
        }

        @Override
        public int doWork() {
            final int work = traffic.doWork();
            final long nowNs = System.nanoTime();
            if (nowNs - publishDueNs >= 0) {
                publishDueNs = nowNs + PUBLISH_INTERVAL_NS;
                publish(nowNs);
            }
            if (traffic.isDone()) {
                publish(nowNs);
                throw new AgentTerminationException("done", false);
            }
            return work;
        }

        private void publish(final long nowNs) {
            snapshot = new Snapshot(
                    traffic.figures().snapshot(),
                    traffic.market().figures(),
                    traffic.market().view(shown),
                    traffic.done(),
                    traffic.total(),
                    nowNs);
        }

        @Override
        public void onClose() {
            if (traffic != null) {
                traffic.close();
            }
        }

        @Override
        public String roleName() {
            return "clients";
        }
    }
}
