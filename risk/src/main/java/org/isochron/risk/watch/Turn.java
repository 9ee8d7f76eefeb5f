package org.isochron.risk.watch;

/**
 * When a node may send the proposals it has. The r-th node of a range lets others go first: it sends once r * {@value
 * #STEP_NS} ns of its own clock have passed since it found something, in which no proposal of another node for its range
 * was sequenced. After a refusal of the core every node pauses.
 */
final class Turn {
    static final long STEP_NS = 20_000_000;

    /** A core that has no room for another liquidation has some soon. */
    static final long PAUSE_NS = 100_000_000;

    private final long delayNs;
    private boolean waits;
    private long sinceNs;
    private boolean refused;
    private boolean pauses;
    private long pausedNs;

    Turn(final int rank) {
        delayNs = rank * STEP_NS;
    }

    /** Another node's proposal for the range was sequenced: it is at work. */
    void heard() {
        waits = false;
    }

    /** The core has refused a whole proposal. */
    void refused() {
        refused = true;
    }

    /** Looks at the clock: whether it is this node's turn, given that it has found something. */
    boolean hasCome(final long monotonicNs) {
        if (refused) {
            refused = false;
            pauses = true;
            pausedNs = monotonicNs;
        }
        if (!waits) {
            waits = true;
            sinceNs = monotonicNs;
        }
        pauses = pauses && monotonicNs - pausedNs < PAUSE_NS;
        return !pauses && monotonicNs - sinceNs >= delayNs;
    }

    /** Nothing is found: the next find begins to wait anew. */
    void rest() {
        waits = false;
    }
}
