package org.isochron.matcher.money;

import static org.isochron.matcher.money.NaiveMargin.big;

import java.math.BigInteger;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.rules.MarginRules;

/**
 * Margin of a size by the rates of one instrument: each rate on the part of the notional inside its tier, initial ones
 * raised with the open interest and while the primary market is closed; for a power of the underlying at least the loss by
 * an adverse move of that rate, and for a short of a higher power half the notional, a quarter later (rulebook 5 and 7).
 */
record NaiveRates(Venue venue, int instrument) {
    private static final long MILLION = 1_000_000;

    private Instruments terms() {
        return venue.ledger().instruments();
    }

    private MarginRules rules() {
        return venue.ledger().rules().margins();
    }

    BigInteger maintenance(final long lots, final BigInteger size) {
        return margin(lots, size, false);
    }

    BigInteger initial(final long lots, final BigInteger size) {
        return margin(lots, size, true);
    }

    private BigInteger margin(final long lots, final BigInteger size, final boolean initial) {
        final int tiers = Math.max(1, rules().tiers(instrument));
        BigInteger millionths = BigInteger.ZERO;
        long rate = 0;
        for (int tier = 0; tier < tiers && size.compareTo(floor(tier)) >= 0; tier++) {
            final BigInteger end = tier == tiers - 1 ? size : floor(tier + 1).min(size);
            rate = rate(tier, initial);
            millionths = millionths.add(end.subtract(floor(tier)).multiply(big(rate)));
        }
        final BigInteger tiered = millionths.add(big(MILLION - 1)).divide(big(MILLION));
        return tiered.max(NaiveMargin.ceilPpm(size, least(lots < 0, rate, initial)));
    }

    private BigInteger floor(final int tier) {
        return rules().tiers(instrument) == 0 ? BigInteger.ZERO : big(rules().floor(instrument, tier));
    }

    private long rate(final int tier, final boolean initial) {
        final boolean tiered = rules().tiers(instrument) != 0;
        if (!initial) {
            return tiered ? rules().maintenancePpm(instrument, tier) : terms().maintenanceMarginPpm(instrument);
        }
        final long ppm = tiered ? rules().initialPpm(instrument, tier) : terms().initialMarginPpm(instrument);
        final BigInteger closed =
                NaiveMargin.ceilPpm(byOpenInterest(ppm), venue.marks().initialMarginScalePpm(instrument));
        return closed.min(big(MILLION)).longValueExact();
    }

    /** In a straight line from the tier's rate at the lower bound to all of the notional at the upper one. */
    private BigInteger byOpenInterest(final long ppm) {
        final BigInteger upper = big(rules().openInterestUpper(instrument));
        if (upper.signum() == 0) {
            return big(ppm);
        }
        final BigInteger lower = big(rules().openInterestLower(instrument));
        final BigInteger open = new NaiveContract(venue.ledger(), instrument)
                .value(terms().notedOpenInterest(instrument), venue.marks().markTicks(instrument))
                .abs();
        final BigInteger beyond = open.max(lower).min(upper).subtract(lower);
        return big(ppm).add(big(MILLION - ppm).multiply(beyond).divide(upper.subtract(lower)));
    }

    private long least(final boolean isShort, final long rate, final boolean initial) {
        final int power = power();
        if (power == 0) {
            return 0;
        }
        final long move = isShort ? moved(power, MILLION + rate) - MILLION : MILLION - moved(power, MILLION - rate);
        return isShort && power >= 4 ? Math.max(move, initial ? MILLION / 2 : MILLION / 4) : move;
    }

    /** Twice the exponent of a contract that moves otherwise than its underlying; 0 for all others. */
    private int power() {
        final int exponent = terms().exponent(instrument);
        if (exponent == Instruments.EXPONENT_HALF) {
            return 1;
        }
        return exponent == Instruments.EXPONENT_TWO ? 4 : exponent == Instruments.EXPONENT_THREE ? 6 : 0;
    }

    /** {@code (underlying / 1e6)^(power / 2)} in ppm, rounded away from where it began. */
    private static long moved(final int power, final long underlying) {
        final BigInteger square =
                big(underlying).pow(power).multiply(big(MILLION).pow(2));
        final BigInteger divisor = big(MILLION).pow(power);
        final BigInteger root = square.divide(divisor).sqrt();
        final boolean exact = root.pow(2).multiply(divisor).equals(square);
        return root.longValueExact() + (underlying > MILLION && !exact ? 1 : 0);
    }
}
