package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.VenueStatusDecoder;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else fills the disk that the journals are on, while clients trade: the venue takes no more orders before there
 * is no room, says why, and goes on when there is room again; a restart finds everything that clients were told. Mounts a
 * small file system in memory, and is skipped where that is not permitted.
 */
@Timeout(900)
final class FullDiskIT {
    private static final long BYTES_PER_MIB = 1 << 20;
    private static final int DISK_MIB = 900;
    private static final int LEFT_MIB = 96;
    private static final int ORDERS = 60;
    private static final int REFUSED = 20;
    private static final long TIMEOUT_MS = 120_000;
    private static final String LOW = "the disk is low, cancel-only";
    private static final List<String> NODES = List.of("sequencer", "matcher-A", "matcher-B", "risk-1");

    @TempDir
    private Path directory;

    private Path disk;
    private Path ballast;
    private boolean isMounted;
    private NodeProcesses venue;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        final Path root = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        venue = new NodeProcesses(directory.resolve("venue"), root);
        // Beside a torture of this machine.
        Files.writeString(venue.config(), Files.readString(venue.config()).replace(":214", ":215"));
        disk = Files.createDirectories(directory.resolve("venue/run/venue"));
        ballast = disk.resolve("ballast");
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "none", disk.toString()) == 0;
        Assumptions.assumeTrue(isMounted, "skipped: a file system in memory must not be mounted here");
    }

    @AfterEach
    void unmount() throws InterruptedException {
        venue.close();
        if (isMounted) {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldTakeNoOrdersBeforeTheDiskIsFullAndLoseNothing() throws IOException, InterruptedException {
        final Ledger ledger = new Ledger();
        startAll();
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
            try (LedgerClients clients = new LedgerClients(access, ledger, 7, 100)) {
                awaitOrders(ledger, clients);
                fillTheDisk();
                await(() -> venue.told("sequencer").contains(LOW), "cancel-only");
                assertTrue(roomMib() > 0, "no room left before the venue was cancel-only");
                await(() -> ledger.closedRejects() > REFUSED, "orders to be refused");
                final long low = ledger.acknowledgements();
                assertTrue(roomMib() > 0, "the venue filled the disk by itself");
                Files.delete(ballast);
                awaitOrders(ledger, clients);
                assertTrue(ledger.acknowledgements() > low);
            }
        }
        stopAll();
        startAll();
        stopAll();
        assertNothingIsLost(ledger);
        assertClientsWereToldWhy();
    }

    private void assertNothingIsLost(final Ledger ledger) {
        final Audit audit = new Audit(ledger);
        audit.run(venue);
        assertEquals(0, audit.lost(), "events that clients were told");
        assertEquals(0, audit.duplicated());
        assertEquals(0, audit.divergences());
    }

    /** In the log's own events: the venue's state with its reason, and a reject of each order meanwhile. */
    private void assertClientsWereToldWhy() {
        final List<String> told = new ArrayList<>();
        final int[] rejects = new int[1];
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final VenueStatusDecoder status = new VenueStatusDecoder();
        final RejectDecoder reject = new RejectDecoder();
        replay((frame, events) -> {
            for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
                header.wrap(events.buffer(), events.messageOffset(record));
                if (header.templateId() == VenueStatusDecoder.TEMPLATE_ID) {
                    status.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                    told.add(status.cancelOnly() + " " + status.reason());
                } else if (header.templateId() == RejectDecoder.TEMPLATE_ID) {
                    reject.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                    rejects[0] += reject.code() == RejectCode.MARKET_CLOSED ? 1 : 0;
                }
            }
        });
        assertTrue(told.stream().anyMatch(text -> text.endsWith(StateReason.DISK_LOW.name())), told::toString);
        assertTrue(told.stream().anyMatch(text -> text.endsWith(StateReason.RECOVERED.name())), told::toString);
        assertTrue(rejects[0] > REFUSED, rejects[0] + " orders were refused");
    }

    private void replay(final EventConsumer consumer) {
        final Path journal = venue.journal("sequencer");
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            new Replayer(new Venue(), consumer).replay(reader, Long.MAX_VALUE, count -> {});
        }
    }

    private void fillTheDisk() throws IOException {
        final byte[] block = new byte[(int) BYTES_PER_MIB];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            while (roomMib() > LEFT_MIB) {
                file.write(block);
            }
        }
    }

    private long roomMib() {
        return disk.toFile().getUsableSpace() / BYTES_PER_MIB;
    }

    private void startAll() throws InterruptedException {
        NODES.forEach(venue::start);
        for (final String node : NODES) {
            venue.awaitReady(node, TIMEOUT_MS);
        }
    }

    private void stopAll() throws InterruptedException {
        venue.stop("sequencer", TIMEOUT_MS);
        await(
                () -> NODES.stream().allMatch(node -> venue.lastSequence(node) == venue.lastSequence("sequencer")),
                "end");
        for (final String node : NODES.subList(1, NODES.size())) {
            venue.stop(node, TIMEOUT_MS);
        }
    }

    private static void awaitOrders(final Ledger ledger, final LedgerClients clients) throws InterruptedException {
        final long wanted = ledger.acknowledgements() + ORDERS;
        await(
                () -> {
                    clients.check();
                    return ledger.acknowledgements() >= wanted;
                },
                "orders");
    }

    private static void await(final BooleanSupplier condition, final String what) throws InterruptedException {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS),
                    "waited in vain for " + what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int run(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (final IOException e) {
            return -1;
        }
    }
}
