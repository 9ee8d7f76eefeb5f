package org.isochron.ops.venue;

/**
 * How much later than its market data a command's first private event left the matcher, nanoseconds.
 *
 * @param violations commands whose private events left although their market data had not.
 */
public record ReleaseDelay(long minNs, long p50Ns, long violations) {}
