package org.isochron.sequencer.edge;

/**
 * Messages that arrive on one channel, kept apart by lane: one lane for each sender. Single-threaded.
 *
 * <p>Draining is fair: a poll makes passes over the lanes, takes at most one message of each lane a pass, and every poll
 * starts one lane further than the one before, so that nobody is always first.
 */
public interface Inbound extends AutoCloseable {
    /**
     * Hands over at most {@code limit} messages.
     *
     * @return how many the handler took.
     */
    int poll(MessageHandler handler, int limit);

    /** Lanes open now. */
    int laneCount();

    @Override
    void close();
}
