package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;

class MassQuoteDeskTest {
    private final VenueBed bed = VenueBed.trading();

    private List<Event> quote(final String entries) {
        return quote("", entries);
    }

    /** A mass quote of set 1 for account 100. */
    private List<Event> quote(final String fields, final String entries) {
        return bed.send(
                MAKER, "MassQuote:{clOrdId:9,accountId:100,quoteSetId:1" + fields + ",entries:[" + entries + "]}");
    }

    private static String entry(final int id, final String bid, final int lots, final String ask, final int askLots) {
        return "{entryId:" + id + ",instrumentId:1,bidPrice:'" + bid + "',bidQuantity:'" + lots + "',askPrice:'" + ask
                + "',askQuantity:'" + askLots + "'}";
    }

    /** Codes of all sides, "-" for a side that was taken. */
    private static String codes(final List<Event> events) {
        final List<String> codes = new ArrayList<>();
        for (final JsonNode entry : only(events, "MassQuoteAck").body().get("entries")) {
            codes.add(text(entry, "bidCode") + "/" + text(entry, "askCode"));
        }
        return String.join(" ", codes);
    }

    private static String priorities(final List<Event> events) {
        final List<String> priorities = new ArrayList<>();
        for (final JsonNode entry : only(events, "MassQuoteAck").body().get("entries")) {
            priorities.add(text(entry, "bidPriority") + "/" + text(entry, "askPriority"));
        }
        return String.join(" ", priorities);
    }

    private static String text(final JsonNode entry, final String field) {
        return entry.hasNonNull(field) ? entry.get(field).asText() : "-";
    }

    private static List<String> told(final List<Event> events) {
        return lines(events, "reason", "side", "price", "quantity", "leavesQuantity", "lastQuantity");
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    private long openOrders() {
        return bed.venue.inspection().summary().openOrders();
    }

    @Test
    void shouldEnterBothSidesOfEveryEntryAndTellTheirPlaces() {
        final List<Event> events = quote(entry(1, "99", 5, "101", 6) + "," + entry(2, "98", 7, "102", 8));

        assertEquals("-/- -/-", codes(events));
        final List<String> places = events.stream()
                .filter(event -> event.name().equals("OrderAdd"))
                .map(event -> event.get("orderId"))
                .toList();
        assertEquals(
                places.get(0) + "/" + places.get(1) + " " + places.get(2) + "/" + places.get(3), priorities(events));
        assertEquals(
                List.of(
                        "MassQuoteAck",
                        "OrderAdd BUY 99 5",
                        "OrderAdd SELL 101 6",
                        "OrderAdd BUY 98 7",
                        "OrderAdd SELL 102 8",
                        "Bbo"),
                told(events));
        assertEquals("1", only(events, "MassQuoteAck").get("quoteSetId"));
    }

    @Test
    void shouldLeaveAnUnchangedSideWhereItStands() {
        final String before = priorities(quote(entry(1, "99", 5, "101", 6)));

        final List<Event> events = quote(entry(1, "99", 5, "101", 6));

        assertEquals(List.of("MassQuoteAck"), told(events));
        assertEquals(before, priorities(events));
    }

    @Test
    void shouldKeepThePlaceOfASideThatOnlyShrinksAndGiveANewOneOtherwise() {
        final String before = priorities(quote(entry(1, "99", 5, "101", 6)));

        final List<Event> events = quote(entry(1, "99", 4, "101", 7));

        assertEquals(
                List.of("MassQuoteAck", "OrderReduce 4", "OrderDelete", "OrderAdd SELL 101 7", "Bbo"), told(events));
        assertEquals(before.split("/")[0], priorities(events).split("/")[0]);
        assertEquals(only(events, "OrderAdd").get("orderId"), priorities(events).split("/")[1]);
    }

    @Test
    void shouldMeasureAnUnchangedSideByItsOpenLots() {
        quote(entry(1, "99", 5, "101", 6));
        bed.sell(TAKER, 200, 2, "99", "");

        assertEquals(List.of("MassQuoteAck"), told(quote(entry(1, "99", 3, "101", 6))));
        assertEquals(
                List.of("MassQuoteAck", "OrderDelete", "OrderAdd BUY 99 5", "Bbo"),
                told(quote(entry(1, "99", 5, "101", 6))));
    }

    @Test
    void shouldPullASideOfQuantityZeroAndLeaveASideWithoutPrice() {
        quote(entry(1, "99", 5, "101", 6));

        final List<Event> events = quote("{entryId:1,instrumentId:1,bidPrice:'99',bidQuantity:'0'}");

        assertEquals(List.of("MassQuoteAck", "Cancelled USER BUY", "OrderDelete", "Bbo"), told(events));
        assertEquals(1, openOrders());
        assertTrue(priorities(events).startsWith("-/") && !priorities(events).endsWith("/-"));
        assertEquals("-/-", codes(quote("{entryId:1,instrumentId:1,bidPrice:'99',bidQuantity:'0'}")));
    }

    @Test
    void shouldJudgeEverySideByItself() {
        final List<Event> events = quote(entry(1, "99.005", 5, "101", 6)
                + "," + entry(2, "98", -1, "102", 8)
                + "," + entry(3, "97", 1_000_001, "103", 8)
                + ",{entryId:4,instrumentId:7,bidPrice:'99',bidQuantity:'1',askPrice:'101',askQuantity:'1'}"
                + "," + entry(5, "96", 5, "104", 6));

        assertEquals("BAD_TICK/- BAD_LOT/- QTY_TOO_BIG/- UNKNOWN_INSTRUMENT/UNKNOWN_INSTRUMENT -/-", codes(events));
        assertEquals(5, openOrders());
    }

    @Test
    void shouldRefuseTheSecondEntryOfAnIdAndAnEntryThatCrossesItself() {
        final List<Event> events = quote(
                entry(1, "99", 5, "101", 6) + "," + entry(1, "98", 5, "102", 6) + "," + entry(2, "100", 1, "100", 1));

        assertEquals("-/- DUPLICATE_CL_ORD_ID/DUPLICATE_CL_ORD_ID BAD_VALUE/BAD_VALUE", codes(events));
        assertEquals(2, openOrders());
        assertEquals("-/-", codes(quote(entry(2, "100", 1, "100", 0))), "one side of it is a pull");
    }

    @Test
    void shouldTradeAQuoteThatCrosses() {
        bed.sell(TAKER, 200, 3, "100", "");

        final List<Event> events = quote(entry(1, "100", 5, "101", 6));

        assertEquals("-/-", codes(events));
        assertEquals(
                List.of("MassQuoteAck", "Fill BUY 2 3", "Fill SELL 0 3", "Trade 100 3", "OrderDelete"),
                told(events).subList(0, 5));
        assertEquals(only(events, "MassQuoteAck").stamp("subSeq"), 0);
    }

    @Test
    void shouldRefuseAPostOnlySideThatCrossesAndLeaveWhatStood() {
        bed.sell(TAKER, 200, 3, "100", "");
        final String before = priorities(quote(entry(1, "99", 5, "101", 6)));

        final List<Event> events = quote(",flags:['postOnly']", entry(1, "100", 5, "101", 5));

        assertEquals("POST_ONLY_WOULD_CROSS/-", codes(events));
        assertEquals(before, priorities(events));
        assertEquals(List.of("MassQuoteAck", "OrderReduce 5"), told(events));
    }

    @Test
    void shouldJudgeASideOnTheStateTheOneBeforeHasLeft() {
        bed.account(102, 1, "100");
        bed.session(12, 1, "{accountId:102}");

        final List<Event> events = bed.send(
                12,
                "MassQuote:{clOrdId:9,accountId:102,quoteSetId:1,entries:[" + entry(1, "100", 6, "101", 1) + ","
                        + entry(2, "100", 5, "101", 1) + "]}");

        assertEquals("-/- INSUFFICIENT_MARGIN/-", codes(events));
    }

    @Test
    void shouldRefuseTheWholeMessageForWhatConcernsAllOfIt() {
        final String one = entry(1, "99", 1, "101", 1);
        assertEquals("BAD_VALUE 9", refusal(quote("")));
        assertEquals("BAD_VALUE 5", refusal(quote(",quoteSetId:1073741824", one)));
        assertEquals("BAD_VALUE 6", refusal(quote(",mmpGroup:3", one)));
        assertEquals("SESSION_SCOPE 2", refusal(quote(",accountId:200", one)));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(quote(",accountId:999", one)));
        bed.send(MAKER, "KillSwitch:{clOrdId:9,accountId:100,scope:'ACCOUNT'}");
        assertEquals("KILL_SWITCH_ON 2", refusal(quote(one)));
        assertEquals("-/-", codes(quote(",accountId:101,quoteSetId:1073741823", one)));
    }

    @Test
    void shouldKeepAQuotesInstrumentAndAccountForLife() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        bed.tick(2, 0, "100");
        quote(entry(1, "99", 5, "101", 6));

        assertEquals("BAD_VALUE/BAD_VALUE", codes(quote(",accountId:101", entry(1, "99", 5, "101", 6))));
        assertEquals(
                "BAD_VALUE/-",
                codes(quote("{entryId:1,instrumentId:2,bidPrice:'99',bidQuantity:'0'}")),
                "even to pull it");
    }

    @Test
    void shouldPullWhileTheInstrumentIsHalted() {
        quote(entry(1, "99", 5, "101", 6));
        bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}");

        final List<Event> events = quote(entry(1, "99", 0, "102", 6));

        assertEquals("-/MARKET_CLOSED", codes(events));
        assertEquals(1, openOrders());
    }

    @Test
    void shouldTakeSixteenEntriesThatAllTradeBeyondOneCommand() {
        bed.verifies = false;
        for (int i = 0; i < 5_000; i++) {
            bed.sell(TAKER, 200, 1, "100", "");
        }
        final StringBuilder entries = new StringBuilder();
        for (int id = 0; id < 16; id++) {
            entries.append(id == 0 ? "" : ",").append(entry(id, "100", 400, "101", 1));
        }

        final List<Event> events = new ArrayList<>(quote(entries.toString()));

        assertEquals("-/-", codes(events).substring(0, 3));
        assertTrue(events.size() <= EventBatch.MAX_EVENTS);
        for (int i = 0; bed.venue.inspection().summary().pendingWork() > 0; i++) {
            assertTrue(i < 20, "the work comes to an end");
            events.addAll(bed.sequencer("ClockTick:{tickTimeNs:0}"));
        }
        assertEquals(
                5_000,
                events.stream().filter(event -> event.name().equals("Trade")).count());
        bed.venue.verifyInFull();
    }

    // QuoteCancel

    private List<Event> pull(final String fields) {
        return bed.send(MAKER, "QuoteCancel:{clOrdId:9,accountId:100" + fields + "}");
    }

    @Test
    void shouldPullQuotesBySetInstrumentAndAccountAndNothingElse() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        bed.tick(2, 0, "100");
        bed.buy(MAKER, 100, 1, "90", "");
        quote(entry(1, "99", 5, "101", 6));
        quote(",quoteSetId:2", entry(1, "98", 5, "102", 6));
        quote(
                ",quoteSetId:2",
                "{entryId:2,instrumentId:2,bidPrice:'98',bidQuantity:'5',askPrice:'102',askQuantity:'6'}");
        quote(",accountId:101,quoteSetId:3", entry(1, "97", 5, "103", 6));

        assertEquals(
                "2", only(pull(",quoteSetId:2,instrumentId:2"), "MassCancelAck").get("count"));
        final List<Event> events = pull(",quoteSetId:1");
        assertEquals("2", only(events, "MassCancelAck").get("count"));
        assertEquals(
                List.of(
                        "MassCancelAck",
                        "Cancelled USER SELL",
                        "OrderDelete",
                        "Cancelled USER BUY",
                        "OrderDelete",
                        "Bbo"),
                told(events));
        assertEquals("2", only(pull(""), "MassCancelAck").get("count"));
        assertEquals(3, openOrders());
    }

    @Test
    void shouldRefuseToPullWhatItDoesNotKnow() {
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(pull(",accountId:999")));
        assertEquals("SESSION_SCOPE 2", refusal(pull(",accountId:200")));
        assertEquals("BAD_VALUE 5", refusal(pull(",quoteSetId:1073741824")));
        assertEquals("UNKNOWN_INSTRUMENT 6", refusal(pull(",instrumentId:9")));
    }
}
