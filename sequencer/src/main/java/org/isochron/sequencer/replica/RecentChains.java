package org.isochron.sequencer.replica;

import org.isochron.codecs.frame.Frame;

/** Chains of the newest {@value #REMEMBERED} commands: what a duplicate is compared with. */
final class RecentChains {
    private static final int REMEMBERED = 1 << 16;

    private final long[] chains = new long[REMEMBERED];
    /** Chains of commands before this one were never seen. */
    private long first = 1;

    private long newest;

    /** The state behind this command came from elsewhere: nothing before it is known. */
    void begin(final long sequence, final long chain) {
        first = sequence;
        add(sequence, chain);
    }

    void add(final long sequence, final long chain) {
        newest = sequence;
        chains[slot(sequence)] = chain;
    }

    /** Whether a frame is known to be another than the one applied under its number. */
    boolean contradict(final Frame frame) {
        final long sequence = frame.sequence();
        return sequence >= first && newest - sequence < REMEMBERED && chains[slot(sequence)] != frame.chain();
    }

    private static int slot(final long sequence) {
        return (int) (sequence & (REMEMBERED - 1));
    }
}
