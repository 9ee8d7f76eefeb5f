package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;

/**
 * How the queue lays out a data file: records one behind the other, each with a header of four bytes that gives its length;
 * its own records (index pages) among them, zeroes behind the last, and a mark there once the file is finished.
 */
final class DataFile {
    static final int HEADER_LENGTH = Integer.BYTES;
    static final int END_OF_DATA = 0xC000_0000;

    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = ~END_OF_DATA;

    private DataFile() {}

    /** Goes behind the queue's own records that stand at a place where a record's header would begin. */
    static long skipOwnRecords(final FileChannel channel, final long from) throws IOException {
        final long end = channel.size();
        long position = from;
        int header = header(channel, position);
        while ((header & END_OF_DATA) == META_DATA && position + HEADER_LENGTH + (header & LENGTH_MASK) <= end) {
            position += HEADER_LENGTH + FrameScan.align(header & LENGTH_MASK);
            header = header(channel, position);
        }
        return position;
    }

    /** The header there, 0 where nothing is written. */
    static int header(final FileChannel channel, final long position) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(header, position);
        return header.getInt(0);
    }

    /** Sequence of the file's first frame, 0 when it has none yet or it is not sound. */
    static long firstSequence(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer bytes = ByteBuffer.allocate(Frame.MAX_LENGTH);
            final int read = channel.read(bytes, skipOwnRecords(channel, 0) + HEADER_LENGTH);
            if (read < Frame.HEADER_LENGTH) {
                return 0;
            }
            final Frame frame = new Frame().wrap(new UnsafeBuffer(bytes), 0);
            return frame.damage(read) == null ? frame.sequence() : 0;
        }
    }
}
