package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forcing to disk: in groups, on its own thread, and never again after a failure. The disk is a made-up one. */
final class JournalForceTest {
    private static final String NAME = "matcher-a";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path root;

    private final Semaphore disk = new Semaphore(0);
    private final List<String> forced = new ArrayList<>();
    private volatile boolean fails;

    @Test
    void shouldCoverNothingBeforeTheDiskHasAnsweredAndWholeGroupsAfterwards() {
        try (ChronicleJournal journal = store().open(NAME);
                JournalForcer forcer = new JournalForcer(journal).start()) {
            final Frames frames = new Frames().appendTo(journal, 1);
            await(disk::hasQueuedThreads);
            frames.appendTo(journal, 99);
            assertEquals(0, forcer.sequence());
            disk.release(1_000);
            await(() -> forcer.sequence() == 100);
            assertEquals(2, forcer.forces(), "one for the first frame, one for all that came meanwhile");
            assertNull(forcer.failure());
        }
    }

    @Test
    void shouldForceTheFramesBeforeTheHeadThatSpeaksOfThem() {
        disk.release(1_000);
        try (ChronicleJournal journal = store().open(NAME)) {
            new Frames().appendTo(journal, 3);
            assertEquals(3, journal.force());
            assertEquals(List.of("19700101-00L.cq4", NAME, "head"), forced);
            forced.clear();
            Damage.after(3).appendTo(journal, 1);
            assertEquals(4, journal.force());
            assertEquals(List.of("19700101-00L.cq4", "head"), forced);
        }
    }

    @Test
    void shouldNeverForceAgainAfterAFailureAndRefuseTheJournalFromThenOn() {
        disk.release(1_000);
        try (ChronicleJournal journal = store().open(NAME);
                JournalForcer forcer = new JournalForcer(journal).start()) {
            final Frames frames = new Frames().appendTo(journal, 5);
            await(() -> forcer.sequence() == 5);
            fails = true;
            frames.appendTo(journal, 5);
            await(() -> forcer.failure() != null);
            fails = false;
            final int forces = forced.size();
            assertEquals(5, forcer.sequence());
            assertSame(forcer.failure(), assertThrows(UncheckedIOException.class, journal::force));
            assertEquals(forces, forced.size());
            assertNotNull(forcer.failure().getMessage());
        }
        for (int i = 0; i < 2; i++) {
            final JournalException refusal = assertThrows(JournalException.class, () -> store().open(NAME));
            assertEquals(Reason.UNUSABLE, refusal.reason());
            assertTrue(refusal.getMessage().contains("suspect"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("no such device"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("other nodes' journals"), refusal::getMessage);
        }
        assertThrows(JournalException.class, () -> store().read(NAME));
    }

    @Test
    void shouldCountAMappedPageThatTheDiskDoesNotTakeAsAFailure() {
        final ChronicleJournalStore broken =
                new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH, path -> {
                    throw new InternalError("a fault occurred in an unsafe memory access operation");
                });
        try (ChronicleJournal journal = broken.open(NAME);
                JournalForcer forcer = new JournalForcer(journal).start()) {
            new Frames().appendTo(journal, 5);
            await(() -> forcer.failure() != null);
        }
        assertThrows(JournalException.class, () -> store().open(NAME));
    }

    private ChronicleJournalStore store() {
        return new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH, path -> {
            disk.acquireUninterruptibly();
            if (fails) {
                throw new IOException("no such device");
            }
            forced.add(path.getFileName().toString());
        });
    }

    private static void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < PATIENCE_NS, "waited in vain");
            LockSupport.parkNanos(100_000);
        }
    }
}
