package org.isochron.sequencer.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.isochron.codecs.frame.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFileTest {
    /** Two chunks and a bit of a third. */
    private static final int LONGS = 2 * StateImage.BLOCK_LONGS + 77;

    private static final int TRAILER = 40;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final StateImage image = new StateImage();
    private final StateImage read = new StateImage();

    @TempDir
    private Path directory;

    private Path path;
    private SnapshotFile file;

    @BeforeEach
    void write() {
        System.out.println("SnapshotFileTest seed " + seed);
        path = directory.resolve("a.isn");
        file = new SnapshotFile(path);
        for (int i = 0; i < LONGS; i++) {
            image.put(random.nextLong());
        }
        file.write(header(Frame.SCHEMA_VERSION), image);
    }

    private static SnapshotHeader header(final int schemaVersion) {
        return new SnapshotHeader(schemaVersion, 1_000, 3, 77, -5, 1, 2, 3, 4, LONGS);
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        assertEquals(header(Frame.SCHEMA_VERSION), file.header());
        assertEquals(header(Frame.SCHEMA_VERSION), file.read(read, bytes -> {}));
        assertEquals(LONGS, read.size());
        image.rewind();
        for (int i = 0; i < LONGS; i++) {
            assertEquals(image.get(), read.get());
        }
        assertTrue(read.isAtEnd());
    }

    @Test
    void shouldDetectEveryFlippedBit() throws IOException {
        final long length = file.length();
        for (long at = 0; at < SnapshotHeader.LENGTH; at++) {
            requireFlipIsFound(at);
        }
        for (long at = length - TRAILER; at < length; at++) {
            requireFlipIsFound(at);
        }
        for (int i = 0; i < 100; i++) {
            requireFlipIsFound(random.nextLong(length));
        }
    }

    private void requireFlipIsFound(final long at) throws IOException {
        final int bit = 1 << random.nextInt(8);
        flip(at, bit);
        assertThrows(RuntimeException.class, () -> file.read(read, bytes -> {}), "byte " + at + ", bit " + bit);
        flip(at, bit);
    }

    private void flip(final long at, final int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.seek(at);
            final int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ bit);
        }
    }

    @Test
    void shouldRefuseAFileThatWasCutOffOrGrew() throws IOException {
        final long length = file.length();
        try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.setLength(length + 1);
        }
        assertThrows(SnapshotException.class, () -> file.read(read, bytes -> {}));
        long left = length;
        while (left > 0) {
            left -= left <= SnapshotHeader.LENGTH ? 1 : 1 + random.nextLong(Math.min(left, 100_000));
            try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
                bytes.setLength(left);
            }
            assertThrows(SnapshotException.class, () -> file.read(read, bytes -> {}), left + " bytes");
        }
    }

    @Test
    void shouldSayWhichSchemaVersionItWasWrittenIn() {
        file.write(header(Frame.SCHEMA_VERSION + 1), image);

        final UnreadableVersionException refused =
                assertThrows(UnreadableVersionException.class, () -> file.read(read, bytes -> {}));
        assertTrue(refused.getMessage().contains("schema version " + (Frame.SCHEMA_VERSION + 1)), refused.getMessage());
        assertEquals(Frame.SCHEMA_VERSION + 1, file.header().schemaVersion(), "the header can still be shown");
    }

    @Test
    void shouldSayWhenThereIsNoSuchFile() throws IOException {
        Files.delete(path);

        assertThrows(SnapshotException.class, () -> file.read(read, bytes -> {}));
    }
}
