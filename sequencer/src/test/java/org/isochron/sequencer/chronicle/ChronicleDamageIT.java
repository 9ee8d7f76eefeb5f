package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages a data file in many ways: each damage is detected and named, or changes nothing that is ever read; a torn tail is
 * cut off, and what a peer has is taken from there. The long form: {@code mvn verify -pl sequencer -am
 * -Dit.test=ChronicleDamageIT -Disochron.flips=10000 -Disochron.truncations=65536}.
 */
final class ChronicleDamageIT {
    private static final String NAME = "matcher-a";
    private static final String PEER = "matcher-b";
    private static final int FRAME_COUNT = 500;
    private static final int FORCED = 250;
    private static final int TAIL_LENGTH = 64 << 10;
    private static final int PAGE_LENGTH = 4096;
    private static final int FLIPS = Integer.getInteger("isochron.flips", 60);
    private static final int TRUNCATIONS = Integer.getInteger("isochron.truncations", 60);

    @TempDir
    private Path root;

    private final long seed = Long.getLong("isochron.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeEach
    void tellSeed() {
        System.out.println("ChronicleDamageIT -Disochron.seed=" + seed);
    }

    @Test
    void shouldDetectFlippedBitsBytesAndPagesOrReadTheSameFrames() throws IOException {
        final Path original = root.resolve("original");
        Damage.write(original, NAME, FRAME_COUNT);
        int detected = 0;
        for (int i = 0; i < FLIPS; i++) {
            final Path copy = root.resolve("copy");
            Damage.copy(original.resolve(NAME), copy.resolve(NAME));
            final String what = flip(copy.resolve(NAME));
            if (isDetected(copy, what)) {
                detected++;
                assertRepairedFromAPeer(copy, original, what);
            }
            Damage.delete(copy);
        }
        System.out.println(detected + " of " + FLIPS + " flips detected, the others never read");
        // Most of what is used of the file is frames, so most flips cannot be harmless.
        assertTrue(detected > FLIPS / 2, "detected " + detected);
    }

    @Test
    void shouldTellATornTailFromALossAtEveryByte() throws IOException {
        final Path original = root.resolve("original");
        Damage.writeAndLosePower(original, NAME, FRAME_COUNT, FORCED);
        final Path file = Damage.dataFile(original.resolve(NAME));
        final int end = endsOfFrames(file)[FRAME_COUNT];
        final int[] ends = endsOfContent(file);
        int torn = 0;
        for (int i = 0; i < TRUNCATIONS; i++) {
            // All of them when there are as many as bytes.
            final int length = end - 1 - (int) ((long) i * TAIL_LENGTH / TRUNCATIONS);
            final int whole = wholeFrames(ends, length);
            final Path copy = root.resolve("copy");
            Damage.copy(original.resolve(NAME), copy.resolve(NAME));
            Damage.truncate(Damage.dataFile(copy.resolve(NAME)), length);
            torn += assertTornOrRefused(copy, whole, "truncated to " + length + " of " + end) ? 1 : 0;
            Damage.delete(copy);
        }
        System.out.println(TRUNCATIONS + " truncations: " + torn + " torn tails cut off, nothing before the cut lost; "
                + (TRUNCATIONS - torn) + " losses of what was forced to disk refused; none of them mistaken");
    }

    /** @return whether it was mended as a torn tail; refused otherwise, and right in either case. */
    private static boolean assertTornOrRefused(final Path path, final int whole, final String what) {
        try (ChronicleJournal journal = Damage.store(path).open(NAME)) {
            assertTrue(whole >= FORCED, what + " was not refused, though it was forced to disk");
            assertEquals(whole, journal.lastSequence(), what);
            assertEquals(FRAME_COUNT - whole, journal.recovery().droppedFrames(), what);
            Damage.after(whole).appendTo(journal, 2);
        } catch (final JournalException e) {
            assertTrue(whole < FORCED, what + ": " + e.getMessage());
            assertEquals(Reason.CORRUPT, e.reason(), what);
            assertEquals(whole + 1, e.sequence(), what);
            return false;
        }
        Damage.assertHolds(path, NAME, whole + 2, what);
        return true;
    }

    /** Opens, appends to, and reads the damaged copy: all of it must work, or fail with a sequence. */
    private static boolean isDetected(final Path path, final String what) {
        try {
            try (ChronicleJournal journal = Damage.store(path).open(NAME)) {
                assertEquals(FRAME_COUNT, journal.lastSequence(), what);
                Damage.after(FRAME_COUNT).appendTo(journal, 10);
            }
            Damage.assertHolds(path, NAME, FRAME_COUNT + 10, what);
            return false;
        } catch (final JournalException e) {
            assertEquals(Reason.CORRUPT, e.reason(), () -> what + ": " + e.getMessage());
            assertTrue(e.sequence() >= 1 && e.sequence() <= FRAME_COUNT + 10, what + ": " + e.getMessage());
            assertTrue(e.getMessage().contains(NAME), what + ": " + e.getMessage());
            return true;
        }
    }

    private static void assertRepairedFromAPeer(final Path path, final Path original, final String what)
            throws IOException {
        Damage.copy(original.resolve(NAME), path.resolve(PEER));
        final List<Supplier<JournalReader>> peers =
                List.of(() -> Damage.store(path).read(PEER));
        final long last;
        try (ChronicleJournal journal = Damage.store(path).open(NAME, peers)) {
            last = journal.lastSequence();
            assertTrue(last >= FRAME_COUNT, what);
        }
        Damage.assertHolds(path, NAME, (int) last, what);
    }

    /** Bits, bytes and pages, anywhere up to the end of the last frame. */
    private String flip(final Path journal) throws IOException {
        final Path file = Damage.dataFile(journal);
        final byte[] bytes = Files.readAllBytes(file);
        final int end = endsOfFrames(file)[FRAME_COUNT];
        final int kind = random.nextInt(3);
        if (kind == 2) {
            final int page = random.nextInt(end / PAGE_LENGTH) * PAGE_LENGTH;
            final byte[] content = new byte[PAGE_LENGTH];
            final boolean isZeroed = random.nextBoolean();
            if (!isZeroed) {
                random.nextBytes(content);
            }
            Damage.overwrite(file, page, content);
            return (isZeroed ? "zeroed" : "random") + " page at " + page + " of " + end;
        }
        int at;
        do {
            at = random.nextInt(end);
        } while (bytes[at] == 0 && random.nextInt(100) != 0);
        final int changed =
                kind == 0 ? bytes[at] ^ 1 << random.nextInt(Byte.SIZE) : bytes[at] + 1 + random.nextInt(255);
        Damage.overwrite(file, at, (byte) changed);
        return "byte " + (bytes[at] & 0xFF) + " made " + (changed & 0xFF) + " at " + at + " of " + end;
    }

    /** By sequence. */
    private static int[] endsOfFrames(final Path file) throws IOException {
        final int[] ends = new int[FRAME_COUNT + 1];
        final byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int sequence = 1; sequence <= FRAME_COUNT; sequence++) {
            at = Damage.offsetOf(bytes, at, sequence);
            ends[sequence] = at + Frames.lengthOf(sequence);
            at = (int) FrameScan.align(ends[sequence]);
        }
        return ends;
    }

    /** What is cut off a file comes back as zeroes: a frame that ends in zeroes is whole without them. */
    private static int[] endsOfContent(final Path file) throws IOException {
        final int[] ends = endsOfFrames(file);
        final byte[] bytes = Files.readAllBytes(file);
        for (int sequence = 1; sequence < ends.length; sequence++) {
            while (bytes[ends[sequence] - 1] == 0) {
                ends[sequence]--;
            }
        }
        return ends;
    }

    private static int wholeFrames(final int[] ends, final int length) {
        final int found = Arrays.binarySearch(ends, length);
        return found >= 0 ? found : -found - 2;
    }
}
