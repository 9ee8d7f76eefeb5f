package org.isochron.sequencer.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.EventSegment;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.isochron.sequencer.edge.EventStore;

/**
 * The private events of a node's log, in blocks. Opening reads the index and, behind its last page, the blocks that a death
 * left without one; what does not follow, is damaged, or stands behind the end of the log does not count, and is made again
 * by replay. Used by one thread at a time.
 */
public final class EventJournal implements AutoCloseable {
    private static final int MAX_READERS = 4;

    private final EventStore store;
    private final EventIndex index = new EventIndex();
    private final EventBlock block = new EventBlock();
    private final List<byte[]> unwrittenRecords = new ArrayList<>();
    private final Map<Long, EventSegmentReader> readers = new HashMap<>();
    private EventSegment segment;
    private long segmentName;
    private boolean isStopped;
    private long anchorMatchSeq;
    private long anchorChain;

    private EventJournal(final EventStore store) {
        this.store = store;
    }

    /**
     * Opens it.
     *
     * @param store        taken over, closed with the journal.
     * @param lastSequence of the node's log: events of later commands are dropped.
     * @param log          the node's log.
     * @throws EventJournalException when the events were not made from this log.
     */
    public static EventJournal open(final EventStore store, final long lastSequence, final LogChain log) {
        return open(store, lastSequence, log, matchSeq -> false);
    }

    /**
     * As {@link #open(EventStore, long, LogChain)}.
     *
     * @param isSpoilt whether what was made up to a command holds the effect of one that the log later skipped: it is
     *                 dropped back to where that is not so.
     */
    public static EventJournal open(
            final EventStore store, final long lastSequence, final LogChain log, final LongPredicate isSpoilt) {
        EventJournal journal = new EventJournal(store);
        try {
            journal.load(lastSequence);
            long sound = journal.lastMatchSeq();
            while (isSpoilt.test(sound)) {
                sound--;
            }
            if (sound < journal.lastMatchSeq()) {
                journal.closeReaders();
                journal = new EventJournal(store);
                journal.load(sound);
            }
            journal.checkAnchor(log);
            return journal;
        } catch (final RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** First command held, 0 while there is none. */
    public long firstMatchSeq() {
        return index.firstMatchSeq();
    }

    /** Last command whose events, if it made any, are held; 0 while there is none. */
    public long lastMatchSeq() {
        return index.lastMatchSeq();
    }

    /** Last event held, 0 while there is none. */
    public long lastPrivateSeq() {
        return index.lastPrivateSeq();
    }

    /** Appends a sealed block that follows. */
    void append(final EventBlockWriter written) {
        block.wrap(written.buffer(), 0);
        if (lastMatchSeq() != 0 && block.firstMatchSeq() != lastMatchSeq() + 1) {
            throw new IllegalStateException("the event journal ends at command " + lastMatchSeq()
                    + ", a block that begins at " + block.firstMatchSeq() + " does not follow");
        }
        if (segment == null) {
            beginSegment(block.firstMatchSeq());
        }
        final long place = segment.append(written.buffer(), 0, written.length(), written.timestampNs());
        index.add(segmentName, place, block);
        if (index.isPageFull()) {
            segment.appendIndex(index.record(), 0, index.closePage());
        }
    }

    EventIndex index() {
        return index;
    }

    /** A reader of that segment, which others use, too: seek before each use. */
    EventSegmentReader reader(final long name) {
        final EventSegmentReader open = readers.get(name);
        if (open != null) {
            return open;
        }
        if (readers.size() == MAX_READERS) {
            closeReaders();
        }
        final EventSegmentReader reader = store.read(name);
        readers.put(name, reader);
        return reader;
    }

    private void closeReaders() {
        readers.values().forEach(EventSegmentReader::close);
        readers.clear();
    }

    @Override
    public void close() {
        closeReaders();
        if (segment != null) {
            if (index.isPageOpen()) {
                segment.appendIndex(index.record(), 0, index.closePage());
            }
            segment.close();
        }
        store.close();
    }

    /** The pages of the run before that have no record yet get theirs here: a segment is not appended to any more. */
    private void beginSegment(final long firstMatchSeq) {
        segmentName = firstMatchSeq;
        // One of this name, of which nothing counted, was read at the start and is replaced now.
        closeReaders();
        segment = store.create(firstMatchSeq);
        closePageUnwritten();
        for (final byte[] bytes : unwrittenRecords) {
            segment.appendIndex(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        unwrittenRecords.clear();
    }

    private void load(final long lastSequence) {
        final List<Long> segments = store.segments();
        for (int i = 0; i < segments.size(); i++) {
            final long end = i + 1 < segments.size() ? Math.min(lastSequence, segments.get(i + 1) - 1) : lastSequence;
            loadIndex(segments.get(i), end);
            if (lastMatchSeq() < end && i + 1 < segments.size()) {
                loadIndex(segments.get(i + 1), end);
            }
            if (lastMatchSeq() < end && mayFollow(segments.get(i))) {
                scan(segments.get(i), end);
            }
        }
    }

    private boolean mayFollow(final long name) {
        return index.pageCount() == 0 || name <= lastMatchSeq() + 1;
    }

    private void loadIndex(final long name, final long end) {
        isStopped = false;
        reader(name).readIndex((buffer, offset, length) -> {
            isStopped = isStopped || !mayFollow(name) || !index.load(buffer, offset, length, end);
        });
    }

    /** Blocks behind the last page known. */
    private void scan(final long name, final long end) {
        final int lastPage = index.pageCount() - 1;
        final boolean isKnown = lastPage >= 0 && index.segment(lastPage) == name;
        final EventSegmentReader reader = reader(name);
        if (!reader.seek(isKnown ? index.place(lastPage) : EventSegmentReader.START)) {
            return;
        }
        isStopped = false;
        while (!isStopped) {
            final long place = reader.poll(this::onScanned);
            if (place == EventSegmentReader.START || isStopped) {
                return;
            }
            if (block.lastMatchSeq() > end) {
                return;
            }
            if (index.pageCount() > 0 && block.lastMatchSeq() <= lastMatchSeq()) {
                continue;
            }
            if (index.pageCount() > 0 && block.firstMatchSeq() != lastMatchSeq() + 1) {
                return;
            }
            if (index.isPageFull() || index.isPageOpen() && index.segment(index.pageCount() - 1) != name) {
                closePageUnwritten();
            }
            index.add(name, place, block);
        }
    }

    private void onScanned(final DirectBuffer buffer, final int offset, final int length) {
        isStopped = !block.wrap(buffer, offset).isSound(length);
    }

    private void closePageUnwritten() {
        if (index.isPageOpen()) {
            final byte[] bytes = new byte[index.closePage()];
            index.record().getBytes(0, bytes);
            unwrittenRecords.add(bytes);
        }
    }

    /** Holds the last block that has events against the log. */
    private void checkAnchor(final LogChain log) {
        for (int page = index.pageCount() - 1; page >= 0 && anchorMatchSeq == 0; page--) {
            final EventSegmentReader reader = reader(index.segment(page));
            final long last = index.lastMatchSeq(page);
            boolean isInPage = reader.seek(index.place(page));
            while (isInPage) {
                isInPage = reader.poll((buffer, offset, length) -> noteAnchor(buffer, offset, length, last))
                                != EventSegmentReader.START
                        && !isStopped;
            }
        }
        final Long chain = anchorMatchSeq == 0 ? null : log.before(anchorMatchSeq);
        if (chain != null && chain != anchorChain) {
            throw new EventJournalException(String.format(
                    "the event journal was not made from this log: before command %d its chain is %016x, the log's is"
                            + " %016x; set the event journal aside, it is made again from the log",
                    anchorMatchSeq, anchorChain, chain));
        }
    }

    private void noteAnchor(final DirectBuffer buffer, final int offset, final int length, final long last) {
        isStopped = !block.wrap(buffer, offset).isSound(length) || block.lastMatchSeq() > last;
        if (!isStopped) {
            isStopped = block.lastMatchSeq() == last;
            if (block.anchorMatchSeq() != 0) {
                anchorMatchSeq = block.anchorMatchSeq();
                anchorChain = block.anchorChain();
            }
        }
    }
}
