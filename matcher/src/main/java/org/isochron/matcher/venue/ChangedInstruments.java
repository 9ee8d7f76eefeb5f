package org.isochron.matcher.venue;

import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Instruments whose book, prices, stops or state have changed since their band and their stops were looked at last, lowest
 * slot first. What a command leaves to the next one is state, part of the noun BOOKS.
 */
final class ChangedInstruments implements StateOwner, DerivedState {
    static final int NONE = -1;

    private static final int BITS = Long.SIZE;

    private final StateTable left;
    /** A bit per instrument. */
    private long[] bits;

    private boolean isAnyNoted;

    ChangedInstruments(final int capacity) {
        left = new StateTable("changedInstruments", words(capacity), 1);
        bits = new long[words(capacity)];
    }

    /** Takes another capacity; only while no instrument is defined. */
    void resize(final int capacity) {
        left.resize(words(capacity));
        bits = new long[words(capacity)];
    }

    private static int words(final int capacity) {
        return (capacity + BITS - 1) / BITS;
    }

    void note(final int instrument) {
        bits[instrument / BITS] |= 1L << instrument;
        isAnyNoted = true;
    }

    void clear(final int instrument) {
        bits[instrument / BITS] &= ~(1L << instrument);
    }

    /** Lowest instrument not below the one given that has changed, or {@link #NONE}. */
    int next(final int from) {
        int word = from / BITS;
        if (!isAnyNoted || word == bits.length) {
            return NONE;
        }
        long rest = bits[word] & -1L << from;
        while (rest == 0 && ++word < bits.length) {
            rest = bits[word];
        }
        return rest == 0 ? NONE : word * BITS + Long.numberOfTrailingZeros(rest);
    }

    /** The command is over: what is still to be looked at becomes state. */
    void keep() {
        if (!isAnyNoted) {
            return;
        }
        isAnyNoted = false;
        for (int word = 0; word < bits.length; word++) {
            left.set(word, 0, bits[word]);
            isAnyNoted |= bits[word] != 0;
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(left);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        isAnyNoted = false;
        for (int word = 0; word < bits.length; word++) {
            bits[word] = left.get(word, 0);
            isAnyNoted |= bits[word] != 0;
        }
    }

    @Override
    public void verify() {
        for (int word = 0; word < bits.length; word++) {
            if (bits[word] != left.get(word, 0)) {
                throw new InvariantViolation("changed instruments of word " + word + " were not kept");
            }
        }
    }
}
