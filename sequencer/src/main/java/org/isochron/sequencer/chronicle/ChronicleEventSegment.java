package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.EventSegment;

/** A segment on disk, open for appending: one excerpt holds one block. */
final class ChronicleEventSegment implements EventSegment {
    /** Name of the index file beside the queue's files. */
    static final String INDEX = "index";

    private final Path path;
    private final FrameTime time = new FrameTime();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final FileChannel index;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);

    ChronicleEventSegment(final Path path) throws IOException {
        this.path = path;
        queue = ChronicleEventStore.queue(path, time);
        queue.singleThreadedCheckDisabled(true);
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        index = FileChannel.open(
                path.resolve(INDEX), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public long append(final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
        time.advanceTo(timestampNs);
        try (DocumentContext excerpt = appender.writingDocument()) {
            try {
                final Bytes<?> bytes = excerpt.wire().bytes();
                target.wrap(bytes.addressForWrite(bytes.writePosition()), length);
                target.putBytes(0, buffer, offset, length);
                bytes.writeSkip(length);
            } catch (final Exception | Error e) {
                excerpt.rollbackOnClose();
                throw e;
            }
        } catch (final Exception | InternalError | AssertionError e) {
            throw new IllegalStateException("the event journal " + path + " takes no block: " + e, e);
        }
        return appender.lastIndexAppended();
    }

    @Override
    public void appendIndex(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final ByteBuffer source = ByteBuffer.wrap(bytes);
        try {
            while (source.hasRemaining()) {
                index.write(source);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the index of the event journal " + path + " cannot be written", e);
        }
    }

    @Override
    public void close() {
        queue.close();
        try {
            index.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("the index of the event journal " + path + " cannot be closed", e);
        }
    }
}
