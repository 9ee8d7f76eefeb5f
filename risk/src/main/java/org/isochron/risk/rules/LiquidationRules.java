package org.isochron.risk.rules;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * How positions in an instrument are liquidated, what the insurance fund takes of them and who is deleveraged (rulebook
 * 8). Fields are those of the message LiquidationRules. Every instrument has them from its definition on: what the
 * operator has not set is as the rulebook has it.
 */
public final class LiquidationRules {
    /** Wire value of DeleverageRule.PNL_LEVERAGE. */
    public static final int PNL_LEVERAGE = 1;
    /** Wire value of DeleverageRule.HYPERLIQUID. */
    public static final int HYPERLIQUID = 2;
    /** Wire value of DeleverageRule.PRO_RATA. */
    public static final int PRO_RATA = 3;
    /** Wire value of DeleverageRule.SEEDED_RANDOM. */
    public static final int SEEDED_RANDOM = 4;
    /** Wire value of DeleverageRule.NONE. */
    public static final int NONE = 5;

    /** No cap on what takeovers may draw. */
    public static final long NO_CAP = Long.MAX_VALUE;

    /** Bound on amounts of money in these rules. */
    public static final long MAX_AMOUNT = 1L << 60;

    public static final int DEFAULT_TRANCHE_PPM = 200_000;
    public static final int DEFAULT_STRESS_PPM = 100_000;
    public static final int DEFAULT_UNWIND_SLIP_PPM = 1_000;
    public static final long DEFAULT_RETRY_MS = 1_000;
    public static final long DEFAULT_WHOLE_AFTER_MS = 30_000;
    public static final long DEFAULT_DRAW_WINDOW_MS = 86_400_000;
    /** The share of the largest order that the fund works off in a second is one part in so many. */
    public static final long DEFAULT_UNWIND_PARTS = 100;

    public static final int WHOLE_NOTIONAL = 0;
    public static final int DRAW_CAP = 1;
    public static final int UNWIND_LOTS = 2;
    public static final int TRANCHE_PPM = 3;
    public static final int STRESS_PPM = 4;
    public static final int UNWIND_SLIP_PPM = 5;
    public static final int RETRY_MS = 6;
    public static final int WHOLE_AFTER_MS = 7;
    public static final int DRAW_WINDOW_MS = 8;
    public static final int DELEVERAGE_RULE = 9;
    private static final int FIELDS = 10;

    private static final long DEFAULT_WHOLE_NOTIONAL_UNITS = 100_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RuleTable table;

    LiquidationRules(final int instruments) {
        table = new RuleTable("liquidationRules", instruments, FIELDS);
    }

    /** For adoption: fields are staged there. */
    public RuleTable table() {
        return table;
    }

    /**
     * Notional at mark up to which a position is offered whole, quanta.
     *
     * @param scale decimals of a quantum of the settlement asset.
     */
    public long wholeNotional(final int instrument, final int scale) {
        return table.isDefined(instrument) ? table.get(instrument, WHOLE_NOTIONAL) : defaultWholeNotional(scale);
    }

    /** 100,000 of the asset, or the largest amount where its quanta are that small. */
    public static long defaultWholeNotional(final int scale) {
        final long quantaPerUnit = FixedPoint.powerOfTen(scale);
        return quantaPerUnit > MAX_AMOUNT / DEFAULT_WHOLE_NOTIONAL_UNITS
                ? MAX_AMOUNT
                : DEFAULT_WHOLE_NOTIONAL_UNITS * quantaPerUnit;
    }

    /** What takeovers in one window may draw, quanta; {@link #NO_CAP} for no cap. */
    public long drawCap(final int instrument) {
        return table.isDefined(instrument) ? table.get(instrument, DRAW_CAP) : NO_CAP;
    }

    /**
     * Lots the fund works off in a second.
     *
     * @param maxOrderLots of the instrument.
     */
    public long unwindLots(final int instrument, final long maxOrderLots) {
        return table.isDefined(instrument)
                ? table.get(instrument, UNWIND_LOTS)
                : Math.max(1, maxOrderLots / DEFAULT_UNWIND_PARTS);
    }

    /** Share of a larger position that one tranche offers. */
    public int tranchePpm(final int instrument) {
        return table.isDefined(instrument) ? table.getInt(instrument, TRANCHE_PPM) : DEFAULT_TRANCHE_PPM;
    }

    /** Move against its inventory that the fund must be able to bear. */
    public int stressPpm(final int instrument) {
        return table.isDefined(instrument) ? table.getInt(instrument, STRESS_PPM) : DEFAULT_STRESS_PPM;
    }

    /** How far from the mark the fund works off its inventory. */
    public int unwindSlipPpm(final int instrument) {
        return table.isDefined(instrument) ? table.getInt(instrument, UNWIND_SLIP_PPM) : DEFAULT_UNWIND_SLIP_PPM;
    }

    /** Time between two tranches of a bucket. */
    public long retryNs(final int instrument) {
        return NANOS_PER_MILLI * (table.isDefined(instrument) ? table.get(instrument, RETRY_MS) : DEFAULT_RETRY_MS);
    }

    /** Time after the first tranche at which the whole position goes. */
    public long wholeAfterNs(final int instrument) {
        return NANOS_PER_MILLI
                * (table.isDefined(instrument) ? table.get(instrument, WHOLE_AFTER_MS) : DEFAULT_WHOLE_AFTER_MS);
    }

    /** Length of a window of the draw cap. */
    public long drawWindowNs(final int instrument) {
        return NANOS_PER_MILLI
                * (table.isDefined(instrument) ? table.get(instrument, DRAW_WINDOW_MS) : DEFAULT_DRAW_WINDOW_MS);
    }

    /** Wire value of the ranking. */
    public int deleverageRule(final int instrument) {
        return table.isDefined(instrument) ? table.getInt(instrument, DELEVERAGE_RULE) : PNL_LEVERAGE;
    }
}
