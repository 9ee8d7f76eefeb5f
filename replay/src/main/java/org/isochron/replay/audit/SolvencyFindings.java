package org.isochron.replay.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an audit of solvency has found. */
public final class SolvencyFindings {
    private final Map<Long, Row> rows = new TreeMap<>();
    /** Breaches kept word for word; all are counted. */
    private static final int MOST_KEPT = 50;

    private final List<String> kept = new ArrayList<>();
    private long breaches;
    private long places;

    /** Of one asset. */
    static final class Row {
        private final AuditedAsset asset;
        private long checks;
        private BigInteger smallestInsurance;
        private long smallestAt;

        Row(final AuditedAsset asset) {
            this.asset = asset;
        }

        void checked(final long times) {
            checks += times;
        }

        /** @param worth cash and positions of INSURANCE at mark. */
        void insurance(final BigInteger worth, final long sequence) {
            if (smallestInsurance == null || worth.compareTo(smallestInsurance) < 0) {
                smallestInsurance = worth;
                smallestAt = sequence;
            }
        }
    }

    Row row(final AuditedAsset asset) {
        return rows.computeIfAbsent(asset.id, id -> new Row(asset));
    }

    /** Another place of the journal was looked at. */
    void place() {
        places++;
    }

    void breach(final long sequence, final String what) {
        if (breaches++ < MOST_KEPT) {
            kept.add("sequence " + sequence + ": " + what);
        }
    }

    /** Whether nothing was made and nothing was lost. */
    public boolean isClean() {
        return breaches == 0;
    }

    /** Null when there is none. */
    public String firstBreach() {
        return kept.isEmpty() ? null : kept.get(0);
    }

    /** The first ones, in the order of the journal. */
    public List<String> breaches() {
        return List.copyOf(kept);
    }

    /** Places of the journal at which everything was added up. */
    public long places() {
        return places;
    }

    /** A line for each asset, and the first breach. */
    public void print(final PrintWriter out) {
        out.println(String.format(
                "%-10s %12s %24s %24s %14s",
                "asset", "checks", "deposits less withdr.", "least INSURANCE", "at sequence"));
        for (final Row row : rows.values()) {
            out.println(String.format(
                    "%-10s %,12d %24s %24s %14s",
                    row.asset.symbol,
                    row.checks,
                    row.asset.money(row.asset.netDeposits),
                    row.asset.money(row.smallestInsurance),
                    row.smallestAt));
        }
        if (breaches != 0) {
            out.println("first breach: " + firstBreach());
        }
        out.println(String.format(
                "%,d places looked at: %s",
                places, isClean() ? "every sum is what it must be" : String.format("%,d breaches", breaches)));
        out.flush();
    }

    /** The same as one JSON object. */
    public String toJson() {
        final ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("places", places)
                .put("breaches", breaches)
                .put("firstBreach", firstBreach());
        final ArrayNode assets = report.putArray("assets");
        for (final Row row : rows.values()) {
            assets.addObject()
                    .put("asset", row.asset.symbol)
                    .put("checks", row.checks)
                    .put("netDeposits", row.asset.money(row.asset.netDeposits))
                    .put("leastInsurance", row.asset.money(row.smallestInsurance))
                    .put("leastInsuranceSequence", row.smallestAt);
        }
        return report.toPrettyString();
    }
}
