package org.isochron.replay.sim;

import org.isochron.sequencer.client.BookBuilder;
import org.isochron.sequencer.client.InstrumentBook;
import org.isochron.sequencer.client.MarketDataClient;

/** Somebody who builds the books from both feeds, and compares them with the hashes the venue tells. */
final class MarketHost extends Host {
    private static final long IDLE_NS = 40_000_000;

    private MarketDataClient client;
    private BookBuilder books;

    MarketHost(final World world) {
        super(world, "market-data", IDLE_NS);
    }

    @Override
    void assemble(final SimulatedTransport freshTransport) {
        books = new BookBuilder();
        client = new MarketDataClient(
                world.parts().transport(name(), freshTransport), Sites.feed(0), Sites.feed(1), processClock(), books);
    }

    @Override
    int work() {
        return client.poll();
    }

    @Override
    void scrap() {
        client = null;
        books = null;
    }

    /** An instrument whose book, built from the first message without a gap, was not the venue's; 0 for none. */
    int wrongBook() {
        if (client == null || client.arbiter().firstSeqNum() != 1) {
            return 0;
        }
        for (int instrumentId = 1; instrumentId <= world.market().instruments(); instrumentId++) {
            final InstrumentBook book = books.book(instrumentId);
            if (book != null && book.hashesMissed() > 0) {
                return instrumentId;
            }
        }
        return 0;
    }

    long malformed() {
        return client == null ? 0 : client.malformed();
    }
}
