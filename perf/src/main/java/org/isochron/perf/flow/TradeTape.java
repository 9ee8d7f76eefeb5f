package org.isochron.perf.flow;

/**
 * The trades an engine made, written as primitives into an array of fixed size. {@link #hash} is worked out afterwards,
 * outside what is timed.
 */
public final class TradeTape {
    private static final int LONGS = 4;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final long[] trades;
    private int at;

    /** @param capacity most trades there may be; one more throws. */
    public TradeTape(final int capacity) {
        trades = new long[capacity * LONGS];
    }

    public void trade(final long price, final long lots, final long makerId, final long takerId) {
        trades[at] = price;
        trades[at + 1] = lots;
        trades[at + 2] = makerId;
        trades[at + 3] = takerId;
        at += LONGS;
    }

    /** This tape, or one of twice the room with the same trades when it is full. */
    TradeTape withRoom() {
        if (at < trades.length) {
            return this;
        }
        final TradeTape larger = new TradeTape(count() * 2);
        System.arraycopy(trades, 0, larger.trades, 0, at);
        larger.at = at;
        return larger;
    }

    public void clear() {
        at = 0;
    }

    public int count() {
        return at / LONGS;
    }

    /** Hash of every trade's price, lots, maker and taker, in order. */
    public long hash() {
        long hash = 0;
        for (int i = 0; i < at; i++) {
            hash = (hash ^ trades[i]) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
