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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two of three replicas die: clients are told that the venue is busy, the operator who is missing, and it goes on later. */
final class TooFewReplicasIT {
    private static final long TIMEOUT_MS = 120_000;
    private static final int ORDERS = 50;

    @Test
    @Timeout(900)
    void shouldTellClientsBusyAndNameTheMissingReplicasUntilEnoughAreBack(@TempDir final Path directory)
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
            tradeWithTooFew(venue, ledger);
            venue.stop(NodeProcesses.SEQUENCER, TIMEOUT_MS);
            final long end = venue.lastSequence(NodeProcesses.SEQUENCER);
            for (final String replica : NodeProcesses.REPLICAS) {
                await(replica + " at the end", () -> venue.lastSequence(replica) >= end);
                venue.stop(replica, TIMEOUT_MS);
            }
            final Audit audit = new Audit(ledger);
            audit.run(venue);
            assertEquals(0, audit.lost() + audit.duplicated() + audit.divergences());
        }
    }

    private static void tradeWithTooFew(final NodeProcesses venue, final Ledger ledger)
            throws IOException, InterruptedException {
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
            try (LedgerClients clients = new LedgerClients(access, ledger, 7, 100)) {
                await("orders", () -> ledger.acknowledgements() >= ORDERS);
                venue.kill("matcher-B", "risk-1");
                final long before = ledger.busies();
                await("clients to be told", () -> ledger.busies() > before + ORDERS);
                await(
                        "the operator to be told",
                        () -> venue.told(NodeProcesses.SEQUENCER)
                                .contains("waiting for replicas; no answer from matcher-B, risk-1"));
                venue.start("matcher-B");
                venue.start("risk-1");
                final long wanted = ledger.acknowledgements() + ORDERS;
                await("orders again", () -> ledger.acknowledgements() >= wanted);
                clients.check();
            }
        }
    }

    private static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "waited in vain for " + what);
            Thread.sleep(5);
        }
    }
}
