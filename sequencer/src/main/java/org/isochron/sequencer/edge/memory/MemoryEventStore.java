package org.isochron.sequencer.edge.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.EventSegment;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.isochron.sequencer.edge.EventStore;
import org.isochron.sequencer.edge.FrameHandler;

/**
 * Events on a disk in memory. They stay when it is closed, so the next owner is given the same store. Faults are injected
 * between two owners. Single-threaded.
 */
public final class MemoryEventStore implements EventStore {
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    @Override
    public List<Long> segments() {
        return List.copyOf(segments.keySet());
    }

    @Override
    public EventSegment create(final long firstMatchSeq) {
        segments.tailMap(firstMatchSeq, true).clear();
        final Segment segment = new Segment();
        segments.put(firstMatchSeq, segment);
        return segment;
    }

    @Override
    public EventSegmentReader read(final long firstMatchSeq) {
        return new Reader(segments.get(firstMatchSeq));
    }

    @Override
    public long usableBytes() {
        return Long.MAX_VALUE;
    }

    /** Blocks that stand in a segment. */
    public int blockCount(final long firstMatchSeq) {
        return segments.get(firstMatchSeq).blocks.size();
    }

    /** A fault: the segment's last blocks were never written. */
    public void loseBlocks(final long firstMatchSeq, final int from) {
        final List<byte[]> blocks = segments.get(firstMatchSeq).blocks;
        blocks.subList(from, blocks.size()).clear();
    }

    /** A fault: the segment's index is gone. */
    public void loseIndex(final long firstMatchSeq) {
        segments.get(firstMatchSeq).index.clear();
    }

    /** A fault: flips all bits of one byte of a block. */
    public void flipByte(final long firstMatchSeq, final int block, final int offset) {
        final byte[] bytes = segments.get(firstMatchSeq).blocks.get(block);
        bytes[offset] = (byte) ~bytes[offset];
    }

    @Override
    public void close() {
        // The disk outlives who used it.
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private static final class Segment implements EventSegment {
        private final List<byte[]> blocks = new ArrayList<>();
        private final List<byte[]> index = new ArrayList<>();

        @Override
        public long append(final DirectBuffer buffer, final int offset, final int length, final long timestampNs) {
            blocks.add(copy(buffer, offset, length));
            return blocks.size() - 1L;
        }

        @Override
        public void appendIndex(final DirectBuffer buffer, final int offset, final int length) {
            index.add(copy(buffer, offset, length));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Reader implements EventSegmentReader {
        private final Segment segment;
        private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
        private int next;

        Reader(final Segment segment) {
            this.segment = segment;
        }

        @Override
        public void readIndex(final FrameHandler handler) {
            for (final byte[] record : segment.index) {
                view.wrap(record);
                handler.onFrame(view, 0, record.length);
            }
        }

        @Override
        public boolean seek(final long place) {
            next = place == START ? 0 : (int) place;
            return next < segment.blocks.size();
        }

        @Override
        public long poll(final FrameHandler handler) {
            if (next >= segment.blocks.size()) {
                return START;
            }
            final byte[] block = segment.blocks.get(next);
            view.wrap(block);
            handler.onFrame(view, 0, block.length);
            return next++;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
