package org.isochron.replay.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.replay.audit.LiquidationFindings.Finding;
import org.isochron.replay.audit.LiquidationFindings.Longest;

/** The findings of an audit of liquidations as text and as JSON: the same for the same journal. */
public final class LiquidationTable {
    private static final String LINE = "%12s %11s %-20s %20s %10s %10s %10s %10s %18s %s";
    private static final double NANOS = 1e9;

    private final LiquidationFindings findings;
    private final Map<Long, Total> totals = new TreeMap<>();

    /** Of one settlement asset. */
    private static final class Total {
        private String asset;
        private int scale;
        private long liquidations;
        private BigInteger notional = BigInteger.ZERO;
        private long book;
        private long fund;
        private long deleveraged;
        private long settled;
        private BigInteger cost = BigInteger.ZERO;

        void add(final LiquidationRow row) {
            asset = row.asset();
            scale = row.scale();
            liquidations++;
            notional = notional.add(row.notional());
            book += row.lotsToBook();
            fund += row.lotsToFund();
            deleveraged += row.lotsDeleveraged();
            settled += row.lotsSettled();
            cost = cost.add(row.cost());
        }
    }

    public LiquidationTable(final LiquidationFindings findings) {
        this.findings = findings;
        for (final LiquidationRow row : findings.rows()) {
            totals.computeIfAbsent(row.assetId(), id -> new Total()).add(row);
        }
    }

    /** A line for each liquidation, totals, the longest wait, and what disagrees. */
    public void print(final PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                LINE,
                "sequence",
                "account",
                "instruments",
                "notional",
                "book",
                "fund",
                "delev.",
                "settled",
                "cost to INSURANCE",
                "outcome"));
        findings.rows().forEach(row -> out.println(line(row)));
        totals.values().forEach(total -> out.println(line(total)));
        final Longest longest = findings.longest();
        if (longest != null) {
            out.println(String.format(
                    Locale.ROOT,
                    "longest below maintenance before it was acted on: %.9f s, account %d from sequence %d to %d",
                    longest.durationNs() / NANOS,
                    longest.accountId(),
                    longest.fromSequence(),
                    longest.toSequence()));
        }
        findings.findings().forEach(out::println);
        if (findings.count() > findings.findings().size()) {
            out.println(String.format(
                    "and %,d findings more",
                    findings.count() - findings.findings().size()));
        }
        out.println(String.format(
                Locale.ROOT,
                "%,d figures and decisions worked out again: %s",
                findings.compared(),
                findings.isClean() ? "all agree" : String.format(Locale.ROOT, "%,d disagree", findings.count())));
        out.flush();
    }

    private static String line(final LiquidationRow row) {
        return String.format(
                Locale.ROOT,
                LINE,
                row.sequence(),
                row.accountId(),
                row.instruments() + (row.isIsolated() ? " isolated" : ""),
                money(row.notional(), row.scale(), row.asset()),
                row.lotsToBook(),
                row.lotsToFund(),
                row.lotsDeleveraged(),
                row.lotsSettled(),
                money(row.cost(), row.scale(), row.asset()),
                row.outcome());
    }

    private static String line(final Total total) {
        return String.format(
                Locale.ROOT,
                LINE,
                "total",
                total.liquidations,
                "",
                money(total.notional, total.scale, total.asset),
                total.book,
                total.fund,
                total.deleveraged,
                total.settled,
                money(total.cost, total.scale, total.asset),
                "");
    }

    /** As a decimal, without the zeros at its end. */
    private static String money(final BigInteger quanta, final int scale, final String asset) {
        return decimal(quanta, scale) + " " + asset;
    }

    private static String decimal(final BigInteger quanta, final int scale) {
        return quanta.signum() == 0
                ? "0"
                : new BigDecimal(quanta, scale).stripTrailingZeros().toPlainString();
    }

    /** All of it as one JSON object. */
    public String toJson() {
        final ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("compared", findings.compared())
                .put("disagreements", findings.count());
        final Longest longest = findings.longest();
        if (longest != null) {
            report.putObject("longestBelowMaintenance")
                    .put("account", longest.accountId())
                    .put("fromSequence", longest.fromSequence())
                    .put("toSequence", longest.toSequence())
                    .put("durationNs", longest.durationNs());
        }
        final ArrayNode liquidations = report.putArray("liquidations");
        findings.rows().forEach(row -> put(liquidations.addObject(), row));
        final ArrayNode found = report.putArray("found");
        for (final Finding finding : findings.findings()) {
            found.addObject()
                    .put("sequence", finding.sequence())
                    .put("account", finding.accountId())
                    .put("what", finding.what())
                    .put("expected", finding.expected())
                    .put("found", finding.found());
        }
        return report.toPrettyString();
    }

    private static void put(final ObjectNode json, final LiquidationRow row) {
        json.put("sequence", row.sequence())
                .put("endSequence", row.endSequence())
                .put("startNs", row.startNs())
                .put("endNs", row.endNs())
                .put("account", row.accountId())
                .put("instruments", row.instruments())
                .put("isolated", row.isIsolated())
                .put("asset", row.asset())
                .put("notional", decimal(row.notional(), row.scale()))
                .put("lotsToBook", row.lotsToBook())
                .put("lotsToFund", row.lotsToFund())
                .put("lotsDeleveraged", row.lotsDeleveraged())
                .put("lotsSettled", row.lotsSettled())
                .put("costToInsurance", decimal(row.cost(), row.scale()))
                .put("outcome", row.outcome());
    }
}
