package org.isochron.risk.margin;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.MarginRules;
import org.isochron.risk.state.Capacities;

/**
 * What margins in an instrument are worked out from, side by side: its mark, its contract, its fee and its rates.
 *
 * <p>What a size needs as initial and maintenance margin (rulebook 7) takes O(1) however many tiers there are: the rate of
 * its tier less that tier's deduction, {@code ded_t = ded_(t-1) + floor_t * (rate_t - rate_(t-1))}, so that every rate holds
 * for the part of the notional inside its tier and the requirement never jumps. Floors are whole millions of quanta, so that
 * deductions are whole quanta.
 *
 * <p>Initial rates rise with the open interest: from the lower bound to the upper one they go in a straight line from the
 * tier's to all of the notional; and by the factor of a closed market. Their deductions follow, so that nothing jumps then
 * either. The open interest is that of the last clock tick: what an order needs does not change while it trades.
 *
 * <p>A power contract other than of exponent 1 moves more than its underlying: it needs no less than the loss by an adverse
 * move of the underlying by the tier's rate, on all of the size, and a short of exponent 2 or 3 never less than half the
 * notional at first and a quarter later.
 *
 * <p>Derived from rules, marks and open interest: the terms of an instrument are made again when one of them has
 * changed, as {@link org.isochron.risk.marks.MarkChanges} tells. No part of the state.
 */
final class MarginTerms {
    private static final int FLOOR = 0;
    private static final int MAINTENANCE = 1;
    private static final int MAINTENANCE_DEDUCTION = 2;
    private static final int INITIAL = 3;
    private static final int INITIAL_DEDUCTION = 4;
    /** Least rates of longs, and one field on, of shorts. */
    private static final int LEAST_MAINTENANCE = 5;

    private static final int LEAST_INITIAL = 7;
    private static final int FIELDS = 9;

    private static final int TIERS = MarginRules.MAX_TIERS;
    private static final long SHORT_POWER_INITIAL = 500_000;
    private static final long SHORT_POWER_MAINTENANCE = 250_000;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final MarginRules rules;
    private final Marks marks;

    // Terms of an instrument: what every margin of it asks for.

    /** Number of the change the instrument's terms and tiers were made after, -1 when they never were. */
    private static final int MADE_AT = 0;

    private static final int FACTOR = 1;
    private static final int MARK = 2;
    private static final int BUY_REFERENCE = 3;
    private static final int SELL_REFERENCE = 4;
    private static final int LARGEST_OF_LOT = 5;
    private static final int TAKER_FEE = 6;
    /** Tiers there are, 0 when the two rates that follow hold for every size. */
    private static final int TIER_COUNT = 7;

    private static final int ONLY_INITIAL = 8;
    private static final int ONLY_MAINTENANCE = 9;
    private static final int TERMS = 10;

    private Capacities capacities;
    private long[] cells;
    /** The tiers of every instrument, {@link MarginRules#MAX_TIERS} rows each. */
    private long[] tiers;

    MarginTerms(final Ledger ledger, final Marks marks) {
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        rules = ledger.rules().margins();
        rebuild();
    }

    /** Starts again: after a change of capacities, or when the cells came from a snapshot. */
    void rebuild() {
        capacities = ledger.capacities();
        cells = new long[capacities.instruments() * TERMS];
        for (int at = 0; at < cells.length; at += TERMS) {
            cells[at + MADE_AT] = -1;
        }
        tiers = new long[capacities.instruments() * TIERS * FIELDS];
    }

    /** Where the terms of an instrument stand, brought up to date; for the looks at them that follow. */
    int of(final int instrument) {
        if (capacities != ledger.capacities()) {
            rebuild();
        }
        final int at = instrument * TERMS;
        final long changedAt = marks.changes().changedAt(instrument);
        if (cells[at + MADE_AT] != changedAt) {
            cells[at + MADE_AT] = changedAt;
            make(at, instrument);
        }
        return at;
    }

    /** {@link Instruments#factor}. */
    long factor(final int at) {
        return cells[at + FACTOR];
    }

    /** Ticks. */
    long mark(final int at) {
        return cells[at + MARK];
    }

    /** The mark's unit that orders of one side are held against: rounded down for buys, up for sells. */
    long reference(final int at, final boolean buy) {
        return cells[at + (buy ? BUY_REFERENCE : SELL_REFERENCE)];
    }

    /** {@link Contracts#largest} of one lot. */
    long largestOfLot(final int at) {
        return cells[at + LARGEST_OF_LOT];
    }

    long takerFeePpm(final int at) {
        return cells[at + TAKER_FEE];
    }

    /** Where rates follow the open interest they follow it as it stands now, until the next call. */
    void noteOpenInterest() {
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            final long lots = ledger.positions().openInterestLots(instrument);
            if (rules.openInterestUpper(instrument) != 0 && lots != instruments.notedOpenInterest(instrument)) {
                instruments.notedOpenInterest(instrument, lots);
                marks.rulesChanged(instrument);
            }
        }
    }

    /** Maintenance margin of lots that are worth so much, in a short position or a long one. */
    long maintenance(final int at, final boolean isShort, final long size) {
        if (!isTiered(at)) {
            return Margin.ceilPpm(size, cells[at + ONLY_MAINTENANCE]);
        }
        final int row = row(at, size);
        final long tiered = Margin.ceilPpm(size, tiers[row + MAINTENANCE]) - tiers[row + MAINTENANCE_DEDUCTION];
        return Math.max(tiered, atLeast(size, tiers[side(row + LEAST_MAINTENANCE, isShort)]));
    }

    /** Initial margin of lots that are worth so much, in a short position or a long one. */
    long initial(final int at, final boolean isShort, final long size) {
        if (!isTiered(at)) {
            return Margin.ceilPpm(size, cells[at + ONLY_INITIAL]);
        }
        final int row = row(at, size);
        final long tiered = Margin.ceilPpm(size, tiers[row + INITIAL]) - tiers[row + INITIAL_DEDUCTION];
        return Math.max(tiered, atLeast(size, tiers[side(row + LEAST_INITIAL, isShort)]));
    }

    /** Rate of the initial margin in the tier that a size lies in, ppm. */
    long initialPpm(final int at, final long size) {
        return isTiered(at) ? tiers[row(at, size) + INITIAL] : cells[at + ONLY_INITIAL];
    }

    /** Whether what a size needs is more than one rate of it: tiers, or the moves of a power contract. */
    boolean isTiered(final int at) {
        return cells[at + TIER_COUNT] != 0;
    }

    private int row(final int at, final long size) {
        int row = (firstTier(at) + (int) cells[at + TIER_COUNT] - 1) * FIELDS;
        while (size < tiers[row + FLOOR]) {
            row -= FIELDS;
        }
        return row;
    }

    private static int firstTier(final int at) {
        return at / TERMS * TIERS;
    }

    /**
     * The most that adding so much to a position can add to its initial margin, whichever way it stands.
     *
     * @param before the largest size it may have before.
     */
    long mostAdded(final int at, final long before, final long added) {
        if (!isTiered(at)) {
            return Margin.ceilPpm(added, cells[at + ONLY_INITIAL]);
        }
        if (!isConvex(at)) {
            return Math.max(initial(at, false, before + added), initial(at, true, before + added));
        }
        return Margin.ceilPpm(added, tiers[row(at, before + added) + INITIAL]);
    }

    /** Whether margins grow ever faster with the size; where they do not, they jump at the floors of tiers. */
    boolean isConvex(final int at) {
        return !PowerMoves.any(instruments.exponent(at / TERMS));
    }

    /**
     * No maintenance margin of a size from {@code size} up, or up to {@link #beforeJump} where there is one, grows by more
     * than so many millionths of what the size grows by, its rounding left out.
     */
    long steepestMaintenance(final int at, final boolean isShort, final long size) {
        if (!isTiered(at)) {
            return cells[at + ONLY_MAINTENANCE];
        }
        if (isConvex(at)) {
            return tiers[(firstTier(at) + (int) cells[at + TIER_COUNT] - 1) * FIELDS + MAINTENANCE];
        }
        final int row = row(at, size);
        return Math.max(tiers[row + MAINTENANCE], tiers[side(row + LEAST_MAINTENANCE, isShort)]);
    }

    /** Largest size before margins jump, {@link Long#MAX_VALUE} where they do not. */
    long beforeJump(final int at, final long size) {
        if (!isTiered(at) || isConvex(at)) {
            return Long.MAX_VALUE;
        }
        final int next = row(at, size) + FIELDS;
        final boolean isLast = next == (firstTier(at) + cells[at + TIER_COUNT]) * FIELDS;
        return isLast ? Long.MAX_VALUE : tiers[next + FLOOR] - 1;
    }

    // Making them

    private void make(final int at, final int instrument) {
        final long factor = instruments.factor(instrument);
        final long mark = marks.markTicks(instrument);
        cells[at + FACTOR] = factor;
        cells[at + MARK] = mark;
        cells[at + BUY_REFERENCE] = Contracts.unitBy(factor, mark, false);
        cells[at + SELL_REFERENCE] = Contracts.unitBy(factor, mark, true);
        cells[at + LARGEST_OF_LOT] = contracts.largest(instrument, 1);
        cells[at + TAKER_FEE] = instruments.takerFeePpm(instrument);
        cells[at + ONLY_INITIAL] = instruments.initialMarginPpm(instrument);
        cells[at + ONLY_MAINTENANCE] = instruments.maintenanceMarginPpm(instrument);
        cells[at + TIER_COUNT] = makeTiers(instrument);
    }

    /** Returns how many there are. */
    private int makeTiers(final int instrument) {
        final boolean isPower = PowerMoves.any(instruments.exponent(instrument));
        final int defined = rules.tiers(instrument);
        if (defined == 0 && !isPower && marks.initialMarginScalePpm(instrument) == Margin.PPM) {
            return 0;
        }
        final int count = Math.max(defined, 1);
        int row = instrument * TIERS * FIELDS;
        for (int tier = 0; tier < count; tier++) {
            if (defined == 0) {
                tiers[row + FLOOR] = 0;
                tiers[row + MAINTENANCE] = instruments.maintenanceMarginPpm(instrument);
                tiers[row + INITIAL] = raised(instrument, instruments.initialMarginPpm(instrument));
            } else {
                tiers[row + FLOOR] = rules.floor(instrument, tier);
                tiers[row + MAINTENANCE] = rules.maintenancePpm(instrument, tier);
                tiers[row + INITIAL] = raised(instrument, rules.initialPpm(instrument, tier));
            }
            deduct(row, tier == 0 ? row : row - FIELDS);
            putLeast(row, instruments.exponent(instrument));
            row += FIELDS;
        }
        return count;
    }

    /** An initial rate raised by open interest and by a closed market, at most the whole notional. */
    private long raised(final int instrument, final long ppm) {
        final long scaled = byOpenInterest(instrument, ppm);
        return Math.min(Margin.PPM, Margin.ceilPpm(scaled, marks.initialMarginScalePpm(instrument)));
    }

    private long byOpenInterest(final int instrument, final long ppm) {
        final long upper = rules.openInterestUpper(instrument);
        if (upper == 0) {
            return ppm;
        }
        final long lower = rules.openInterestLower(instrument);
        final long lots = instruments.notedOpenInterest(instrument);
        final long open = contracts.anyNotional(instrument, marks.markTicks(instrument), lots);
        final long beyond = Math.min(Math.max(open, lower), upper) - lower;
        return ppm + FixedPoint.mulDivFloor(Margin.PPM - ppm, beyond, upper - lower);
    }

    /** Before is the tier before, or the first one itself. */
    private void deduct(final int row, final int before) {
        tiers[row + MAINTENANCE_DEDUCTION] = before == row ? 0 : deduction(row, before, MAINTENANCE);
        tiers[row + INITIAL_DEDUCTION] = before == row ? 0 : deduction(row, before, INITIAL);
    }

    /** A deduction stands one field behind its rate. */
    private long deduction(final int row, final int before, final int rate) {
        return tiers[before + rate + 1] + Margin.floorPpm(tiers[row + FLOOR], tiers[row + rate] - tiers[before + rate]);
    }

    private void putLeast(final int row, final int exponent) {
        final boolean any = PowerMoves.any(exponent);
        final boolean hasFloor = exponent >= Instruments.EXPONENT_TWO;
        final long maintenance = tiers[row + MAINTENANCE];
        final long initial = tiers[row + INITIAL];
        tiers[row + LEAST_MAINTENANCE] = any ? PowerMoves.fall(exponent, maintenance) : 0;
        tiers[row + LEAST_INITIAL] = any ? PowerMoves.fall(exponent, initial) : 0;
        tiers[row + LEAST_MAINTENANCE + 1] =
                any ? Math.max(PowerMoves.rise(exponent, maintenance), hasFloor ? SHORT_POWER_MAINTENANCE : 0) : 0;
        tiers[row + LEAST_INITIAL + 1] =
                any ? Math.max(PowerMoves.rise(exponent, initial), hasFloor ? SHORT_POWER_INITIAL : 0) : 0;
    }

    private static int side(final int field, final boolean isShort) {
        return isShort ? field + 1 : field;
    }

    /** As {@link Margin#ceilPpm}, for rates above a million too. */
    private static long atLeast(final long size, final long ppm) {
        final long millions = size / Margin.PPM;
        return millions * ppm + ((size - millions * Margin.PPM) * ppm + Margin.PPM - 1) / Margin.PPM;
    }
}
