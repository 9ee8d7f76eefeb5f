package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks behind the last record of a data file, where a healthy queue has nothing but zeroes, its own finished index pages
 * and the mark of a file's end. What else stands there was left by a writer that died, and would come between the reader
 * and what is appended next.
 */
final class TailResidue {
    static final long NONE = -1;

    private static final int BLOCK_LENGTH = 1 << 20;

    private TailResidue() {}

    /**
     * @param from a place where a record's header would begin.
     * @return place of the first byte that has no business there, {@link #NONE} when there is none.
     */
    static long find(final Path file, final long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long position = DataFile.skipOwnRecords(channel, from);
            final boolean isFinished = DataFile.header(channel, position) == DataFile.END_OF_DATA;
            return firstByte(channel, isFinished ? position + DataFile.HEADER_LENGTH : position, channel.size());
        }
    }

    private static long firstByte(final FileChannel channel, final long from, final long end) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect((int) Math.max(1, Math.min(BLOCK_LENGTH, end - from)));
        long position = from;
        while (position < end) {
            block.clear();
            final int read = channel.read(block, position);
            if (read <= 0) {
                return NONE;
            }
            int at = 0;
            while (at + Long.BYTES <= read && block.getLong(at) == 0) {
                at += Long.BYTES;
            }
            for (; at < read; at++) {
                if (block.get(at) != 0) {
                    return position + at;
                }
            }
            position += read;
        }
        return NONE;
    }
}
