package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A matcher whose machine stands still: the others go on without it, and it catches up when it wakes. */
final class SleepingReplicaIT {
    private static final String SLEEPER = "matcher-B";
    private static final long TIMEOUT_MS = 120_000;
    private static final int ORDERS = 100;

    @Test
    @Timeout(900)
    void shouldGoOnWithoutAMatcherThatSleepsAndCatchItUpWhenItWakes(@TempDir final Path directory)
            throws IOException, InterruptedException {
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        final Ledger ledger = new Ledger();
        try (NodeProcesses venue = new NodeProcesses(directory.resolve("venue"), root)) {
            venue.start(NodeProcesses.SEQUENCER);
            NodeProcesses.REPLICAS.forEach(venue::start);
            for (final String replica : NodeProcesses.REPLICAS) {
                venue.awaitReady(replica, TIMEOUT_MS);
            }
            sleepWhileOthersTrade(venue, ledger);
            venue.stop(NodeProcesses.SEQUENCER, TIMEOUT_MS);
            final long end = venue.lastSequence(NodeProcesses.SEQUENCER);
            for (final String replica : NodeProcesses.REPLICAS) {
                awaitSequence(venue, replica, end);
                venue.stop(replica, TIMEOUT_MS);
            }
            final Audit audit = new Audit(ledger);
            audit.run(venue);
            assertEquals(0, audit.lost() + audit.duplicated() + audit.divergences());
        }
    }

    private static void sleepWhileOthersTrade(final NodeProcesses venue, final Ledger ledger)
            throws IOException, InterruptedException {
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
            try (LedgerClients clients = new LedgerClients(access, ledger, 7, 100)) {
                awaitOrders(ledger, clients);
                venue.signal(SLEEPER, "STOP");
                // By then the log has long ceased to wait for it.
                awaitOrders(ledger, clients);
                awaitOrders(ledger, clients);
                final long wanted = venue.lastSequence(NodeProcesses.SEQUENCER);
                assertTrue(venue.lastSequence(SLEEPER) < wanted, "it did not sleep");
                venue.signal(SLEEPER, "CONT");
                awaitSequence(venue, SLEEPER, wanted);
                awaitOrders(ledger, clients);
            }
        }
    }

    private static void awaitOrders(final Ledger ledger, final LedgerClients clients) throws InterruptedException {
        final long wanted = ledger.acknowledgements() + ORDERS;
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (ledger.acknowledgements() < wanted) {
            clients.check();
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for orders");
            Thread.sleep(5);
        }
    }

    private static void awaitSequence(final NodeProcesses venue, final String node, final long sequence)
            throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (venue.lastSequence(node) < sequence) {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> node + " stays behind; it said:\n" + venue.told(node));
            Thread.sleep(5);
        }
    }
}
