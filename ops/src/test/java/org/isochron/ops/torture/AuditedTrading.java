package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;

/** A venue of real processes that trades while something happens to it; what its clients were told is audited afterwards. */
final class AuditedTrading {
    private static final long TIMEOUT_MS = 120_000;
    private static final long SEED = 7;
    private static final int ORDERS_PER_SECOND = 100;
    private static final long LOOK_MS = 5;

    private final NodeProcesses venue;
    private final Ledger ledger = new Ledger();
    private LedgerClients clients;

    private AuditedTrading(final NodeProcesses venue) {
        this.venue = venue;
    }

    /** What happens to the venue. */
    @FunctionalInterface
    interface Happening {
        void befall(NodeProcesses venue, AuditedTrading trading) throws InterruptedException;
    }

    /** Starts a venue, lets it happen, and holds every journal and every answer against each other. */
    static void through(final Path directory, final Happening happening) throws IOException, InterruptedException {
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        try (NodeProcesses venue = new NodeProcesses(directory.resolve("venue"), root)) {
            new AuditedTrading(venue).run(happening);
        }
    }

    private void run(final Happening happening) throws IOException, InterruptedException {
        venue.startAll(TIMEOUT_MS);
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
            try (LedgerClients traders = new LedgerClients(access, ledger, SEED, ORDERS_PER_SECOND)) {
                clients = traders;
                happening.befall(venue, this);
                traders.check();
            }
        }
        venue.stopAll(NodeProcesses.SEQUENCER, TIMEOUT_MS);
        final Audit audit = new Audit(ledger);
        audit.run(venue);
        assertEquals(0, audit.lost() + audit.duplicated() + audit.divergences());
    }

    /** Waits until so many more orders have been acknowledged. */
    void awaitOrders(final int orders) throws InterruptedException {
        clients.awaitOrders(orders, TIMEOUT_MS);
    }

    /** Waits until clients have been told so many times more that the venue is busy. */
    void awaitBusies(final int busies) throws InterruptedException {
        final long wanted = ledger.busies() + busies;
        await(busies + " times Busy", () -> ledger.busies() >= wanted);
    }

    /** Waits until a node has said something. */
    void awaitTold(final String node, final String text) throws InterruptedException {
        await(node + " to say " + text, () -> venue.told(node).contains(text));
    }

    /** Waits until a node has a command in its journal. */
    void awaitCommand(final String node, final long sequence) throws InterruptedException {
        await(node + " at " + sequence, () -> venue.lastSequence(node) >= sequence);
    }

    private void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!condition.getAsBoolean()) {
            clients.check();
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "waited in vain for " + what);
            Thread.sleep(LOOK_MS);
        }
    }
}
