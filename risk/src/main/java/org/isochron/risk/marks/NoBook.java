package org.isochron.risk.marks;

/** A market without a book. */
final class NoBook implements BookPrices {
    @Override
    public long bestBidTicks(final int instrument) {
        return 0;
    }

    @Override
    public long bestAskTicks(final int instrument) {
        return 0;
    }

    @Override
    public long lastTradeTicks(final int instrument) {
        return 0;
    }

    @Override
    public long lastTradeNs(final int instrument) {
        return 0;
    }

    @Override
    public long impactTicksQ16(final int instrument, final boolean bids, final long notionalQuanta) {
        return 0;
    }
}
