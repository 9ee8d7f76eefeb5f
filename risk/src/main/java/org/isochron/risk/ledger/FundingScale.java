package org.isochron.risk.ledger;

/**
 * The arithmetic of settling funding (rulebook 6). A cumulative index counts what one long lot has paid since ever, in units
 * of {@code 2^-bits} quanta. Lots that were last settled at index f owe, at index F, {@code x = -lots * (F - f)} of those
 * units, negative for what they pay. Whole quanta, rounded down, go to the account; what the rounding cuts off, never
 * negative, is kept for everybody. Products have 128 bits; that the whole part fits 64 is up to who bounds the rates.
 */
public final class FundingScale {
    /** Of the ledger: a cumulative index counts 2^-20 quanta. */
    public static final int BITS = 20;

    /** Units of the ledger's index in one quantum. */
    public static final long UNITS = 1L << BITS;

    private FundingScale() {}

    /**
     * {@code floor(-lots * (to - from) / 2^bits)}: quanta the holder receives, negative when it pays.
     *
     * @param lots signed.
     * @param bits 1 to 63.
     */
    public static long whole(final long lots, final long from, final long to, final int bits) {
        return high(lots, from, to) << Long.SIZE - bits | low(lots, from, to) >>> bits;
    }

    /** What {@link #whole} cuts off, in units of {@code 2^-bits}: 0 to {@code 2^bits - 1}. */
    public static long fraction(final long lots, final long from, final long to, final int bits) {
        return low(lots, from, to) & (1L << bits) - 1;
    }

    /** High 64 bits of {@code -lots * (to - from)}. */
    static long high(final long lots, final long from, final long to) {
        return Math.multiplyHigh(-lots, to - from);
    }

    /** Low 64 bits of {@code -lots * (to - from)}. */
    static long low(final long lots, final long from, final long to) {
        return -lots * (to - from);
    }
}
