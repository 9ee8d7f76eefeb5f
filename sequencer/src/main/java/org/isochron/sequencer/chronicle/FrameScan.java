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
import org.isochron.codecs.frame.Frame;

/**
 * Every sound frame that stands in data files, whatever the queue's own structure says of them: found by its length and
 * its CRC at any multiple of four. Tells a torn end from damage with frames behind it, and saves frames that the queue no
 * longer leads to. Order and chain are the caller's to check.
 */
final class FrameScan implements AutoCloseable {
    /** The queue begins every record at a multiple of this. */
    static final int RECORD_ALIGNMENT = 4;

    private static final long WINDOW_LENGTH = 256L << 20;

    private final List<Path> files;
    private final Frame frame = new Frame();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int fileIndex = -1;
    private long fileLength;
    private MappedByteBuffer window;
    private long windowStart;
    private long position;

    /** @param files oldest first. */
    FrameScan(final List<Path> files) {
        this.files = files;
    }

    /** Goes to the next sound frame; false behind the last. */
    boolean next() throws IOException {
        while (window != null || openNextFile()) {
            while (position < Math.min(windowStart + WINDOW_LENGTH, fileLength)) {
                final int at = (int) (position - windowStart);
                if (isSound(at)) {
                    frame.wrap(buffer, at);
                    position += align(frame.length());
                    return true;
                }
                position += RECORD_ALIGNMENT;
            }
            closeWindow();
            if (position < fileLength) {
                openWindow(position);
            }
        }
        return false;
    }

    /** The frame found last, until the next call. */
    Frame frame() {
        return frame;
    }

    @Override
    public void close() {
        closeWindow();
        fileIndex = files.size();
    }

    static long align(final long length) {
        return length + RECORD_ALIGNMENT - 1 & -RECORD_ALIGNMENT;
    }

    private boolean isSound(final int at) {
        final int available = buffer.capacity() - at;
        if (available < Frame.HEADER_LENGTH) {
            return false;
        }
        frame.wrap(buffer, at);
        final int length = frame.length();
        return length >= Frame.HEADER_LENGTH
                && length <= Math.min(available, Frame.MAX_LENGTH)
                && frame.schemaVersion() == Frame.SCHEMA_VERSION
                && frame.sequence() > 0
                && frame.damage(available) == null;
    }

    private boolean openNextFile() throws IOException {
        while (++fileIndex < files.size()) {
            position = 0;
            try (FileChannel channel = FileChannel.open(files.get(fileIndex), StandardOpenOption.READ)) {
                fileLength = channel.size();
            }
            if (fileLength > 0) {
                openWindow(0);
                return true;
            }
        }
        return false;
    }

    private void openWindow(final long start) throws IOException {
        try (FileChannel channel = FileChannel.open(files.get(fileIndex), StandardOpenOption.READ)) {
            final long length = Math.min(WINDOW_LENGTH + Frame.MAX_LENGTH, fileLength - start);
            window = channel.map(MapMode.READ_ONLY, start, length);
            windowStart = start;
            buffer.wrap(window);
        }
    }

    private void closeWindow() {
        if (window != null) {
            buffer.wrap(0, 0);
            BufferUtil.free(window);
            window = null;
        }
    }
}
