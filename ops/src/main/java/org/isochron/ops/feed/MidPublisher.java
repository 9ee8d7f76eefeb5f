package org.isochron.ops.feed;

import org.isochron.ops.client.PricePort;

/** Sends mid prices to the index, in their order. */
final class MidPublisher {
    private static final long NONE = 0;

    private final PricePort port;
    private long dueE9 = NONE;

    MidPublisher(final PricePort port) {
        this.port = port;
    }

    /** To be called only when the one before has left. */
    void publish(final long midE9) {
        if (dueE9 != NONE) {
            throw new IllegalStateException("the mid price before this one has not left yet");
        }
        dueE9 = midE9;
        send();
    }

    /**
     * Sends what is due.
     *
     * @return ticks sent.
     */
    int send() {
        if (dueE9 == NONE || !port.tick(dueE9)) {
            return 0;
        }
        dueE9 = NONE;
        return 1;
    }

    boolean isSent() {
        return dueE9 == NONE;
    }
}
