package org.isochron.sequencer.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.isochron.sequencer.edge.FrameHandler;

/**
 * Reads a segment on disk through a queue and a tailer of its own. Whatever the queue throws at damage means the same as
 * the end: nothing to be had there.
 */
final class ChronicleEventSegmentReader implements EventSegmentReader {
    private static final int MIN_RECORD_LENGTH = 8;

    private final Path path;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private SingleChronicleQueue queue;
    private ExcerptTailer tailer;

    ChronicleEventSegmentReader(final Path path) {
        this.path = path;
    }

    @Override
    public void readIndex(final FrameHandler handler) {
        final Path file = path.resolve(ChronicleEventSegment.INDEX);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
            int at = 0;
            while (at + MIN_RECORD_LENGTH <= bytes.capacity()) {
                final int length = bytes.getInt(at, LITTLE_ENDIAN);
                if (length < MIN_RECORD_LENGTH || length > bytes.capacity() - at) {
                    return;
                }
                handler.onFrame(bytes, at, length);
                at += length;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the index of the event journal " + path + " cannot be read", e);
        }
    }

    @Override
    public boolean seek(final long place) {
        try {
            open();
            if (place == START) {
                tailer.toStart();
                return true;
            }
            return tailer.moveToIndex(place);
        } catch (final Exception | InternalError | AssertionError e) {
            return false;
        }
    }

    @Override
    public long poll(final FrameHandler handler) {
        try (DocumentContext excerpt = nextExcerpt()) {
            if (excerpt == null || !excerpt.isPresent() || !wrap(excerpt)) {
                return START;
            }
            handler.onFrame(view, 0, view.capacity());
            return excerpt.index();
        }
    }

    @Override
    public void close() {
        if (queue != null) {
            queue.close();
        }
    }

    private DocumentContext nextExcerpt() {
        try {
            return tailer.readingDocument();
        } catch (final Exception | InternalError | AssertionError e) {
            return null;
        }
    }

    /** Points the view at the excerpt's bytes in the mapped file; a damaged length must not lead out of it. */
    private boolean wrap(final DocumentContext excerpt) {
        try {
            final Bytes<?> bytes = excerpt.wire().bytes();
            final int available = (int) Math.min(bytes.readRemaining(), ChronicleEventStore.MAX_EXCERPT_LENGTH);
            view.wrap(bytes.addressForRead(bytes.readPosition()), available);
            return true;
        } catch (final Exception | InternalError | AssertionError e) {
            return false;
        }
    }

    private void open() {
        if (queue == null) {
            final SingleChronicleQueue opened = ChronicleEventStore.queue(path, new FrameTime());
            opened.singleThreadedCheckDisabled(true);
            tailer = opened.createTailer();
            tailer.singleThreadedCheckDisabled(true);
            queue = opened;
        }
    }
}
