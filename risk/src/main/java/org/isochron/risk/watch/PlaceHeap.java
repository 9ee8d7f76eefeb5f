package org.isochron.risk.watch;

import java.util.Arrays;
import org.isochron.risk.ledger.Positions;

/**
 * Positions of one side in the order in which they are deleveraged: the highest score first, of equal ones the oldest.
 * Grows by doubling and never shrinks.
 */
final class PlaceHeap {
    private static final int FIRST_CAPACITY = 64;

    private final Positions ages;
    private int[] positions = new int[FIRST_CAPACITY];
    private long[] scores = new long[FIRST_CAPACITY];
    private int size;

    PlaceHeap(final Positions ages) {
        this.ages = ages;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void add(final int position, final long score) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, 2 * size);
            scores = Arrays.copyOf(scores, 2 * size);
        }
        int at = size++;
        while (at > 0 && precedes(score, position, (at - 1) / 2)) {
            put(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
        positions[at] = position;
        scores[at] = score;
    }

    /** Takes out the first in the order; not to be called on an empty heap. */
    int poll() {
        final int first = positions[0];
        size--;
        final int position = positions[size];
        final long score = scores[size];
        int at = 0;
        for (int child = earlierChild(at);
                child < size && !precedes(score, position, child);
                child = earlierChild(at)) {
            put(at, child);
            at = child;
        }
        positions[at] = position;
        scores[at] = score;
        return first;
    }

    private int earlierChild(final int at) {
        final int left = 2 * at + 1;
        final int right = left + 1;
        return right < size && precedes(scores[right], positions[right], left) ? right : left;
    }

    private boolean precedes(final long score, final int position, final int other) {
        return score == scores[other] ? ages.opened(position) < ages.opened(positions[other]) : score > scores[other];
    }

    private void put(final int at, final int from) {
        positions[at] = positions[from];
        scores[at] = scores[from];
    }
}
