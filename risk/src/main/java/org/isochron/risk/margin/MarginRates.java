package org.isochron.risk.margin;

import java.util.Arrays;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.MarginRules;
import org.isochron.risk.state.Capacities;

/**
 * What a size needs as initial and maintenance margin (rulebook 7), in O(1) however many tiers there are behind it: the
 * rate of its tier less that tier's deduction, {@code ded_t = ded_(t-1) + floor_t * (rate_t - rate_(t-1))}, so that every
 * rate holds for the part of the notional inside its tier and the requirement never jumps. Floors are whole millions of
 * quanta, so that deductions are whole quanta.
 *
 * <p>Initial rates rise with the open interest: from the lower bound to the upper one they go in a straight line from the
 * tier's to all of the notional; and by the factor of a closed market. Their deductions follow, so that nothing jumps then
 * either. The open interest is that of the last clock tick: what an order needs does not change while it trades.
 *
 * <p>A power contract other than of exponent 1 moves more than its underlying: it needs no less than the loss by an adverse
 * move of the underlying by the tier's rate, on all of the size, and a short of exponent 2 or 3 never less than half the
 * notional at first and a quarter later.
 *
 * <p>Derived from rules, marks and open interest: a row of each instrument is made again when one of them has
 * changed, as {@link org.isochron.risk.marks.MarkChanges} tells. No part of the state.
 */
final class MarginRates {
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

    /** By instrument: number of the change the row was made after, -1 when it never was. */
    private long[] madeAt;

    /** By instrument: tiers in the row, 0 when the contract's own rates hold for every size. */
    private int[] tiers;

    private long[] rows;

    MarginRates(final Ledger ledger, final Marks marks) {
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        rules = ledger.rules().margins();
        rebuild();
    }

    /** Starts again: after a change of capacities, or when the cells came from a snapshot. */
    void rebuild() {
        final Capacities capacities = ledger.capacities();
        madeAt = new long[capacities.instruments()];
        Arrays.fill(madeAt, -1);
        tiers = new int[capacities.instruments()];
        rows = new long[capacities.instruments() * TIERS * FIELDS];
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
    long maintenance(final int instrument, final boolean isShort, final long size) {
        if (!isTiered(instrument)) {
            return Margin.ceilPpm(size, instruments.maintenanceMarginPpm(instrument));
        }
        final int row = row(instrument, size);
        final long tiered = Margin.ceilPpm(size, rows[row + MAINTENANCE]) - rows[row + MAINTENANCE_DEDUCTION];
        return Math.max(tiered, atLeast(size, rows[side(row + LEAST_MAINTENANCE, isShort)]));
    }

    /** Initial margin of lots that are worth so much, in a short position or a long one. */
    long initial(final int instrument, final boolean isShort, final long size) {
        if (!isTiered(instrument)) {
            return Margin.ceilPpm(size, instruments.initialMarginPpm(instrument));
        }
        final int row = row(instrument, size);
        final long tiered = Margin.ceilPpm(size, rows[row + INITIAL]) - rows[row + INITIAL_DEDUCTION];
        return Math.max(tiered, atLeast(size, rows[side(row + LEAST_INITIAL, isShort)]));
    }

    /** Rate of the initial margin in the tier that a size lies in, ppm. */
    long initialPpm(final int instrument, final long size) {
        return isTiered(instrument) ? rows[row(instrument, size) + INITIAL] : instruments.initialMarginPpm(instrument);
    }

    /** Whether the row of the instrument holds, brought up to date; otherwise the contract's own rates do. */
    private boolean isTiered(final int instrument) {
        final long changedAt = marks.changes().changedAt(instrument);
        if (madeAt[instrument] != changedAt) {
            madeAt[instrument] = changedAt;
            make(instrument);
        }
        return tiers[instrument] != 0;
    }

    private int row(final int instrument, final long size) {
        int row = (instrument * TIERS + tiers[instrument] - 1) * FIELDS;
        while (size < rows[row + FLOOR]) {
            row -= FIELDS;
        }
        return row;
    }

    /**
     * The most that adding so much to a position can add to its initial margin, whichever way it stands.
     *
     * @param before the largest size it may have before.
     */
    long mostAdded(final int instrument, final long before, final long added) {
        if (!isTiered(instrument)) {
            return Margin.ceilPpm(added, instruments.initialMarginPpm(instrument));
        }
        if (!isConvex(instrument)) {
            return Math.max(initial(instrument, false, before + added), initial(instrument, true, before + added));
        }
        return Margin.ceilPpm(added, rows[row(instrument, before + added) + INITIAL]);
    }

    /** Whether margins grow ever faster with the size; where they do not, they jump at the floors of tiers. */
    boolean isConvex(final int instrument) {
        return !PowerMoves.any(instruments.exponent(instrument));
    }

    /**
     * No maintenance margin of a size from {@code size} up, or up to {@link #beforeJump} where there is one, grows by more
     * than so many millionths of what the size grows by, its rounding left out.
     */
    long steepestMaintenance(final int instrument, final boolean isShort, final long size) {
        if (!isTiered(instrument)) {
            return instruments.maintenanceMarginPpm(instrument);
        }
        if (isConvex(instrument)) {
            return rows[(instrument * TIERS + tiers[instrument] - 1) * FIELDS + MAINTENANCE];
        }
        final int row = row(instrument, size);
        return Math.max(rows[row + MAINTENANCE], rows[side(row + LEAST_MAINTENANCE, isShort)]);
    }

    /** Largest size before margins jump, {@link Long#MAX_VALUE} where they do not. */
    long beforeJump(final int instrument, final long size) {
        if (!isTiered(instrument) || isConvex(instrument)) {
            return Long.MAX_VALUE;
        }
        final int next = row(instrument, size) + FIELDS;
        final boolean isLast = next == (instrument * TIERS + tiers[instrument]) * FIELDS;
        return isLast ? Long.MAX_VALUE : rows[next + FLOOR] - 1;
    }

    // Making rows

    private void make(final int instrument) {
        final boolean isPower = PowerMoves.any(instruments.exponent(instrument));
        final int defined = rules.tiers(instrument);
        if (defined == 0 && !isPower && marks.initialMarginScalePpm(instrument) == Margin.PPM) {
            tiers[instrument] = 0;
            return;
        }
        tiers[instrument] = Math.max(defined, 1);
        int row = instrument * TIERS * FIELDS;
        for (int tier = 0; tier < tiers[instrument]; tier++) {
            if (defined == 0) {
                rows[row + FLOOR] = 0;
                rows[row + MAINTENANCE] = instruments.maintenanceMarginPpm(instrument);
                rows[row + INITIAL] = raised(instrument, instruments.initialMarginPpm(instrument));
            } else {
                rows[row + FLOOR] = rules.floor(instrument, tier);
                rows[row + MAINTENANCE] = rules.maintenancePpm(instrument, tier);
                rows[row + INITIAL] = raised(instrument, rules.initialPpm(instrument, tier));
            }
            deduct(row, tier == 0 ? row : row - FIELDS);
            putLeast(row, instruments.exponent(instrument));
            row += FIELDS;
        }
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
        rows[row + MAINTENANCE_DEDUCTION] = before == row ? 0 : deduction(row, before, MAINTENANCE);
        rows[row + INITIAL_DEDUCTION] = before == row ? 0 : deduction(row, before, INITIAL);
    }

    /** A deduction stands one field behind its rate. */
    private long deduction(final int row, final int before, final int rate) {
        return rows[before + rate + 1] + Margin.floorPpm(rows[row + FLOOR], rows[row + rate] - rows[before + rate]);
    }

    private void putLeast(final int row, final int exponent) {
        final boolean any = PowerMoves.any(exponent);
        final boolean hasFloor = exponent >= Instruments.EXPONENT_TWO;
        final long maintenance = rows[row + MAINTENANCE];
        final long initial = rows[row + INITIAL];
        rows[row + LEAST_MAINTENANCE] = any ? PowerMoves.fall(exponent, maintenance) : 0;
        rows[row + LEAST_INITIAL] = any ? PowerMoves.fall(exponent, initial) : 0;
        rows[row + LEAST_MAINTENANCE + 1] =
                any ? Math.max(PowerMoves.rise(exponent, maintenance), hasFloor ? SHORT_POWER_MAINTENANCE : 0) : 0;
        rows[row + LEAST_INITIAL + 1] =
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
