package org.isochron.risk.watch;

import java.util.Arrays;
import org.isochron.risk.margin.SafeMoves;

/**
 * The holders of one instrument, dense and in no order, each with the moves of mark and funding index under which its
 * bucket need not be judged. Who walks over it goes downwards: taking a holder out puts the last one, which has been
 * walked over, into its place, and new ones join behind. Grows by doubling and never shrinks.
 */
final class HolderList {
    /** No holder. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 64;

    private int[] positions = new int[FIRST_CAPACITY];
    private long[] lowestTicks = new long[FIRST_CAPACITY];
    private long[] highestTicks = new long[FIRST_CAPACITY];
    private long[] lowestIndex = new long[FIRST_CAPACITY];
    private long[] highestIndex = new long[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    int position(final int place) {
        return positions[place];
    }

    /** Adds a position and returns its place; the caller sets its moves. */
    int add(final int position) {
        if (size == positions.length) {
            grow();
        }
        positions[size] = position;
        return size++;
    }

    private void grow() {
        final int capacity = 2 * size;
        positions = Arrays.copyOf(positions, capacity);
        lowestTicks = Arrays.copyOf(lowestTicks, capacity);
        highestTicks = Arrays.copyOf(highestTicks, capacity);
        lowestIndex = Arrays.copyOf(lowestIndex, capacity);
        highestIndex = Arrays.copyOf(highestIndex, capacity);
    }

    /** Takes out the holder at a place and puts the last one there. */
    void remove(final int place) {
        size--;
        positions[place] = positions[size];
        lowestTicks[place] = lowestTicks[size];
        highestTicks[place] = highestTicks[size];
        lowestIndex[place] = lowestIndex[size];
        highestIndex[place] = highestIndex[size];
    }

    void moves(final int place, final SafeMoves moves) {
        lowestTicks[place] = moves.lowestTicks();
        highestTicks[place] = moves.highestTicks();
        lowestIndex[place] = moves.lowestIndex();
        highestIndex[place] = moves.highestIndex();
    }

    /**
     * The last place before {@code end}, and not before {@code start}, whose holder the mark has left the safe moves of;
     * {@link #NONE} when there is none.
     */
    int lastBeyondMark(final long ticks, final int start, final int end) {
        final long[] lowest = lowestTicks;
        final long[] highest = highestTicks;
        for (int place = end - 1; place >= start; place--) {
            if (ticks < lowest[place] || ticks > highest[place]) {
                return place;
            }
        }
        return NONE;
    }

    /** The same of the funding index. */
    int lastBeyondIndex(final long index, final int start, final int end) {
        final long[] lowest = lowestIndex;
        final long[] highest = highestIndex;
        for (int place = end - 1; place >= start; place--) {
            if (index < lowest[place] || index > highest[place]) {
                return place;
            }
        }
        return NONE;
    }
}
