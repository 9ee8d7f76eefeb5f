package org.isochron.ops.node;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Crc32c;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.StateImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final int FORMAT_OFFSET = 8;
    private static final int CRC_OFFSET = SnapshotHeader.LENGTH - Integer.BYTES;

    @TempDir
    private Path directory;

    @Test
    void shouldMoveNothingBySnapshotsOfAnotherFormat() throws IOException {
        for (int sequence = 1; sequence <= 2; sequence++) {
            writeInAnotherFormat(directory.resolve("snapshot-000000000000000000" + sequence + ".isn"), sequence);
        }
        final Retention retention = new Retention("a", null, directory, directory.resolve("archive"));

        retention.look();

        assertNull(retention.failure());
    }

    private static void writeInAnotherFormat(final Path path, final long sequence) throws IOException {
        final StateImage image = new StateImage();
        new SnapshotFile(path).write(SnapshotHeader.of(new Venue(), sequence, 1, 1, 1, image.size()), image);
        final byte[] bytes = Files.readAllBytes(path);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putInt(FORMAT_OFFSET, 99, LITTLE_ENDIAN);
        buffer.putInt(CRC_OFFSET, Crc32c.compute(buffer, 0, CRC_OFFSET), LITTLE_ENDIAN);
        Files.write(path, bytes);
    }
}
