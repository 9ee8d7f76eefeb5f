package org.isochron.risk.marks;

import java.util.Arrays;
import org.isochron.risk.state.Capacities;

/**
 * Per settlement asset its instruments in the order in which their marks last changed, newest first. Who remembers the
 * number of the newest change it has seen finds all later ones at the head, each instrument once; a change itself costs a
 * few writes, however many hold the instrument. Derived, no part of the state.
 */
public final class MarkChanges {
    /** No instrument. */
    public static final int NONE = -1;

    /** By asset. */
    private final int[] newest = new int[Capacities.LARGEST.assets()];
    /** By instrument. */
    private int[] older;

    private int[] newer;
    private long[] changedAt;
    private long count;

    MarkChanges(final int capacity) {
        resize(capacity);
    }

    void resize(final int capacity) {
        older = new int[capacity];
        newer = new int[capacity];
        changedAt = new long[capacity];
        Arrays.fill(newest, NONE);
    }

    void add(final int instrument, final int asset) {
        final int first = newest[asset];
        if (first != instrument) {
            if (changedAt[instrument] != 0) {
                unlink(instrument);
            }
            older[instrument] = first;
            newer[instrument] = NONE;
            if (first != NONE) {
                newer[first] = instrument;
            }
            newest[asset] = instrument;
        }
        changedAt[instrument] = ++count;
    }

    /** Of an instrument that is not the newest. */
    private void unlink(final int instrument) {
        final int before = newer[instrument];
        final int after = older[instrument];
        older[before] = after;
        if (after != NONE) {
            newer[after] = before;
        }
    }

    /** Instrument of the asset whose mark changed last, or {@link #NONE}. */
    public int newest(final int asset) {
        return newest[asset];
    }

    /** The one that changed last before this one, or {@link #NONE}. */
    public int older(final int instrument) {
        return older[instrument];
    }

    /** Changes so far, over all instruments: the number of the last one. */
    public long count() {
        return count;
    }

    /** Number of the instrument's last change, counted from 1 over all instruments. */
    public long changedAt(final int instrument) {
        return changedAt[instrument];
    }
}
