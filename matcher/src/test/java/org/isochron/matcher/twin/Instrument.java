package org.isochron.matcher.twin;

import org.isochron.codecs.TradingState;

/** A contract as defined, its prices, its state and its book. Prices in ticks. */
final class Instrument {
    static final int SOURCES = 16;
    /** What an empty book shows: nobody has to be told of it. */
    private static final String EMPTY_TOP =
            " bidPrice=- bidQuantity=0 askPrice=- askQuantity=0 bidOrders=0 askOrders=0";

    final long id;
    final int slot;
    long asset;
    long tickSize;
    /** Quanta of one lot at one tick. */
    long quanta;

    long maxTicks;
    long maxOrderLots;
    long maxPositionLots;
    long initialPpm;
    long maintenancePpm;
    long makerFeePpm;
    long takerFeePpm;
    long maxOpenOrders;
    long staleNs;
    int requiredSources;
    long takerDelayNs;
    /** 0 for none, as the next two. */
    long bandPpm;

    long collarPpm;
    long protectionPpm;
    long limitNs;
    long haltNs;
    long auctionNs;

    /** Newest price of each source, and when it drops out, 0 when it has none. */
    final long[] sourceTicks = new long[SOURCES];

    final long[] sourceExpiryNs = new long[SOURCES];
    long sourceBitmap;
    long indexTicks;
    /** Moving average of the index, as the venue has it: the twin keeps none of its own. */
    long indexAverageTicks;

    long markTicks;
    boolean valid;
    /** Price of the last trade, 0 before the first. */
    long lastTicks;

    TradingState state = TradingState.OPEN;
    /** When the state changes by itself, 0 for never. */
    long nextChangeNs;
    /** How often the auction that collects has been extended. */
    int extensions;

    final Queue bids;
    final Queue asks;
    /** Bbo and AuctionIndicative as last told. */
    String toldTop = EMPTY_TOP;

    /** Null before the first of an auction. */
    Auction.Clearing toldIndicative;

    long toldHash;

    long toldOpenInterest;

    /** Whether this command has touched the book. */
    boolean touched;

    Instrument(final long id, final int slot, final PriorityRule rule) {
        this.id = id;
        this.slot = slot;
        bids = new Queue(true, rule);
        asks = new Queue(false, rule);
    }

    Queue queue(final boolean buy) {
        return buy ? bids : asks;
    }

    boolean isTrading() {
        return state == TradingState.OPEN || state == TradingState.LIMIT;
    }

    boolean collects() {
        return state == TradingState.AUCTION;
    }

    /** Whether an order of that side and limit would trade. */
    boolean crosses(final boolean buy, final long ticks) {
        final Order best = queue(!buy).best();
        return best != null && best.meets(ticks);
    }

    long price(final long ticks) {
        return ticks * tickSize;
    }
}
