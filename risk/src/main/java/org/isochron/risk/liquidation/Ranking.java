package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The order in which opposite positions take what is left of a liquidation (rulebook 8.5): by score, the higher first,
 * then the older position. Of every candidate that there is: nothing takes one out.
 *
 * <p>One pass over the holders of the instrument finds the first {@value #PASS}, in a heap of fixed size; when they are
 * used up another pass finds the next ones behind them. Between two calls of {@link #next} only the position it has returned
 * may change, and then it can take no more: it is flat, or would owe with another lot. Nobody else's score depends on it, so the order
 * stays right to the end.
 */
public final class Ranking {
    /** Nobody is left. */
    public static final int NONE = -1;

    /** In place of a cut-off: everybody has been reached. */
    public static final long NO_SCORE = Long.MIN_VALUE;

    /** Positions that one pass finds. */
    static final int PASS = 64;

    private final Instruments instruments;
    private final Positions positions;
    private final DeleverageScore scores;

    private final int[] found = new int[PASS];
    private final long[] foundScores = new long[PASS];
    private int size;
    private int place;
    /** Best score among candidates that the pass has left behind. */
    private long behindScore;

    private Remainder remainder;
    private int rule;
    private long seed;
    private int rank;
    private boolean isFirstPass;
    private long lastScore;
    private int lastPosition;

    public Ranking(final Ledger ledger, final DeleverageScore scores) {
        this.scores = scores;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /**
     * Starts a ranking.
     *
     * @param rule wire value of a DeleverageRule that ranks by score.
     * @param seed of SEEDED_RANDOM.
     */
    public void begin(final Remainder remainder, final int rule, final long seed) {
        this.remainder = remainder;
        this.rule = rule;
        this.seed = seed;
        rank = 0;
        isFirstPass = true;
        size = 0;
        place = 0;
        behindScore = NO_SCORE;
    }

    /** The next position in the order, or {@link #NONE}. */
    public int next() {
        if (place == size && (isFirstPass || behindScore != NO_SCORE)) {
            pass();
        }
        if (place == size) {
            return NONE;
        }
        lastScore = foundScores[place];
        lastPosition = found[place];
        place++;
        rank++;
        return lastPosition;
    }

    /** Place of the position returned last, from 1. */
    public int rank() {
        return rank;
    }

    /** Score of the position returned last, as it was ranked. */
    public long score() {
        return lastScore;
    }

    /** Best score among those behind the position returned last, or {@link #NO_SCORE}. */
    public long cutoffScore() {
        return place < size ? foundScores[place] : behindScore;
    }

    private void pass() {
        remainder.beginRound();
        size = 0;
        place = 0;
        behindScore = NO_SCORE;
        for (int position = instruments.firstHolder(remainder.instrument());
                position >= 0;
                position = positions.nextOfInstrument(position)) {
            if (remainder.isCandidate(position)) {
                final long score = scores.of(position, rule, seed);
                if (isFirstPass || precedes(lastScore, lastPosition, score, position)) {
                    offer(position, score);
                }
            }
        }
        isFirstPass = false;
        sort();
    }

    /** No two positions were opened at once, so there is no further tie to break. */
    private boolean precedes(final long score, final int position, final long otherScore, final int other) {
        return score == otherScore ? positions.opened(position) < positions.opened(other) : score > otherScore;
    }

    // A heap whose root is the last in the order of those found.

    private void offer(final int position, final long score) {
        if (size < PASS) {
            rise(size++, position, score);
        } else if (precedes(score, position, foundScores[0], found[0])) {
            behindScore = Math.max(behindScore, foundScores[0]);
            sink(size, position, score);
        } else {
            behindScore = Math.max(behindScore, score);
        }
    }

    private void rise(final int from, final int position, final long score) {
        int at = from;
        while (at > 0 && precedes(foundScores[(at - 1) / 2], found[(at - 1) / 2], score, position)) {
            put(at, found[(at - 1) / 2], foundScores[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, position, score);
    }

    /** Puts a position in the place of the root, and from there to where it belongs. */
    private void sink(final int heapSize, final int position, final long score) {
        int at = 0;
        for (int child = laterChild(at, heapSize);
                child < heapSize && precedes(score, position, foundScores[child], found[child]);
                child = laterChild(at, heapSize)) {
            put(at, found[child], foundScores[child]);
            at = child;
        }
        put(at, position, score);
    }

    private int laterChild(final int at, final int heapSize) {
        final int left = 2 * at + 1;
        final int right = left + 1;
        return right < heapSize && precedes(foundScores[left], found[left], foundScores[right], found[right])
                ? right
                : left;
    }

    private void put(final int at, final int position, final long score) {
        found[at] = position;
        foundScores[at] = score;
    }

    /** Heapsort: the root, last in the order, goes to the end. */
    private void sort() {
        for (int end = size - 1; end > 0; end--) {
            final int position = found[end];
            final long score = foundScores[end];
            put(end, found[0], foundScores[0]);
            sink(end, position, score);
        }
    }
}
