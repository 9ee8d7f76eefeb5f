package org.isochron.risk.funding;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * How far the market stands from the index, in units of 1e-9 of it, toward zero (rulebook 6). Impact prices come in 1/65,536
 * ticks, {@value #NO_DEPTH} for a side that lacks the depth; index and mark in ticks.
 */
public final class Premium {
    /** No impact price. */
    public static final long NO_DEPTH = 0;

    /** Binary digits of an impact price behind the tick. */
    public static final int IMPACT_BITS = 16;

    /** Rates are billionths. */
    static final long UNIT = 1_000_000_000;

    private Premium() {}

    /**
     * {@code trunc((max(0, impactBid - O) - max(0, O - impactAsk)) * 1e9 / O)}, a side without depth counting 0: the part of
     * the book that the index has crossed.
     *
     * @param indexTicks O, at least 1.
     * @param largest    of either sign the result may have.
     */
    public static long ofBook(final long impactBid, final long impactAsk, final long indexTicks, final long largest) {
        final long index = indexTicks << IMPACT_BITS;
        final long above = impactBid == NO_DEPTH ? 0 : Math.max(0, impactBid - index);
        final long below = impactAsk == NO_DEPTH ? 0 : Math.max(0, index - impactAsk);
        return relative(above - below, index, largest);
    }

    /** {@code trunc((clamp(M, impactBid, impactAsk) - O) * 1e9 / O)}, a side without depth bounding nothing. */
    public static long ofMark(
            final long markTicks,
            final long impactBid,
            final long impactAsk,
            final long indexTicks,
            final long largest) {
        final long index = indexTicks << IMPACT_BITS;
        long mark = markTicks << IMPACT_BITS;
        if (impactAsk != NO_DEPTH) {
            mark = Math.min(mark, impactAsk);
        }
        if (impactBid != NO_DEPTH) {
            mark = Math.max(mark, impactBid);
        }
        return relative(mark - index, index, largest);
    }

    /** {@code clamp(trunc(difference * 1e9 / base), +/-largest)}, where the quotient itself may leave 64 bits. */
    static long relative(final long difference, final long base, final long largest) {
        if (FixedPoint.compareProducts(Math.abs(difference), UNIT, largest, base) >= 0) {
            return difference < 0 ? -largest : largest;
        }
        return FixedPoint.mulDivTrunc(difference, UNIT, base);
    }
}
