package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/** Who copies a replica's state at the marks of the log. */
public interface Snapshots extends AutoCloseable {
    /**
     * The replica has applied this command, a mark. Returns when the state is copied. The replica's thread.
     *
     * @param chain of the mark.
     */
    void onMark(Frame mark, long chain);

    /** Sequence of the newest snapshot taken and verified, 0 before the first. Any thread. */
    long newestSequence();

    /** Ends with the replica; what was begun is finished. */
    @Override
    void close();
}
