package org.isochron.ops.torture;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.edge.Transport;

/** Two traders and a publisher of prices on one thread, trading with each other whatever happens to the venue. */
final class LedgerClients implements Runnable, AutoCloseable {
    private static final long IDLE_NS = 100_000;
    private static final long JOIN_MS = 5_000;
    private static final long LOOK_MS = 5;

    private final VenueAccess access;
    private final Ledger ledger;
    private final long seed;
    private final int ordersPerSecond;
    private final Thread thread;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    LedgerClients(final VenueAccess access, final Ledger ledger, final long seed, final int ordersPerSecond) {
        this.access = access;
        this.ledger = ledger;
        this.seed = seed;
        this.ordersPerSecond = ordersPerSecond;
        thread = new Thread(this, "ledger-clients");
        thread.start();
    }

    @Override
    public void run() {
        final Random random = new Random(seed);
        try (Transport transport = access.newTransport();
                LedgerTrader maker = new LedgerTrader(
                        access, transport, VenueDefinitions.FIRST_MAKER, ledger, random, ordersPerSecond);
                LedgerTrader taker = new LedgerTrader(
                        access, transport, VenueDefinitions.FIRST_TAKER, ledger, random, ordersPerSecond);
                PriceFeed prices = new PriceFeed(access, transport)) {
            while (!closed) {
                transport.doWork();
                if (maker.poll() + taker.poll() + prices.poll() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    /**
     * Waits until so many more orders have been acknowledged: the venue lives.
     *
     * @throws IllegalStateException when that takes longer, or the clients have failed.
     */
    void awaitOrders(final int orders, final long timeoutMs) throws InterruptedException {
        final long wanted = ledger.acknowledgements() + orders;
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (ledger.acknowledgements() < wanted) {
            check();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "no " + orders + " orders were acknowledged in " + timeoutMs + " ms: the venue does not trade");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    /** @throws IllegalStateException when the clients have failed. */
    void check() {
        if (failure != null) {
            throw new IllegalStateException("the clients failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(JOIN_MS);
        check();
    }
}
