package org.isochron.sequencer.chronicle;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Reads a journal through a queue and a tailer of its own, so it takes nothing from the appender but pages in memory. The
 * queue throws checked exceptions that it does not declare, so whatever it throws is caught.
 * Hands over views of the mapped file. Used by one thread at a time.
 */
final class ChronicleJournalReader implements JournalReader {
    private final JournalHead head;
    private final FrameOrder order;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final Frame frame = new Frame();
    private long nextSequence = 1;

    /** Where in its file the record read last stands, and where it ends. */
    private long position;

    private long endPosition;

    /** Set by a seek: the tailer has yet to be brought to the frame before the next one. */
    private boolean isAstray;

    private final JournalDirectory directory;
    private boolean closed;

    ChronicleJournalReader(final JournalDirectory directory, final JournalHead head) {
        this.directory = directory;
        this.head = head;
        order = new FrameOrder(directory.name() + " in " + directory.path());
        SingleChronicleQueue opened = null;
        try {
            opened = directory.queue(new FrameTime());
            opened.singleThreadedCheckDisabled(true);
            tailer = opened.createTailer();
            tailer.singleThreadedCheckDisabled(true);
            queue = opened;
        } catch (final Exception | InternalError | AssertionError e) {
            if (opened != null) {
                opened.close();
            }
            throw order.corrupt(1, "the queue cannot be opened (" + e + ")", e);
        }
    }

    /** Where in its data file the last record read ends: a multiple of the queue's alignment; 0 before the first. */
    long endPosition() {
        return endPosition;
    }

    /** The data file of the last record read, null before the first. */
    Path file() {
        return tailer.currentFile() == null ? null : tailer.currentFile().toPath();
    }

    /**
     * Goes behind a frame that is known to be in the journal.
     *
     * @return false when it is not found there as it is known; the reader stands at the start then.
     */
    boolean resumeBehind(final ProvenMark.Place place) {
        order.reset();
        if (place.sequence() > 0 && jumpTo(place.sequence()) && order.lastChain() == place.chain()) {
            nextSequence = place.sequence() + 1;
            return true;
        }
        toStart();
        endPosition = 0;
        return false;
    }

    /** What the frames read so far amount to. */
    FrameOrder order() {
        return order;
    }

    @Override
    public void seek(final long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence + ", the first frame is 1");
        }
        nextSequence = sequence;
        isAstray = true;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
        if (isAstray && !approach()) {
            return 0;
        }
        int count = 0;
        while (count < limit && readNext(handler)) {
            count++;
        }
        return count;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public void close() {
        closed = true;
        queue.close();
        head.close();
    }

    private boolean readNext(final FrameHandler handler) {
        // Asked before the tailer is: a frame that the head knows of stands in the queue already.
        final long expected = head.sequence();
        try (DocumentContext excerpt = nextExcerpt()) {
            if (!excerpt.isPresent()) {
                checkEnd(expected);
                return false;
            }
            final int available = wrap(excerpt);
            read(available);
            checkAgainstHead(available);
            endPosition = position + FrameScan.align(available);
            nextSequence++;
            handler.onFrame(view, 0, available);
            return true;
        }
    }

    private void read(final int available) {
        try {
            order.read(view, 0, available);
        } catch (final JournalException e) {
            throw new JournalException(e.reason(), e.sequence(), e.getMessage() + where(position), e);
        }
    }

    private String where(final long at) {
        return "; byte " + at + (file() == null ? "" : " of " + file().getFileName());
    }

    private void checkEnd(final long expected) {
        if (expected < 0) {
            throw order.corrupt(nextSequence, "its head file is damaged, so nothing says where the journal ends");
        }
        if (nextSequence <= expected) {
            throw order.corrupt(
                    nextSequence,
                    "expected frame " + nextSequence + ", the journal ends at " + order.lastSequence()
                            + " and its head file says " + expected + where(endPosition));
        }
    }

    private void checkAgainstHead(final int available) {
        final long sequence = order.lastSequence();
        if (frame.wrap(view, 0).length() != available) {
            throw order.corrupt(sequence, "its excerpt has " + available + " bytes, its frame " + frame.length());
        }
        if (!head.agrees(sequence, order.lastChain())) {
            throw order.corrupt(
                    sequence, String.format("its chain is %016x, the head file says another", order.lastChain()));
        }
    }

    /** Brings the tailer to the frame before the next one, which gives the chain that the next must carry. */
    private boolean approach() {
        final long before = nextSequence - 1;
        if (before > head.sequence()) {
            return false;
        }
        order.reset();
        if (!jumpTo(before)) {
            scanTo(before);
        }
        isAstray = false;
        return true;
    }

    /**
     * Finds a frame through the queue's index: sequences are dense, so its place in a file is its distance from the
     * file's first frame.
     *
     * @return false when that does not lead to it, for whatever reason; reading from the start then tells the reason.
     */
    private boolean jumpTo(final long sequence) {
        if (sequence == 0) {
            return false;
        }
        try {
            queue.refreshDirectoryListing();
            final Iterable<Long> cycles = queue.listCyclesBetween(queue.firstCycle(), queue.lastCycle())
                    .descendingSet();
            for (final long cycle : cycles) {
                final long first = firstSequence((int) cycle);
                if (first > 0 && first <= sequence) {
                    return tailer.moveToIndex(directory.rollCycle().toIndex((int) cycle, sequence - first))
                            && resumeAt(sequence);
                }
            }
            return false;
        } catch (final Exception | InternalError | AssertionError e) {
            return false;
        }
    }

    /** Sequence of the first frame in a day's file, 0 when it has none. */
    private long firstSequence(final int cycle) {
        if (!tailer.moveToIndex(directory.rollCycle().toIndex(cycle, 0))) {
            return 0;
        }
        try (DocumentContext excerpt = tailer.readingDocument()) {
            return excerpt.isPresent() && wrap(excerpt) >= Frame.HEADER_LENGTH
                    ? frame.wrap(view, 0).sequence()
                    : 0;
        }
    }

    private boolean resumeAt(final long sequence) {
        try (DocumentContext excerpt = tailer.readingDocument()) {
            if (!excerpt.isPresent()) {
                return false;
            }
            final int available = wrap(excerpt);
            order.resumeAt(sequence, view, 0, available);
            checkAgainstHead(available);
            endPosition = position + FrameScan.align(available);
            return true;
        } catch (final JournalException damaged) {
            order.reset();
            return false;
        }
    }

    private void scanTo(final long sequence) {
        final long wanted = nextSequence;
        try {
            toStart();
            while (order.lastSequence() < sequence && readNext((buffer, offset, length) -> {})) {
                // Each frame on the way is verified; the last gives the chain.
            }
        } finally {
            nextSequence = wanted;
        }
    }

    /** Before the first frame that the journal's own files hold. */
    private void toStart() {
        final JournalBase base = directory.base();
        queue.refreshDirectoryListing();
        tailer.toStart();
        order.beginBehind(base.sequence(), base.chain());
        nextSequence = base.sequence() + 1;
    }

    private DocumentContext nextExcerpt() {
        try {
            return tailer.readingDocument();
        } catch (final Exception | InternalError | AssertionError e) {
            throw order.corrupt(order.lastSequence() + 1, "the queue cannot be read there (" + e + ")", e);
        }
    }

    /** Points the view at the excerpt's bytes in the mapped file. */
    private int wrap(final DocumentContext excerpt) {
        final Bytes<?> bytes = excerpt.wire().bytes();
        position = bytes.readPosition();
        final int available = (int) Math.min(bytes.readRemaining(), Frame.MAX_LENGTH + 1);
        try {
            view.wrap(bytes.addressForRead(bytes.readPosition()), available);
        } catch (final RuntimeException | AssertionError e) {
            throw order.corrupt(order.lastSequence() + 1, "its excerpt lies outside the file (" + e + ")", e);
        }
        return available;
    }
}
