package org.isochron.replay.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.isochron.codecs.FundingRule;

/** What an audit of funding has found. */
public final class FundingFindings {
    /** Differences kept word for word; all are counted. */
    private static final int MOST_KEPT = 50;

    private final List<Row> rows = new ArrayList<>();
    private final List<Total> totals = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private long differences;

    FundingFindings() {}

    /** Counts of one instrument. */
    static final class Row {
        private final String symbol;
        private FundingRule rule = FundingRule.NONE;
        long samples;
        long ticks;
        long rates;
        long payments;
        /** Quanta its accounts have received, less what they have paid. */
        BigInteger received = BigInteger.ZERO;

        Row(final String symbol) {
            this.symbol = symbol;
        }

        void rule(final FundingRule inForce) {
            rule = inForce;
        }
    }

    /**
     * Sums of one asset, quanta.
     *
     * @param received by all accounts, less what they have paid.
     * @param settled  what settled markets have left in ROUNDING, which is no funding.
     */
    record Total(String symbol, BigInteger received, long fundingPool, long rounding, BigInteger settled) {
        BigInteger sum() {
            return received.add(BigInteger.valueOf(fundingPool))
                    .add(BigInteger.valueOf(rounding))
                    .subtract(settled);
        }
    }

    /** One event under comparison. */
    final class Check {
        private final long sequence;
        private final Row row;
        private final String event;

        private Check(final long sequence, final Row row, final String event) {
            this.sequence = sequence;
            this.row = row;
            this.event = event;
        }

        void same(final String field, final BigInteger expected, final long told) {
            same(field, expected, (Object) BigInteger.valueOf(told));
        }

        /** An expectation of null is told as {@code nullValue}. */
        void same(final String field, final BigInteger expected, final long told, final long nullValue) {
            same(field, expected, (Object) (told == nullValue ? null : BigInteger.valueOf(told)));
        }

        void same(final String field, final Object expected, final Object told) {
            if (!Objects.equals(expected, told)) {
                differ(sequence, row, event + "." + field, expected, told);
            }
        }
    }

    Row row(final String symbol) {
        final Row row = new Row(symbol);
        rows.add(row);
        return row;
    }

    void total(final Total total) {
        totals.add(total);
        if (total.sum().signum() != 0) {
            note("asset " + total.symbol
                    + ": payments, FUNDING_POOL and ROUNDING, less what settled markets have left there, sum to "
                    + total.sum() + ", not 0");
        }
    }

    Check check(final long sequence, final Row row, final String event) {
        return new Check(sequence, row, event);
    }

    void differ(final long sequence, final Row row, final String what, final Object expected, final Object told) {
        note("sequence " + sequence + ", " + row.symbol + ", " + what + ": worked out " + expected + ", told " + told);
    }

    private void note(final String difference) {
        if (differences++ < MOST_KEPT) {
            kept.add(difference);
        }
    }

    /** Whether everything told is what was worked out, and all sums are zero. */
    public boolean isClean() {
        return differences == 0;
    }

    /** The first difference in words, null when there is none. */
    public String firstDifference() {
        return kept.isEmpty() ? null : kept.get(0);
    }

    /** Events that were worked out again. */
    public long recomputed() {
        return rows.stream()
                .mapToLong(row -> row.samples + row.ticks + row.rates + row.payments)
                .sum();
    }

    /** A table of instruments, the sums, and what differs. */
    public void print(final PrintWriter out) {
        out.println(String.format(
                "%-12s %-16s %10s %10s %10s %10s %14s",
                "instrument", "rule", "samples", "ticks", "rates", "payments", "received"));
        for (final Row row : rows) {
            out.println(String.format(
                    "%-12s %-16s %,10d %,10d %,10d %,10d %,14d",
                    row.symbol, row.rule, row.samples, row.ticks, row.rates, row.payments, row.received));
        }
        for (final Total total : totals) {
            out.println(String.format(
                    "%-12s payments %,d + FUNDING_POOL %,d + ROUNDING %,d - settled markets %,d = %,d quanta",
                    total.symbol, total.received, total.fundingPool, total.rounding, total.settled, total.sum()));
        }
        kept.forEach(out::println);
        if (differences > kept.size()) {
            out.println(String.format("and %,d differences more", differences - kept.size()));
        }
        out.println(String.format(
                "%,d funding events worked out again: %s",
                recomputed(), isClean() ? "all equal" : String.format("%,d differences", differences)));
        out.flush();
    }

    /** The same as one JSON object. */
    public String toJson() {
        final ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("recomputed", recomputed())
                .put("differences", differences);
        final ArrayNode instruments = report.putArray("instruments");
        for (final Row row : rows) {
            instruments
                    .addObject()
                    .put("instrument", row.symbol)
                    .put("rule", row.rule.name())
                    .put("samples", row.samples)
                    .put("ticks", row.ticks)
                    .put("rates", row.rates)
                    .put("payments", row.payments)
                    .put("received", row.received.toString());
        }
        final ArrayNode assets = report.putArray("assets");
        for (final Total total : totals) {
            assets.addObject()
                    .put("asset", total.symbol)
                    .put("received", total.received.toString())
                    .put("fundingPool", total.fundingPool)
                    .put("rounding", total.rounding)
                    .put("settledMarkets", total.settled.toString())
                    .put("sum", total.sum().toString());
        }
        final ArrayNode words = report.putArray("found");
        kept.forEach(words::add);
        return report.toPrettyString();
    }
}
