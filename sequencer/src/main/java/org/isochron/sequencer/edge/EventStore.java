package org.isochron.sequencer.edge;

import java.util.List;

/**
 * Where a node keeps the events it has made: segments, one for each of its runs, named by the first command in it. A
 * segment is appended to in the run that made it and never again; what stands in it behind the first command of the next
 * one does not count. So nothing is ever cut off or mended. Owned by one node, used by one thread.
 */
public interface EventStore extends AutoCloseable {
    /** First commands of the segments there are, ascending. */
    List<Long> segments();

    /**
     * Begins a segment; one of the same name, and all with a higher one, are deleted first.
     *
     * @param firstMatchSeq first command that it will hold.
     */
    EventSegment create(long firstMatchSeq);

    /** Opens a segment for reading; its owner may be appending. */
    EventSegmentReader read(long firstMatchSeq);

    /** Room left where the segments are, in bytes. */
    long usableBytes();

    @Override
    void close();
}
