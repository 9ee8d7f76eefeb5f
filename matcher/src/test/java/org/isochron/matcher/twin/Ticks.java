package org.isochron.matcher.twin;

/** What a clock tick tells of each instrument: where its auction would clear, and the hash of its book. */
final class Ticks {
    private static final long TICK_NS = 100_000_000;
    private static final long TICKS_PER_HASH = 10;

    private final World world;
    private final Events events;
    private final Auction auction;

    Ticks(final World world, final Events events, final Auction auction) {
        this.world = world;
        this.events = events;
        this.auction = auction;
    }

    void tell(final Instrument instrument) {
        if (instrument.collects()) {
            auction.indicate(instrument);
        } else {
            instrument.toldIndicative = null;
        }
        final long hash = Reports.bookHash(instrument);
        if ((world.nowNs / TICK_NS + instrument.slot) % TICKS_PER_HASH == 0 && hash != instrument.toldHash) {
            instrument.toldHash = hash;
            events.publicly("BookHash", instrument)
                    .with("bookHash", hash)
                    .u32("orders", instrument.bids.size() + instrument.asks.size());
        }
    }
}
