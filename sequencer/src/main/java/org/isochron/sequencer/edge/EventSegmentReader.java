package org.isochron.sequencer.edge;

/** Reads a segment of an {@link EventStore}. What it hands over is as it stands there: whether it is sound, others check. */
public interface EventSegmentReader extends AutoCloseable {
    /** Stands for the first block in {@link #seek}. */
    long START = -1;

    /** Hands over the records of the index in order, as many as can be told apart. */
    void readIndex(FrameHandler handler);

    /**
     * Goes to the block at that place.
     *
     * @return false when nothing can be found there.
     */
    boolean seek(long place);

    /**
     * Hands over the next block.
     *
     * @return where it stands, {@link #START} at the end of what can be read.
     */
    long poll(FrameHandler handler);

    @Override
    void close();
}
