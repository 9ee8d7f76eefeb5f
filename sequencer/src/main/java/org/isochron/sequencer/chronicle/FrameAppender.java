package org.isochron.sequencer.chronicle;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;

/** Writes frames to the queue in a directory, one excerpt each, into the file of the day that each frame's stamp names. */
final class FrameAppender implements AutoCloseable {
    private final FrameTime time = new FrameTime();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final Frame frame = new Frame();
    private volatile long endPosition;

    /**
     * @param lastTimestampNs stamp of the last frame there, 0 when there is none.
     * @throws RuntimeException or an Error of the queue's own, when its files are not as it wants them.
     */
    FrameAppender(final JournalDirectory directory, final long lastTimestampNs) {
        time.advanceTo(lastTimestampNs);
        SingleChronicleQueue opened = null;
        try {
            opened = directory.queue(time);
            opened.singleThreadedCheckDisabled(true);
            appender = opened.createAppender();
            appender.singleThreadedCheckDisabled(true);
            queue = opened;
        } catch (final Exception | Error e) {
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    /** Appends a sound frame that follows; what the queue throws passes through. */
    void append(final DirectBuffer buffer, final int offset, final int length) {
        time.advanceTo(frame.wrap(buffer, offset).timestampNs());
        try (DocumentContext excerpt = appender.writingDocument()) {
            try {
                final Bytes<?> bytes = excerpt.wire().bytes();
                final long position = bytes.writePosition();
                // The queue maps its file with an overlap far larger than a frame, so its place is in one piece.
                target.wrap(bytes.addressForWrite(position), length);
                target.putBytes(0, buffer, offset, length);
                bytes.writeSkip(length);
                endPosition = position + length;
            } catch (final Exception | Error e) {
                excerpt.rollbackOnClose();
                throw e;
            }
        }
    }

    /** Where in the newest data file the last frame appended ends, 0 before the first. Any thread. */
    long endPosition() {
        return endPosition;
    }

    @Override
    public void close() {
        queue.close();
    }
}
