package org.isochron.risk.funding;

/**
 * The rate of a funding auction (rulebook 6): of all multiples of {@value FundingOrders#STEP} within the cap, the one at which most lots
 * of the side that has fewer are willing to carry, then the least imbalance, then the least rate of either sign.
 *
 * <p>A long is willing at its limit and below, a short at its limit and above, and lots without an order at any rate. As
 * both sides have as many lots, most carry where the larger of the two unwilling sums is smallest. The higher the rate, the
 * more longs are unwilling and the fewer shorts: the best rate is next to where the sums cross, which halving finds, and
 * all rates as good as that one lie side by side, so that one of them is closest to 0.
 */
final class AuctionRate {
    private static final long STEP = FundingOrders.STEP;

    private final FundingOrders orders;
    private int instrument;
    private long largest;
    private long unwillingLong;
    private long unwillingShort;

    AuctionRate(final FundingOrders orders) {
        this.orders = orders;
    }

    /** @param cap of either sign, 1e-9. */
    long find(final int instrument, final long cap) {
        this.instrument = instrument;
        largest = cap / STEP;
        final long below = highestWithLongsToSpare();
        final long above = below + 1;
        if (below < -largest) {
            return closestToZero(above, above);
        }
        if (above > largest) {
            return closestToZero(below, below);
        }
        look(below);
        final long mostBelow = unwillingShort;
        final long leastBelow = unwillingLong;
        look(above);
        if (mostBelow != unwillingLong) {
            return mostBelow < unwillingLong ? closestToZero(below, below) : closestToZero(above, above);
        }
        if (leastBelow != unwillingShort) {
            // As many carry: the imbalance is smaller where more of the larger side are unwilling.
            return leastBelow > unwillingShort ? closestToZero(below, below) : closestToZero(above, above);
        }
        return closestToZero(below, above);
    }

    /** Highest rate, in steps, at which no fewer longs than shorts are willing; below the range when there is none. */
    private long highestWithLongsToSpare() {
        long low = -largest - 1;
        long high = largest;
        while (low < high) {
            final long middle = low + (high - low + 1) / 2;
            look(middle);
            if (unwillingLong <= unwillingShort) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Counts who would not carry. */
    private void look(final long steps) {
        final long rate = steps * STEP;
        unwillingLong = 0;
        unwillingShort = 0;
        for (int at = orders.oldest(instrument); at != FundingOrders.NONE; at = orders.newer(at)) {
            if (!isWilling(at, rate)) {
                if (orders.isLong(at)) {
                    unwillingLong += orders.lots(at);
                } else {
                    unwillingShort += orders.lots(at);
                }
            }
        }
    }

    boolean isWilling(final int position, final long rate) {
        return orders.isLong(position) ? rate <= orders.rate(position) : rate >= orders.rate(position);
    }

    /** Lots that close at the rate: of either side, what fewer would not carry on one of them. */
    long closing(final int instrument, final long rate) {
        this.instrument = instrument;
        look(rate / STEP);
        return Math.min(unwillingLong, unwillingShort);
    }

    /** Of the rates from one to the other, and those next to them at which the same are willing. */
    private long closestToZero(final long from, final long to) {
        long lowest = -largest;
        long highest = largest;
        for (int at = orders.oldest(instrument); at != FundingOrders.NONE; at = orders.newer(at)) {
            if (orders.lots(at) != 0) {
                // Up to `turn` it is one thing, from the next step on the other.
                final long limit = Math.floorDiv(orders.rate(at), STEP);
                final long turn = orders.isLong(at) ? limit : limit - 1;
                lowest = turn < from ? Math.max(lowest, turn + 1) : lowest;
                highest = turn >= to ? Math.min(highest, turn) : highest;
            }
        }
        return Math.max(lowest, Math.min(highest, 0)) * STEP;
    }
}
