package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flips bytes of a data file: each flip is detected and named, or changes nothing that is ever read. */
final class ChronicleDamageIT {
    private static final String NAME = "matcher-a";
    private static final int FRAME_COUNT = 400;
    private static final int FLIP_COUNT = 200;

    @TempDir
    private Path root;

    @Test
    void shouldDetectAFlippedByteOrReadTheSameFrames() throws IOException {
        final long seed = Long.getLong("isochron.seed", System.nanoTime());
        System.out.println("ChronicleDamageIT -Disochron.seed=" + seed);
        final Path original = root.resolve("original");
        write(original);
        final Random random = new Random(seed);
        int detected = 0;
        for (int i = 0; i < FLIP_COUNT; i++) {
            final Path copy = root.resolve("copy-" + i);
            copy(original.resolve(NAME), copy.resolve(NAME));
            final String flip = flip(copy.resolve(NAME), random);
            if (isDetected(copy, flip)) {
                detected++;
            }
        }
        // Most of what is used of the file is frames, so most flips cannot be harmless.
        assertTrue(detected > FLIP_COUNT / 2, "detected " + detected);
    }

    private static void write(final Path path) {
        try (ChronicleJournal journal = store(path).open(NAME)) {
            new Frames().appendTo(journal, FRAME_COUNT);
        }
    }

    /** Opens, appends to, and reads the damaged copy: all of it must work, or fail with a sequence. */
    private static boolean isDetected(final Path path, final String flip) {
        try {
            final Frames frames = new Frames();
            for (int i = 0; i < FRAME_COUNT; i++) {
                frames.next();
            }
            try (ChronicleJournal journal = store(path).open(NAME)) {
                assertEquals(FRAME_COUNT, journal.lastSequence(), flip);
                frames.appendTo(journal, 10);
            }
            try (JournalReader reader = store(path).read(NAME)) {
                checkSame(reader, 1, flip);
                checkSame(reader, FRAME_COUNT / 2, flip);
            }
            return false;
        } catch (final JournalException e) {
            assertEquals(Reason.CORRUPT, e.reason(), flip);
            assertTrue(e.sequence() >= 1 && e.sequence() <= FRAME_COUNT + 10, flip + ": " + e.getMessage());
            assertTrue(e.getMessage().contains(NAME), flip + ": " + e.getMessage());
            return true;
        }
    }

    private static void checkSame(final JournalReader reader, final int from, final String flip) {
        reader.seek(from);
        final Frames expected = new Frames();
        for (int i = 1; i < from; i++) {
            expected.next();
        }
        final int read = reader.poll(
                (buffer, offset, length) -> {
                    final UnsafeBuffer frame = expected.next();
                    assertEquals(expected.length(), length, flip);
                    assertEquals(
                            0,
                            new UnsafeBuffer(frame, 0, length).compareTo(new UnsafeBuffer(buffer, offset, length)),
                            flip);
                },
                2 * FRAME_COUNT);
        assertEquals(FRAME_COUNT + 10 - from + 1, read, flip);
    }

    /** Half of the flips anywhere up to the last frame, half of them in the file's own headers and frames only. */
    private static String flip(final Path journal, final Random random) throws IOException {
        final Path file;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(journal, "*.cq4")) {
            file = files.iterator().next();
        }
        final byte[] bytes = Files.readAllBytes(file);
        final int end = endOfFrames(bytes);
        int at;
        do {
            at = random.nextInt(end);
        } while (bytes[at] == 0 && random.nextInt(100) != 0);
        final int mask = 1 << random.nextInt(Byte.SIZE);
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.seek(at);
            data.writeByte(bytes[at] ^ mask);
        }
        return "bit mask " + mask + " at " + at + " of " + end;
    }

    private static int endOfFrames(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Frame frame = new Frame();
        for (int i = 4; i < bytes.length - Frame.MAX_LENGTH; i += 4) {
            frame.wrap(buffer, i);
            if (frame.sequence() == FRAME_COUNT && frame.damage(bytes.length - i) == null) {
                return i + frame.length();
            }
        }
        throw new AssertionError("the last frame is not in the file");
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (final Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static ChronicleJournalStore store(final Path path) {
        return new ChronicleJournalStore(path, ChronicleJournalStore.MIN_BLOCK_LENGTH);
    }
}
