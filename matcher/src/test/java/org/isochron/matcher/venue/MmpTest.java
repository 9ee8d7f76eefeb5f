package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.PUBLISHER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;

/** Account 100 quotes in group 7, account 200 takes. Ten lots at 100 are a notional of 1,000. */
class MmpTest {
    private final VenueBed bed = VenueBed.trading();
    private int set;

    private List<Event> config(final String limits) {
        return bed.send(
                MAKER,
                "MmpConfig:{clOrdId:9,accountId:100,mmpGroup:7,assetId:1,windowMs:1000,frozenMs:0" + limits + "}");
    }

    private List<Event> reset() {
        return bed.send(MAKER, "MmpReset:{clOrdId:9,accountId:100,mmpGroup:7}");
    }

    /** A quote of its own set in the group. */
    private List<Event> quote(final String bid, final int bidLots, final String ask, final int askLots) {
        return bed.send(
                MAKER,
                "MassQuote:{clOrdId:9,accountId:100,mmpGroup:7,quoteSetId:" + ++set
                        + ",entries:[{entryId:1,instrumentId:1,bidPrice:'" + bid + "',bidQuantity:'" + bidLots
                        + "',askPrice:'" + ask + "',askQuantity:'" + askLots + "'}]}");
    }

    private List<Event> buy(final long lots, final String price) {
        return bed.buy(TAKER, 200, lots, price, ",timeInForce:'IOC'");
    }

    private List<Event> sell(final long lots, final String price) {
        return bed.sell(TAKER, 200, lots, price, ",timeInForce:'IOC'");
    }

    private static boolean triggers(final List<Event> events) {
        return !named(events, "MmpTriggered").isEmpty();
    }

    private static String what(final List<Event> events) {
        final Event triggered = only(events, "MmpTriggered");
        return triggered.get("reachedLimit") + " " + triggered.get("value") + " of " + triggered.get("limitValue");
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    private long openOrders() {
        return bed.venue.inspection().summary().openOrders();
    }

    @Test
    void shouldTriggerExactlyWhenTheQuantityReachesItsLimit() {
        config(",quantityLimit:'10'");
        quote("99", 50, "101", 50);

        assertTrue(!triggers(buy(4, "101")));
        assertTrue(!triggers(sell(5, "99")), "one below, both ways together");
        assertEquals("QUANTITY 10 of 10", what(buy(1, "101")));
    }

    @Test
    void shouldTellAQuantityThatPassesItsLimit() {
        config(",quantityLimit:'10'");
        quote("99", 50, "101", 50);

        assertEquals("QUANTITY 50 of 10", what(buy(50, "101")));
    }

    @Test
    void shouldTriggerExactlyWhenTheNotionalReachesItsLimit() {
        config(",notionalLimit:'1010'");
        quote("99", 50, "101", 50);

        assertTrue(!triggers(buy(9, "101")), "909");
        assertEquals("NOTIONAL 1010000000 of 1010000000", what(buy(1, "101")));
    }

    @Test
    void shouldTriggerWhenTheDeltaReachesItsLimitEitherWay() {
        config(",deltaLimit:'10'");
        quote("99", 50, "101", 50);
        buy(9, "101");
        sell(9, "99");
        assertTrue(!triggers(sell(9, "99")), "nine bought more than sold");
        assertEquals("DELTA 10 of 10", what(sell(1, "99")));

        reset();
        quote("99", 50, "101", 50);
        assertTrue(!triggers(buy(9, "101")));
        assertEquals("DELTA -10 of 10", what(buy(1, "101")));
    }

    @Test
    void shouldTriggerExactlyWhenTheFillsReachTheirLimit() {
        config(",fillCountLimit:3");
        quote("99", 50, "101", 50);

        assertTrue(!triggers(buy(1, "101")));
        assertTrue(!triggers(buy(1, "101")));
        assertEquals("FILL_COUNT 3 of 3", what(buy(1, "101")));
    }

    @Test
    void shouldTellTheFirstOfSeveralLimitsReachedTogether() {
        config(",quantityLimit:'11',notionalLimit:'101',deltaLimit:'1',fillCountLimit:1");
        quote("99", 50, "101", 50);

        assertEquals("NOTIONAL 101000000 of 101000000", what(buy(1, "101")));
    }

    @Test
    void shouldCancelTheGroupInTheSameCommandBeforeAnythingElseTrades() {
        config(",quantityLimit:'3'");
        quote("99", 5, "101", 3);
        quote("98", 5, "101.5", 5);
        bed.sell(MAKER, 101, 5, "102", "");
        bed.buy(MAKER, 100, 1, "90", ",clOrdId:77");

        final List<Event> events = buy(20, "102");

        assertEquals(
                List.of(
                        "OrderAck",
                        "Fill 0",
                        "Fill 1",
                        "Trade",
                        "OrderDelete",
                        "MmpTriggered",
                        "Cancelled MMP",
                        "OrderDelete",
                        "Cancelled MMP",
                        "OrderDelete",
                        "Cancelled MMP",
                        "OrderDelete",
                        "Fill 0",
                        "Fill 0",
                        "Trade",
                        "OrderDelete",
                        "Cancelled IOC",
                        "Bbo"),
                lines(events, "mmpTriggered", "reason"));
        assertEquals(
                List.of("101", "102"),
                named(events, "Trade").stream().map(event -> event.get("price")).toList(),
                "101.5 was in the group");
        final Event triggered = only(events, "MmpTriggered");
        assertEquals(
                "100 7 -",
                triggered.get("accountId") + " " + triggered.get("mmpGroup") + " " + triggered.get("frozenUntilNs"));
        assertEquals(MAKER, triggered.stamp("sessionId"));
        assertEquals(1, openOrders(), "the order outside the group");
    }

    @Test
    void shouldNotCountOrdersThatItsOwnFillsWouldTakeAwayForAFillOrKill() {
        config(",fillCountLimit:1");
        quote("99", 5, "101", 5);
        quote("98", 5, "102", 5);

        assertEquals(List.of("OrderAck", "Cancelled 10 FOK"), fillOrKill("BUY", 10, "102", ""));
        assertEquals(4, openOrders(), "nothing has traded");
        assertEquals(
                List.of("OrderAck", "Fill 5", "Fill 5", "Trade"),
                fillOrKill("BUY", 5, "102", "").subList(0, 4),
                "the first of the group is sure");
    }

    @Test
    void shouldKillAFillOrKillThatTheCancelsOfALargeGroupWouldInterrupt() {
        bed.verifies = false;
        config(",fillCountLimit:1");
        bed.sell(MAKER, 100, 5, "101", ",flags:['mmp'],mmpGroup:7");
        for (int i = 0; i < 2_100; i++) {
            bed.sell(MAKER, 100, 1, "110", ",flags:['mmp'],mmpGroup:7");
        }
        bed.sell(MAKER, 101, 5, "102", "");

        assertEquals(List.of("OrderAck", "Cancelled 10 FOK"), fillOrKill("BUY", 10, "102", ""));
        assertEquals("Fill 5", fillOrKill("BUY", 5, "102", "").get(1), "the cancels are behind its last fill");
    }

    @Test
    void shouldFillAnOrderOfAGroupInOneTradeOrKillIt() {
        config(",fillCountLimit:1");
        bed.sell(TAKER, 200, 5, "101", "");
        bed.sell(TAKER, 200, 5, "101", "");
        final String ofGroup = ",flags:['mmp'],mmpGroup:7";

        assertEquals(List.of("OrderAck", "Cancelled 6 FOK"), fillOrKillOf(MAKER, 100, "BUY", 6, "101", ofGroup));
        assertEquals(
                List.of("OrderAck", "Fill 5", "Fill 5", "Trade"),
                fillOrKillOf(MAKER, 100, "BUY", 5, "101", ofGroup).subList(0, 4));
    }

    private List<String> fillOrKill(final String side, final long lots, final String price, final String more) {
        return fillOrKillOf(TAKER, 200, side, lots, price, more);
    }

    private List<String> fillOrKillOf(
            final long session,
            final long account,
            final String side,
            final long lots,
            final String price,
            final String more) {
        return lines(
                bed.order(session, account, side, lots, price, ",timeInForce:'FOK'" + more),
                "lastQuantity",
                "cancelledQuantity",
                "reason");
    }

    @Test
    void shouldCancelTheRemainderOfAnIncomingOrderOfTheGroup() {
        config(",quantityLimit:'3'");
        bed.sell(TAKER, 200, 3, "100", "");
        bed.sell(TAKER, 200, 3, "100.5", "");

        final List<Event> events = quote("101", 9, "102", 1);

        assertEquals(
                List.of(
                        "MassQuoteAck",
                        "Fill 1",
                        "Fill 0",
                        "Trade",
                        "OrderDelete",
                        "MmpTriggered",
                        "Cancelled MMP",
                        "Bbo"),
                lines(events, "mmpTriggered", "reason"));
        assertEquals("6", only(events, "Cancelled").get("cancelledQuantity"));
        assertEquals(
                "MMP_FROZEN",
                only(events, "MassQuoteAck")
                        .body()
                        .get("entries")
                        .get(0)
                        .get("askCode")
                        .asText());
        assertEquals(1, openOrders());
    }

    @Test
    void shouldEndAnIncomingOrderOfTheGroupThatIsFilledByItsLastFill() {
        config(",quantityLimit:'3'");
        bed.sell(TAKER, 200, 3, "100", "");
        quote("98", 1, "103", 1);

        final List<Event> events = quote("101", 3, "102", 0);

        assertEquals(2, named(events, "Cancelled").size());
        assertEquals(0, openOrders());
    }

    @Test
    void shouldStartTheWindowWithItsFirstFillAndEndItByTime() {
        config(",quantityLimit:'3'");
        quote("99", 50, "101", 50);
        buy(2, "101");
        final long endNs = bed.nowNs + 1_000_000_000;

        bed.nowNs = endNs - 1_000_000;
        assertTrue(!triggers(buy(2, "101")), "a fill at the end begins the next window");
        bed.nowNs += 1_000_000_000 - 1_000_000 - 1;
        assertTrue(triggers(buy(1, "101")), "one nanosecond before the end of that one");
    }

    @Test
    void shouldRefuseTheGroupsOrdersUntilTheResetWhenItIsFrozenWithoutEnd() {
        config(",quantityLimit:'1'");
        quote("99", 5, "101", 5);
        buy(1, "101");

        assertEquals("MMP_FROZEN 6", refusal(quote("99", 5, "101", 5)));
        bed.nowNs += 86_400_000_000_000L;
        bed.tick("100");
        assertEquals("MMP_FROZEN 6", refusal(quote("99", 5, "101", 5)));
        only(config(",quantityLimit:'2'"), "CommandAccepted");
        assertEquals("MMP_FROZEN 6", refusal(quote("99", 5, "101", 5)), "other limits end no freeze");

        only(reset(), "CommandAccepted");

        only(quote("99", 5, "101", 5), "MassQuoteAck");
        assertTrue(!triggers(buy(1, "101")));
        assertTrue(triggers(buy(1, "101")));
    }

    @Test
    void shouldThawExactlyWhenTheFreezeEnds() {
        config(",quantityLimit:'1',frozenMs:50");
        quote("99", 5, "101", 5);
        final Event triggered = only(buy(1, "101"), "MmpTriggered");
        final long thawNs = bed.nowNs + 50_000_000;
        assertEquals(Long.toString(thawNs), triggered.get("frozenUntilNs"));

        bed.nowNs = thawNs - 1_000_000 - 1;
        assertEquals("MMP_FROZEN 6", refusal(quote("99", 5, "101", 5)));
        bed.nowNs = thawNs - 1_000_000;
        only(quote("99", 5, "101", 5), "MassQuoteAck");
    }

    @Test
    void shouldBeginANewWindowWithOtherLimitsAndWithAReset() {
        config(",quantityLimit:'3'");
        quote("99", 50, "101", 50);
        buy(2, "101");
        config(",quantityLimit:'3'");
        assertTrue(!triggers(buy(2, "101")));
        reset();
        assertTrue(!triggers(buy(2, "101")));
        assertTrue(triggers(buy(1, "101")));
    }

    @Test
    void shouldProtectAMakerFromALiquidationToo() {
        bed.account(202, 2, "1100");
        bed.session(22, 2, "{accountId:202}");
        bed.sell(MAKER, 101, 100, "100", "");
        bed.buy(22, 202, 100, "100", "");
        config(",quantityLimit:'3'");
        quote("95.5", 3, "120", 3);
        quote("95", 50, "121", 3);
        bed.buy(MAKER, 101, 500, "94", "");
        bed.tick("93");

        final List<Event> events =
                bed.send(VenueBed.RISK, "LiquidationProposal:{observedSequence:1,buckets:[{accountId:202,assetId:1}]}");

        assertEquals(1, named(events, "MmpTriggered").size());
        assertEquals(
                List.of("95.5", "94"),
                named(events, "Trade").stream().map(event -> event.get("price")).toList());
    }

    @Test
    void shouldCancelAGroupOfThousandsWithLaterCommandsAndLetNothingTradeMeanwhile() {
        bed.verifies = false;
        config(",quantityLimit:'1'");
        for (int i = 0; i < 3_000; i++) {
            quote("99", 1, "101", 1);
        }
        bed.sell(MAKER, 101, 5, "101", "");

        final List<Event> events = new ArrayList<>(buy(10, "101"));

        assertEquals(1, named(events, "Trade").size());
        assertTrue(events.size() <= EventBatch.MAX_EVENTS);
        final List<Event> other = bed.sell(MAKER, 101, 1, "99", "");
        events.addAll(other);
        assertEquals("QUEUED", only(other, "OrderAck").get("state"));
        for (int i = 0; bed.venue.inspection().summary().pendingWork() > 0; i++) {
            assertTrue(i < 20, "the work comes to an end");
            events.addAll(bed.sequencer("ClockTick:{tickTimeNs:0}"));
        }
        assertEquals(
                5_999,
                named(events, "Cancelled").stream()
                        .filter(event -> event.get("reason").equals("MMP"))
                        .count());
        assertEquals(2, named(events, "Trade").size(), "the group's and the other maker's");
        assertEquals(1, openOrders(), "the offer that came last");
        bed.venue.verifyInFull();
    }

    @Test
    void shouldMassCancelAGroup() {
        config(",quantityLimit:'1'");
        quote("99", 5, "101", 5);
        bed.buy(MAKER, 100, 1, "90", "");

        final List<Event> events = bed.send(MAKER, "MassCancel:{clOrdId:9,accountId:100,scope:'MMP_GROUP',mmpGroup:7}");

        assertEquals("2", only(events, "MassCancelAck").get("count"));
        assertEquals(1, openOrders());
    }

    @Test
    void shouldRefuseAGroupThatWouldProtectNothing() {
        assertEquals("BAD_VALUE 5", refusal(config("")));
        assertEquals("BAD_VALUE 5", refusal(config(",quantityLimit:'0'")));
        assertEquals("BAD_VALUE 6", refusal(config(",notionalLimit:'0'")));
        assertEquals("BAD_VALUE 7", refusal(config(",deltaLimit:'-1'")));
        assertEquals("BAD_VALUE 8", refusal(config(",fillCountLimit:0")));
        assertEquals("BAD_VALUE 9", refusal(config(",quantityLimit:'1',windowMs:0")));
        assertEquals("BAD_VALUE 9", refusal(config(",quantityLimit:'1',windowMs:86400001")));
        assertEquals("BAD_VALUE 10", refusal(config(",quantityLimit:'1',frozenMs:86400001")));
        assertEquals("UNKNOWN_ASSET 11", refusal(config(",quantityLimit:'1',assetId:5")));
        assertEquals("BAD_VALUE 12", refusal(config(",quantityLimit:'1',mmpGroup:null")));
        assertEquals("SESSION_SCOPE 2", refusal(config(",quantityLimit:'1',accountId:200")));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(config(",quantityLimit:'1',accountId:999")));
        assertEquals("BAD_VALUE 5", refusal(reset()));
        only(config(",quantityLimit:'1',windowMs:86400000,frozenMs:86400000,mmpGroup:65534"), "CommandAccepted");
    }

    @Test
    void shouldKeepAGroupsAssetForLifeAndTakeNoInstrumentOfAnother() {
        bed.operator("AssetDefine:{assetId:2,symbol:'EUR',scale:6}");
        config(",quantityLimit:'1'");
        assertEquals("ALREADY_DEFINED 11", refusal(config(",quantityLimit:'1',assetId:2")));
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ",settleAssetId:2"));
        bed.send(PUBLISHER, "PriceTick:{instrumentId:2,source:0,price:'100'}");

        final List<Event> events = bed.send(
                MAKER,
                "MassQuote:{clOrdId:9,accountId:100,mmpGroup:7,quoteSetId:1,entries:[{entryId:1,instrumentId:2,"
                        + "bidPrice:'99',bidQuantity:'1'}]}");

        assertEquals(
                "BAD_VALUE",
                only(events, "MassQuoteAck")
                        .body()
                        .get("entries")
                        .get(0)
                        .get("bidCode")
                        .asText());
    }

    @Test
    void shouldRefuseGroupsBeyondTheVenuesCapacity() {
        final VenueBed small = VenueBed.blank();
        small.send(OPERATOR, "VenueDefine:{maxMmpGroups:2}");
        small.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        small.operator("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        small.account(100, 1, "0");
        small.session(MAKER, 1, "{accountId:100}");
        final String group =
                "MmpConfig:{clOrdId:9,accountId:100,assetId:1,windowMs:1000,frozenMs:0,quantityLimit:'1',mmpGroup:";

        only(small.send(MAKER, group + "1}"), "CommandAccepted");
        only(small.send(MAKER, group + "2}"), "CommandAccepted");
        assertEquals("CAPACITY -", refusal(small.send(MAKER, group + "3}")));
        only(small.send(MAKER, group + "2}"), "CommandAccepted");
    }
}
