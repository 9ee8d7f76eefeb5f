package org.isochron.ops.traffic;

import org.isochron.ops.client.Figures;

/** Clients on one thread. Everything but the constructor runs on that thread. */
public interface Traffic extends AutoCloseable {
    /**
     * One duty cycle.
     *
     * @return work done.
     * @throws IllegalStateException when a session has ended or lost events.
     */
    int doWork();

    /** Whether everything has been sent and answered. */
    boolean isDone();

    Figures figures();

    /** Book and prices as seen from outside. */
    MarketWatch market();

    /** How much is done, in the unit of {@link #total}. */
    long done();

    /** How much there is to do, at least 1. */
    long total();

    @Override
    void close();
}
