package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.PUBLISHER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.isochron.codecs.Side;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.outlet.MarketDataPublisher;
import org.isochron.sequencer.client.BookBuilder;
import org.isochron.sequencer.client.InstrumentBook;
import org.isochron.sequencer.client.MarketDataClient;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.Test;

/** Every book rebuilt from the feed's packets alone, and compared with the venue's, queue by queue, after every command. */
class FeedTest {
    private static final Channel FEED = new Channel("memory:feed", 1);
    private static final Channel OTHER_FEED = new Channel("memory:other", 1);
    private static final int INSTRUMENTS = 3;
    private static final int COMMANDS = 4_000;
    private static final String[] STATES = {"OPEN", "OPEN", "OPEN", "AUCTION", "AUCTION", "HALT", "CLOSED"};
    private static final String[] KINDS = {
        "",
        "",
        "",
        ",timeInForce:'IOC'",
        ",timeInForce:'FOK'",
        ",flags:['postOnly']",
        ",flags:['postOnlySlide']",
        ",flags:['reduceOnly']",
        ",displayQuantity:'1'",
        ",displayQuantity:'2'",
        ",stpMode:'DECREMENT'",
        ",stpMode:'CANCEL_BOTH'",
        ",ordType:'STOP',triggerPrice:'100'",
        ",ordType:'STOP',triggerPrice:'100.02',triggerRef:'LAST'",
        ",ordType:'TAKE_PROFIT',triggerPrice:'99.98'",
    };

    private final ManualClock clock = new ManualClock(1, 1);
    private final MemoryTransport transport = new MemoryTransport(new MemoryWorld(1 << 12));
    private final BookBuilder built = new BookBuilder();
    private final MarketDataClient client = new MarketDataClient(transport, FEED, OTHER_FEED, clock, built);
    private final VenueBed bed = VenueBed.blank();
    /** Session, account, instrument and client id of every order entered. */
    private final List<String> clOrdIds = new ArrayList<>();

    private long nextClOrdId;

    private void define() {
        final MarketDataPublisher publisher = new MarketDataPublisher(transport.publish(FEED), clock);
        bed.outlet = publisher;
        bed.operator("VenueDefine:{maxAssets:2,maxInstruments:4,maxAccounts:16,maxPositions:64,maxOrders:512,"
                + "maxSessions:24,maxFirms:4,maxMmpGroups:4}");
        bed.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        for (long id = 1; id <= INSTRUMENTS; id++) {
            bed.operator(VenueBed.instrument(
                    id, "PERP-" + id, ",bandPpm:2000,collarPpm:1000,limitMs:300,haltMs:300,auctionMs:300"));
        }
        bed.operator("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        bed.operator("FirmDefine:{firmId:2,symbol:'BETA'}");
        bed.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,accounts:[]}");
        bed.connect(PUBLISHER);
        bed.account(100, 1, "2000");
        bed.account(101, 1, "1000000");
        bed.account(200, 2, "1000000");
        bed.session(MAKER, 1, "{accountId:100},{accountId:101}");
        bed.session(TAKER, 2, "{accountId:200}");
        for (long id = 1; id <= INSTRUMENTS; id++) {
            bed.tick(id, 0, "100");
        }
    }

    @Test
    void shouldLetAClientRebuildEveryQueueFromTheFeedAlone() {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FeedTest seed " + seed);
        final Random random = new Random(seed);
        define();
        bed.verifies = false;
        for (int i = 0; i < COMMANDS; i++) {
            step(random);
            client.poll();
            for (long id = 1; id <= INSTRUMENTS; id++) {
                compare(id, "seed " + seed + ", command " + i + ", instrument " + id);
            }
        }
        bed.venue.verifyInFull();
        // One of them may be closed nearly all the time, and its book stand still.
        long compared = 0;
        for (long id = 1; id <= INSTRUMENTS; id++) {
            assertTrue(built.book(id).hashesCompared() > 0, "hashes compared of instrument " + id);
            compared += built.book(id).hashesCompared();
        }
        assertTrue(compared > 10 * INSTRUMENTS, compared + " hashes compared");
    }

    private void step(final Random random) {
        final long instrument = 1 + random.nextInt(INSTRUMENTS);
        final int dice = random.nextInt(100);
        if (dice < 68) {
            order(random, instrument);
        } else if (dice < 84) {
            cancel(random);
        } else if (dice < 90) {
            bed.tick(instrument, 0, price(random));
        } else if (dice < 92) {
            bed.operator("InstrumentState:{instrumentId:" + instrument + ",state:'"
                    + STATES[random.nextInt(STATES.length)] + "'}");
        } else {
            bed.nowNs += random.nextInt(200) * 1_000_000L;
            bed.gateway("GatewayAlive:{gatewayId:1}");
            bed.sequencer("ClockTick:{tickTimeNs:'" + random.nextInt(10) * 100_000_000L + "'}");
        }
    }

    private static String price(final Random random) {
        return String.format("100.%02d", random.nextInt(30));
    }

    private void order(final Random random, final long instrument) {
        final boolean maker = random.nextBoolean();
        final long account = maker ? 100 + random.nextInt(2) : 200;
        clOrdIds.add((maker ? MAKER : TAKER) + " " + account + " " + instrument + " " + ++nextClOrdId);
        bed.send(
                maker ? MAKER : TAKER,
                "NewOrder:{accountId:" + account + ",instrumentId:" + instrument + ",clOrdId:" + nextClOrdId
                        + ",side:'" + (random.nextBoolean() ? "BUY" : "SELL") + "',quantity:'"
                        + (1 + random.nextInt(6)) + "',price:'" + price(random) + "'"
                        + KINDS[random.nextInt(KINDS.length)] + "}");
    }

    /** Of an order that may be done: many are refused. */
    private void cancel(final Random random) {
        final int back = 1 + random.nextInt(60);
        if (back > clOrdIds.size()) {
            return;
        }
        final String[] order = clOrdIds.get(clOrdIds.size() - back).split(" ");
        bed.send(
                Long.parseLong(order[0]),
                "Cancel:{accountId:" + order[1] + ",instrumentId:" + order[2] + ",clOrdId:" + ++nextClOrdId
                        + ",origClOrdId:" + order[3] + "}");
    }

    private void compare(final long id, final String message) {
        final InstrumentBook book = built.book(id);
        assertFalse(book.isStale(), message);
        assertEquals(0, book.unknownOrders(), message);
        assertEquals(bed.venue.inspection().bookHash(id), book.hash(), message);
        final List<Inspection.Order> resting = bed.venue.inspection().orders(id).stream()
                .filter(order -> order.stage() == Books.RESTING)
                .toList();
        assertEquals(queues(resting, Side.BUY), queues(book, Side.BUY), message);
        assertEquals(queues(resting, Side.SELL), queues(book, Side.SELL), message);
    }

    /** Price, public id and lots of every order of a side, best first. */
    private static List<String> queues(final List<Inspection.Order> resting, final Side side) {
        final Comparator<Inspection.Order> byPrice = Comparator.comparingLong(Inspection.Order::price);
        return resting.stream()
                .filter(order -> order.buy() == (side == Side.BUY))
                .sorted((side == Side.BUY ? byPrice.reversed() : byPrice).thenComparingLong(Inspection.Order::priority))
                .map(order -> order.price() + " " + order.priority() + " " + order.shown())
                .toList();
    }

    private static List<String> queues(final InstrumentBook book, final Side side) {
        final List<String> lines = new ArrayList<>();
        for (int depth = 0; depth < book.levels(side); depth++) {
            for (long order = book.firstOrder(side, depth);
                    order != InstrumentBook.NO_ORDER;
                    order = book.orderBehind(order)) {
                lines.add(book.price(side, depth) + " " + order + " " + book.leavesQuantity(order));
            }
        }
        return lines;
    }
}
