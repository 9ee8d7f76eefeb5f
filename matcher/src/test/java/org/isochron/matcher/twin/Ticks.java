package org.isochron.matcher.twin;

/** What a clock tick tells of each instrument: its open interest, where its auction would clear, the hash of its book. */
final class Ticks {
    private static final long TICK_NS = 100_000_000;
    private static final long TICKS_PER_TURN = 10;

    private final World world;
    private final Events events;
    private final Auction auction;

    Ticks(final World world, final Events events, final Auction auction) {
        this.world = world;
        this.events = events;
        this.auction = auction;
    }

    private boolean isInTurn(final Instrument instrument) {
        return (world.nowNs / TICK_NS + instrument.slot) % TICKS_PER_TURN == 0;
    }

    /** Told with the prices, before what they set off. */
    void tellOpenInterest(final Instrument instrument) {
        long lots = 0;
        for (final Account account : world.accountsBySlot) {
            for (final Position position : account.positions) {
                lots += position.instrument == instrument ? Math.max(position.lots, 0) : 0;
            }
        }
        if (isInTurn(instrument) && lots != instrument.toldOpenInterest) {
            instrument.toldOpenInterest = lots;
            events.publicly("OpenInterest", instrument).with("quantity", lots);
        }
    }

    void tell(final Instrument instrument) {
        if (instrument.collects()) {
            auction.indicate(instrument);
        } else {
            instrument.toldIndicative = null;
        }
        final long hash = Reports.bookHash(instrument);
        if (isInTurn(instrument) && hash != instrument.toldHash) {
            instrument.toldHash = hash;
            events.publicly("BookHash", instrument)
                    .with("bookHash", hash)
                    .u32("orders", instrument.bids.size() + instrument.asks.size());
        }
    }
}
