package org.isochron.sequencer.replica;

import java.util.concurrent.TimeUnit;

/**
 * Notices that a log has fallen silent. A sequencer that has nothing to say sends a heartbeat every 10 ms; a gap shows by the
 * frame behind it, but a log that brings nothing at all shows by nothing else than the time. Then either it stands still, or
 * this node does not hear it any more, and only other nodes know which.
 */
final class LogWatch {
    /** Fifty heartbeats missing, and half of what flow control gives a receiver that is silent. */
    static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private boolean isStarted;
    private long heardNs;
    private long askAtNs;

    private volatile boolean isSilent;
    private volatile boolean isDeaf;
    private volatile long silences;

    /** Something came over the log. */
    void heard(final long nowNs) {
        isStarted = true;
        heardNs = nowNs;
        if (isSilent) {
            isSilent = false;
            isDeaf = false;
        }
    }

    /** Nothing came; true when it is time to ask other nodes whether the log has gone on. */
    boolean isTimeToAsk(final long nowNs) {
        if (!isStarted) {
            isStarted = true;
            heardNs = nowNs;
        }
        if (nowNs - heardNs < SILENCE_NS) {
            return false;
        }
        if (!isSilent) {
            isSilent = true;
            silences++;
            askAtNs = nowNs;
        }
        return nowNs - askAtNs >= 0;
    }

    /** Nobody had anything newer: asked again after a while, and not at once. */
    void nothingNewer(final long nowNs) {
        askAtNs = nowNs + SILENCE_NS;
    }

    /**
     * Another node had the next frame: the log goes on, unheard here.
     *
     * @return true the first time since it was heard.
     */
    boolean wentOnUnheard() {
        final boolean isNew = !isDeaf;
        isDeaf = true;
        return isNew;
    }

    /** Whether nothing came for {@link #SILENCE_NS}. Any thread. */
    boolean isSilent() {
        return isSilent;
    }

    /** Whether it goes on all the same, as other nodes' journals show. Any thread. */
    boolean isDeaf() {
        return isDeaf;
    }

    /** How often it fell silent. Any thread. */
    long silences() {
        return silences;
    }
}
