package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarginTierSetDecoder.TiersDecoder;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.MarginRules;

/** Margin tiers of instruments as the operator sets them, at once or announced ahead. */
final class MarginTierDesk {
    /** Leverage to 100. */
    private static final long LEAST_INITIAL_PPM = 10_000;
    /** Floors are whole multiples of it, so that deductions are whole quanta. */
    private static final long FLOOR_STEP = Margin.PPM;

    private static final long LARGEST_NOTIONAL = 1L << 60;

    private final MarginRules margins;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    /** Of the tier before, while a message is read. */
    private long lastFloor;

    private long lastInitialPpm;
    private long lastMaintenancePpm;

    MarginTierDesk(final Ledger ledger, final RuleAdoption adoption, final Reports reports) {
        margins = ledger.rules().margins();
        this.adoption = adoption;
        this.reports = reports;
    }

    void onMarginTierSet(final Request request, final MarginTierSetDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || refusesOpenInterest(command)
                || refusesTiers(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        adoption.adopt(request, margins.table(), command.buffer(), command.offset(), command.encodedLength());
    }

    private boolean refusesOpenInterest(final MarginTierSetDecoder command) {
        final long none = MarginTierSetDecoder.openInterestLowerNullValue();
        final long lower = command.openInterestLower();
        final long upper = command.openInterestUpper();
        final boolean follows = upper != none;
        if (follows != (lower != none)) {
            return refusal.of(
                    BAD_VALUE,
                    follows ? MarginTierSetDecoder.openInterestLowerId() : MarginTierSetDecoder.openInterestUpperId(),
                    Refusal.NO_VALUE);
        }
        margins.table().stage(MarginRules.OPEN_INTEREST_LOWER, follows ? lower : 0);
        margins.table().stage(MarginRules.OPEN_INTEREST_UPPER, follows ? upper : 0);
        return follows
                && (TermChecks.refusesOutside(
                                refusal, MarginTierSetDecoder.openInterestLowerId(), lower, 0, LARGEST_NOTIONAL - 1)
                        || TermChecks.refusesOutside(
                                refusal,
                                MarginTierSetDecoder.openInterestUpperId(),
                                upper,
                                lower + 1,
                                LARGEST_NOTIONAL));
    }

    /** Reads every tier to the end, so that the message is known to its full length, and stages them. */
    private boolean refusesTiers(final MarginTierSetDecoder command) {
        final TiersDecoder tiers = command.tiers();
        final int count = tiers.count();
        if (TermChecks.refusesOutside(
                refusal, (int) MarginTierSetDecoder.tiersDecoderId(), count, 1, MarginRules.MAX_TIERS)) {
            return true;
        }
        margins.table().stage(MarginRules.TIERS, count);
        lastInitialPpm = LEAST_INITIAL_PPM;
        lastMaintenancePpm = 1;
        for (int tier = 0; tier < count; tier++) {
            if (refusesTier(tier, tiers.next())) {
                return true;
            }
        }
        for (int tier = count; tier < MarginRules.MAX_TIERS; tier++) {
            margins.stageTier(tier, 0, 0, 0);
        }
        return false;
    }

    private boolean refusesTier(final int tier, final TiersDecoder entry) {
        final long floor = entry.floor();
        if (refusesFloor(tier, floor) || refusesInitial(entry)) {
            return true;
        }
        final long initialPpm = initialPpm(entry);
        final boolean half = entry.maintenanceMarginPpm() == TiersDecoder.maintenanceMarginPpmNullValue();
        final long maintenancePpm = half ? (initialPpm + 1) / 2 : entry.maintenanceMarginPpm();
        if (TermChecks.refusesOutside(
                refusal, TiersDecoder.maintenanceMarginPpmId(), maintenancePpm, lastMaintenancePpm, initialPpm)) {
            return true;
        }
        margins.stageTier(tier, floor, initialPpm, maintenancePpm);
        lastFloor = floor;
        lastInitialPpm = initialPpm;
        lastMaintenancePpm = maintenancePpm;
        return false;
    }

    private boolean refusesFloor(final int tier, final long floor) {
        final long lowest = tier == 0 ? 0 : lastFloor + FLOOR_STEP;
        final long highest = tier == 0 ? 0 : LARGEST_NOTIONAL;
        return TermChecks.refusesOutside(refusal, TiersDecoder.floorId(), floor, lowest, highest)
                || floor % FLOOR_STEP != 0 && refusal.of(BAD_VALUE, TiersDecoder.floorId(), floor, FLOOR_STEP);
    }

    /** Either an initial margin or a largest leverage. */
    private boolean refusesInitial(final TiersDecoder entry) {
        final boolean noMargin = entry.initialMarginPpm() == TiersDecoder.initialMarginPpmNullValue();
        final boolean noLeverage = entry.maxLeverage() == TiersDecoder.maxLeverageNullValue();
        if (noMargin == noLeverage) {
            return refusal.of(
                    BAD_VALUE,
                    noMargin ? TiersDecoder.initialMarginPpmId() : TiersDecoder.maxLeverageId(),
                    noMargin ? Refusal.NO_VALUE : entry.maxLeverage());
        }
        return noMargin
                ? TermChecks.refusesOutside(
                        refusal, TiersDecoder.maxLeverageId(), entry.maxLeverage(), 1, Margin.PPM / lastInitialPpm)
                : TermChecks.refusesOutside(
                        refusal,
                        TiersDecoder.initialMarginPpmId(),
                        entry.initialMarginPpm(),
                        lastInitialPpm,
                        Margin.PPM);
    }

    private static long initialPpm(final TiersDecoder entry) {
        return entry.initialMarginPpm() == TiersDecoder.initialMarginPpmNullValue()
                ? FixedPoint.ceilDiv(Margin.PPM, entry.maxLeverage())
                : entry.initialMarginPpm();
    }
}
