package org.isochron.matcher.venue;

/**
 * How the sides of quotes are known among the orders of their session: by client ids of the venue's own, which no client
 * may use, made of set, entry and side.
 */
final class Quotes {
    /** Any set. */
    static final long ANY_SET = -1;
    /** Largest number of a set. */
    static final long LARGEST_SET = (1L << 30) - 1;

    private static final long OWN = Long.MIN_VALUE;
    private static final int SET_SHIFT = 17;
    private static final int ENTRY_SHIFT = 1;

    private Quotes() {}

    /** {@code 2^63 | set << 17 | entry << 1 | (sell ? 1 : 0)}; an entry has 16 bits. */
    static long clientId(final long set, final int entry, final boolean buy) {
        return OWN | set << SET_SHIFT | (long) entry << ENTRY_SHIFT | (buy ? 0 : 1);
    }

    /** Set of a quote's side. */
    static long set(final long clientId) {
        return (clientId & ~OWN) >>> SET_SHIFT;
    }
}
