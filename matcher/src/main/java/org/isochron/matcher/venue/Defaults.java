package org.isochron.matcher.venue;

/** What stands for a field that is null. Each width has one null, whatever the field. */
final class Defaults {
    private static final long NULL_INT64 = Long.MIN_VALUE;
    private static final long NULL_UINT32 = 0xFFFF_FFFFL;
    private static final int NULL_INT32 = Integer.MIN_VALUE;
    private static final short NULL_UINT8 = 0xFF;

    private Defaults() {}

    /** Of a duration or count. */
    static long orDefault(final long value, final long byDefault) {
        return value == NULL_UINT32 ? byDefault : value;
    }

    /** Of a rate or an amount of money. */
    static long amountOrDefault(final long value, final long byDefault) {
        return isNoAmount(value) ? byDefault : value;
    }

    /** Whether a rate or an amount of money is null. */
    static boolean isNoAmount(final long value) {
        return value == NULL_INT64;
    }

    /** Whether a share in ppm is null. */
    static boolean isNoPpm(final int ppm) {
        return ppm == NULL_INT32;
    }

    /** Of a share in ppm. */
    static int orDefault(final int ppm, final int byDefault) {
        return isNoPpm(ppm) ? byDefault : ppm;
    }

    /** Of a small number. */
    static int orDefault(final short value, final int byDefault) {
        return value == NULL_UINT8 ? byDefault : value;
    }
}
