package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps real blocks of the disk, and pages in memory, ahead of the appender. The queue's files are sparse: without this the
 * appender takes its blocks in page faults, and a full disk shows itself as a fault in the middle of an append.
 *
 * <p>A page is taken by adding 0 to one of its words, atomically, so a frame that the appender writes there at the same
 * time stays whole.
 */
final class Preallocation {
    private static final int PAGE_LENGTH = 4096;
    private static final long STEP_LENGTH = 1L << 20;

    private final JournalDirectory directory;
    private final long aheadLength;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private Path file;
    private long allocatedTo;

    Preallocation(final JournalDirectory directory, final long aheadLength) {
        this.directory = directory;
        this.aheadLength = aheadLength;
    }

    /**
     * @param position where the appender stands in the newest file.
     * @return false when the disk has no room for what is missing; nothing is taken then.
     */
    boolean keepAhead(final long position) throws IOException {
        final List<Path> files = directory.dataFiles();
        if (files.isEmpty()) {
            return true;
        }
        final Path newest = files.get(files.size() - 1);
        if (!newest.equals(file)) {
            file = newest;
            allocatedTo = 0;
        }
        allocatedTo = Math.max(allocatedTo, position - Math.floorMod(position, PAGE_LENGTH));
        final long wanted = position + aheadLength;
        if (allocatedTo >= wanted) {
            return true;
        }
        if (file.toFile().getUsableSpace() < wanted - allocatedTo) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (allocatedTo < wanted) {
                take(channel);
            }
        }
        return true;
    }

    private void take(final FileChannel channel) throws IOException {
        final MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, allocatedTo, STEP_LENGTH);
        try {
            buffer.wrap(mapped);
            for (int page = 0; page < STEP_LENGTH; page += PAGE_LENGTH) {
                buffer.getAndAddInt(page, 0);
            }
            allocatedTo += STEP_LENGTH;
        } finally {
            buffer.wrap(0, 0);
            BufferUtil.free(mapped);
        }
    }
}
