package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.risk.margin.Margin;

/** The ranges of an instrument's terms, the same whether they are defined or changed. */
final class TermChecks {
    static final int MAX_FEE_PPM = 100_000;
    static final long MAX_TAKER_DELAY_US = 10_000_000;
    static final long NANOS_PER_MILLI = 1_000_000;
    static final long NANOS_PER_MICRO = 1_000;
    static final long MILLIS_PER_DAY = 86_400_000;

    private TermChecks() {}

    static boolean refusesBelowOne(final Refusal refusal, final int fieldId, final long value) {
        return value < 1 && refusal.of(BAD_VALUE, fieldId, value, 1);
    }

    /** The limit named is the one that is passed. */
    static boolean refusesOutside(
            final Refusal refusal, final int fieldId, final long value, final long lowest, final long highest) {
        return (value < lowest || value > highest)
                && refusal.of(BAD_VALUE, fieldId, value, value < lowest ? lowest : highest);
    }

    /** A distance from a price, ppm of it: less than all of it. */
    static boolean refusesDistance(final Refusal refusal, final int fieldId, final int ppm) {
        return refusesOutside(refusal, fieldId, ppm, 1, Margin.PPM - 1);
    }

    /** The same, or 0 for no limit. */
    static boolean refusesDistanceOrNone(final Refusal refusal, final int fieldId, final int ppm) {
        return refusesOutside(refusal, fieldId, ppm, 0, Margin.PPM - 1);
    }

    /** A maker fee, or a rebate no larger than what the taker pays. */
    static boolean refusesFees(
            final Refusal refusal, final int makerField, final int makerPpm, final int takerField, final int takerPpm) {
        return refusesOutside(refusal, takerField, takerPpm, 0, MAX_FEE_PPM)
                || refusesOutside(refusal, makerField, makerPpm, -takerPpm, MAX_FEE_PPM);
    }

    /** Time constant of an average: at least a second, at most a day. */
    static boolean refusesTimeConstant(final Refusal refusal, final int fieldId, final long ms) {
        return refusesOutside(refusal, fieldId, ms, 1_000, MILLIS_PER_DAY);
    }

    /** How long a state lasts: at least a millisecond, at most a day. */
    static boolean refusesTime(final Refusal refusal, final int fieldId, final long ms) {
        return refusesOutside(refusal, fieldId, ms, 1, MILLIS_PER_DAY);
    }
}
