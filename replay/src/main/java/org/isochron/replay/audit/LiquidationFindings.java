package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an audit of liquidations has found. */
public final class LiquidationFindings {
    /** Findings kept word for word; all are counted. */
    private static final int MOST_KEPT = 200;

    private final List<LiquidationRow> rows = new ArrayList<>();
    private final List<Cascade> cascades = new ArrayList<>();
    private final List<Finding> kept = new ArrayList<>();
    private long count;
    private long compared;
    private Longest longest;
    private String ranking = "";

    /**
     * A disagreement.
     *
     * @param accountId account concerned, 0 for none.
     * @param what      event and field, or the rule.
     */
    public record Finding(long sequence, long accountId, String what, String expected, String found) {
        @Override
        public String toString() {
            return "sequence " + sequence + (accountId == 0 ? "" : ", account " + accountId) + ", " + what
                    + ": worked out " + expected + ", found " + found;
        }
    }

    /**
     * The longest that a bucket was below its maintenance margin before its liquidation began or it was healthy again.
     *
     * @param fromSequence first command after which it was.
     */
    public record Longest(long accountId, long fromSequence, long toSequence, long durationNs) {}

    /** One event under comparison. */
    final class Check {
        private final long sequence;
        private final long accountId;
        private final String event;

        private Check(final long sequence, final long accountId, final String event) {
            this.sequence = sequence;
            this.accountId = accountId;
            this.event = event;
        }

        void same(final String field, final BigInteger expected, final long told) {
            same(field, expected, (Object) BigInteger.valueOf(told));
        }

        void same(final String field, final Object expected, final Object told) {
            compared++;
            if (!Objects.equals(expected, told)) {
                add(sequence, accountId, event + "." + field, expected, told);
            }
        }

        /** @param found what there is instead. */
        void holds(final boolean isSo, final String rule, final Object expected, final Object found) {
            compared++;
            if (!isSo) {
                add(sequence, accountId, event + ": " + rule, expected, found);
            }
        }
    }

    Check check(final long sequence, final long accountId, final String event) {
        return new Check(sequence, accountId, event);
    }

    private void add(
            final long sequence, final long accountId, final String what, final Object expected, final Object found) {
        if (count++ < MOST_KEPT) {
            kept.add(new Finding(sequence, accountId, what, String.valueOf(expected), String.valueOf(found)));
        }
    }

    void row(final LiquidationRow row) {
        rows.add(row);
    }

    void cascade(final Cascade cascade) {
        cascades.add(cascade);
    }

    void below(final Longest below) {
        if (longest == null || below.durationNs > longest.durationNs) {
            longest = below;
        }
    }

    void ranking(final String text) {
        ranking += text;
    }

    /** Whether the audit agrees with everything. */
    public boolean isClean() {
        return count == 0;
    }

    /** Disagreements in all. */
    public long count() {
        return count;
    }

    /** Figures and decisions that were worked out again. */
    public long compared() {
        return compared;
    }

    /** The first disagreements, in the order of the journal. */
    public List<Finding> findings() {
        return List.copyOf(kept);
    }

    /** In the order of their starts. */
    public List<LiquidationRow> rows() {
        return List.copyOf(rows);
    }

    /** In the order of their starts. */
    public List<Cascade> cascades() {
        return List.copyOf(cascades);
    }

    /** Null when no bucket was ever below its maintenance margin. */
    public Longest longest() {
        return longest;
    }

    /** The rankings that were asked for, a table each; empty when none was or none was found. */
    public String ranking() {
        return ranking;
    }
}
