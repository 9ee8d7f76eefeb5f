package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;

/** A segment of an {@link EventStore}, open for appending. */
public interface EventSegment extends AutoCloseable {
    /**
     * Appends one block. When this returns it survives the death of the process.
     *
     * @param timestampNs stamp of its last command: decides which day's file it enters, where there are such.
     * @return where it stands, for {@link EventSegmentReader#seek}.
     */
    long append(DirectBuffer buffer, int offset, int length, long timestampNs);

    /** Appends one record to the segment's index, which may be lost: it says nothing that the blocks do not. */
    void appendIndex(DirectBuffer buffer, int offset, int length);

    @Override
    void close();
}
