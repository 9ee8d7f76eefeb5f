package org.isochron.risk.marks;

/** What marks read of the book of an instrument. Prices in ticks; 0 for one that does not exist. */
public interface BookPrices {
    /** There is no book. */
    BookPrices NONE = new NoBook();

    /** Best bid of continuous trading; 0 also while an auction collects, when bids may cross offers. */
    long bestBidTicks(int instrument);

    /** Best offer of continuous trading; 0 also while an auction collects. */
    long bestAskTicks(int instrument);

    /** Price of the last trade. */
    long lastTradeTicks(int instrument);

    /** Sequenced time of the last trade. */
    long lastTradeNs(int instrument);

    /**
     * Average price at which a notional could be sold to the bids, or bought from the offers, in units of 2^-16 tick; bids
     * rounded down, offers up. 0 when that side lacks the depth.
     */
    long impactTicksQ16(int instrument, boolean bids, long notionalQuanta);
}
