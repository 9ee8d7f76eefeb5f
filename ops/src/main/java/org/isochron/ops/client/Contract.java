package org.isochron.ops.client;

/**
 * What a trader has to know of an instrument.
 *
 * @param tickE9       smallest price step, units of 1e-9.
 * @param lotE9        units of the underlying in one lot, 1e-9.
 * @param maxPriceE9   largest price.
 * @param maxOrderLots largest order.
 */
public record Contract(int instrumentId, String symbol, long tickE9, long lotE9, long maxPriceE9, long maxOrderLots) {
    public Contract {
        if (tickE9 <= 0 || lotE9 <= 0 || maxPriceE9 <= 0 || maxPriceE9 % tickE9 != 0 || maxOrderLots <= 0) {
            throw new IllegalArgumentException(symbol + ": tick " + tickE9 + ", lot " + lotE9 + ", largest price "
                    + maxPriceE9 + " and order " + maxOrderLots
                    + "; positive values and a price on the tick are needed");
        }
    }

    /** Whether an order may have that price. */
    public boolean isOnGrid(final long priceE9) {
        return priceE9 > 0 && priceE9 <= maxPriceE9 && priceE9 % tickE9 == 0;
    }

    /** That many ticks as a price. */
    public long priceE9(final long ticks) {
        return ticks * tickE9;
    }
}
