package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;

/** From a premium to a rate (rulebook 6), in units of 1e-9, every division toward zero. */
public final class Rates {
    /** The period premium, interest and clamp are quoted for. */
    static final long BASE_MS = 28_800_000;

    private static final long PPM = 1_000_000;
    /** Three quarters of a ppm, in units of 1e-9. */
    private static final long THREE_QUARTERS_OF_PPM = 750;

    private Rates() {}

    /** Mean of samples. */
    public static long mean(final long sum, final long count) {
        return sum / count;
    }

    /** {@code P + clamp(I - P, +/-c)}: the interest itself while the premium is within c of it. */
    public static long withInterest(final long premium, final long interest, final long clamp) {
        return premium + within(interest - premium, clamp);
    }

    /** The part of a rate for 8 hours that falls to an interval: an eighth of it to an hour. */
    public static long forInterval(final long rate, final long intervalMs) {
        return FixedPoint.mulDivTrunc(rate, intervalMs, BASE_MS);
    }

    /** Largest rate: the rule's own cap, or three quarters of initial less maintenance margin. */
    public static long cap(final long cap, final long initialMarginPpm, final long maintenanceMarginPpm) {
        return Math.min(cap, (initialMarginPpm - maintenanceMarginPpm) * THREE_QUARTERS_OF_PPM);
    }

    /** A rate in a session in which it is multiplied. */
    public static long multiplied(final long rate, final long multiplierPpm) {
        return multiplierPpm == PPM ? rate : FixedPoint.mulDivTrunc(rate, multiplierPpm, PPM);
    }

    /** {@code clamp(value, +/-bound)}. */
    static long within(final long value, final long bound) {
        return Math.max(-bound, Math.min(bound, value));
    }
}
