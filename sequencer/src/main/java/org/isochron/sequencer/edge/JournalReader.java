package org.isochron.sequencer.edge;

/** Reads frames in order, verifying each (CRC, sequence, chain) before handing it over. Single-threaded. */
public interface JournalReader extends AutoCloseable {
    /** Goes to the frame with that sequence, which need not exist yet; 1 is the first. */
    void seek(long sequence);

    /**
     * Hands over at most {@code limit} frames that exist now.
     *
     * @return how many, 0 at the end of what exists.
     * @throws JournalException when a frame is damaged, named by its sequence; it is never handed over.
     */
    int poll(FrameHandler handler, int limit);

    /** Sequence of the next frame to be handed over. */
    long nextSequence();

    /** Whether a poll that handed over nothing may do so soon: frames are on their way from another node. */
    default boolean isPending() {
        return false;
    }

    @Override
    void close();
}
