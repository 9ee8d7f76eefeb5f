package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;

class PendingWorkTest {
    private static final int MANY = 5_000;

    private final VenueBed bed = VenueBed.trading();

    private void restMany(final long account, final String side, final String price) {
        bed.verifies = false;
        for (int i = 0; i < MANY; i++) {
            bed.order(MAKER, account, side, 1, price, "");
        }
    }

    private int pending() {
        return bed.venue.inspection().summary().pendingWork();
    }

    private static long count(final List<Event> events, final String name) {
        return events.stream().filter(event -> event.name().equals(name)).count();
    }

    /** Clock ticks until nothing is left over. */
    private List<Event> drain() {
        final List<Event> events = new ArrayList<>();
        for (int i = 0; pending() > 0; i++) {
            assertTrue(i < 20, "the work comes to an end");
            final List<Event> more = bed.sequencer("ClockTick:{tickTimeNs:0}");
            assertTrue(more.size() <= EventBatch.MAX_EVENTS);
            events.addAll(more);
        }
        bed.venue.verifyInFull();
        return events;
    }

    @Test
    void shouldGoOnWithASweepThatOutgrowsOneCommand() {
        restMany(100, "SELL", "100");

        final List<Event> events = bed.buy(TAKER, 200, MANY + 7, "100", ",timeInForce:'IOC'");
        final long first = count(events, "Trade");
        assertTrue(first > 1_000 && first < 1_100, first + " trades in the first command");
        assertEquals(1, pending());

        events.addAll(drain());

        assertEquals(MANY, count(events, "Trade"));
        assertEquals(1, count(events, "OrderAck"));
        assertEquals("7", only(events, "Cancelled").get("cancelledQuantity"));
        assertEquals(0, bed.venue.inspection().summary().openOrders());
        assertEquals(MANY, bed.venue.inspection().account(200).holdings().get(0).lots());
    }

    @Test
    void shouldQueueOrdersBehindAnUnfinishedSweepAndMatchThemInTurn() {
        restMany(100, "SELL", "100");
        bed.buy(TAKER, 200, MANY - 1, "100", "");

        // Each of these commands carries the sweep on first; the last two offers' worth is what the queue fights for.
        final List<Event> first = bed.buy(MAKER, 101, 1, "100", "");
        final List<Event> second = bed.buy(TAKER, 200, 1, "100", "");
        assertEquals("QUEUED", only(first, "OrderAck").get("state"));
        assertEquals("QUEUED", only(second, "OrderAck").get("state"));
        assertEquals(
                "ALREADY_PENDING",
                only(bed.buy(MAKER, 101, 1, "99", ",flags:['postOnly']"), "Reject")
                        .get("code"));

        final List<Event> events = drain();

        final Event winner = events.stream()
                .filter(event ->
                        event.name().equals("Fill") && event.get("accountId").equals("101"))
                .findFirst()
                .orElseThrow();
        assertEquals(only(first, "OrderAck").get("orderId"), winner.get("orderId"));
        assertEquals(
                only(second, "OrderAck").get("priority"),
                only(events, "OrderAdd").get("orderId"),
                "the loser rests");
    }

    @Test
    void shouldForgetAQueuedOrderThatIsCancelled() {
        restMany(100, "SELL", "100");
        bed.buy(TAKER, 200, MANY, "100", "");
        bed.buy(MAKER, 101, 1, "100", "");

        final List<Event> events = bed.send(
                MAKER, "Cancel:{accountId:101,instrumentId:1,clOrdId:9,origClOrdId:" + bed.lastClOrdId() + "}");
        events.addAll(drain());

        assertEquals("USER", only(events, "Cancelled").get("reason"));
        assertEquals(0, bed.venue.inspection().account(101).holdings().get(0).lots());
    }

    @Test
    void shouldRefuseToReplaceAnOrderThatWaits() {
        restMany(100, "SELL", "100");
        bed.buy(TAKER, 200, MANY, "100", "");
        bed.buy(MAKER, 101, 1, "100", "");

        final List<Event> events = bed.send(
                MAKER,
                "Replace:{accountId:101,instrumentId:1,clOrdId:99999,origClOrdId:" + bed.lastClOrdId()
                        + ",price:'99',quantity:'1'}");

        assertEquals("ALREADY_PENDING", only(events, "ReplaceReject").get("code"));
    }

    @Test
    void shouldGoOnWithAMassCancelAndBlockTheAccountMeanwhile() {
        restMany(100, "BUY", "99");

        final List<Event> events = bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:9,scope:'ACCOUNT'}");
        assertEquals(Integer.toString(MANY), only(events, "MassCancelAck").get("count"));
        assertTrue(events.size() > 4_000 && events.size() <= EventBatch.MAX_EVENTS, events.size() + " events");
        final List<Event> blocked = bed.buy(MAKER, 100, 1, "98", "");
        assertEquals(1, pending(), "the second command takes the most of the rest, but not all");
        assertEquals("ALREADY_PENDING", only(blocked, "Reject").get("code"));
        events.addAll(blocked);
        events.addAll(bed.buy(MAKER, 101, 1, "98", ""));

        events.addAll(drain());

        assertEquals(MANY, count(events, "Cancelled"));
        assertEquals(1, bed.venue.inspection().summary().openOrders());
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "98", "").get(0).name());
    }

    @Test
    void shouldGoOnWithACancelOnDisconnectAndBlockTheSessionMeanwhile() {
        restMany(100, "BUY", "99");

        final List<Event> events =
                bed.gateway("SessionClosed:{sessionId:10,gatewayId:1,sessionVerId:1,code:'DISCONNECTED'}");
        events.addAll(bed.gateway("SessionOpen:{sessionId:10,gatewayId:1,sessionVerId:1}"));
        final List<Event> blocked = bed.buy(MAKER, 101, 1, "98", "");
        events.addAll(blocked);
        assertEquals("SessionOpened", only(events, "SessionOpened").name());

        events.addAll(drain());

        assertEquals(MANY, count(events, "Cancelled"));
        assertEquals("OrderAck", bed.buy(MAKER, 101, 1, "98", "").get(0).name());
    }

    @Test
    void shouldGoOnWithALiquidationThatOutgrowsOneCommand() {
        bed.operator("LiquidationRules:{instrumentId:1,wholeNotional:'1000000'}");
        bed.account(300, 2, "200000");
        bed.session(30, 2, "{accountId:300}");
        bed.buy(30, 300, MANY, "100", "");
        bed.sell(TAKER, 200, MANY, "100", "");
        bed.operator("Withdraw:{accountId:300,assetId:1,amount:'150000'}");
        bed.tick("94");
        // At exactly the zero price, so that no part of it cures the account.
        restMany(100, "BUY", "90");

        final List<Event> events =
                bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
        assertEquals(1, pending());
        final List<Event> blocked = bed.sell(30, 300, 1, "100", "");
        assertEquals("ACCOUNT_IN_LIQUIDATION", only(blocked, "Reject").get("code"));
        events.addAll(blocked);
        final List<Event> again =
                bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
        assertEquals("IN_LIQUIDATION", only(again, "ProposalDeclined").get("reason"));
        events.addAll(again);
        final List<Event> withdrawal = bed.operator("Withdraw:{accountId:300,assetId:1,amount:'1'}");
        assertEquals(
                "ACCOUNT_IN_LIQUIDATION", only(withdrawal, "BusinessReject").get("code"));
        events.addAll(withdrawal);

        events.addAll(drain());

        assertEquals(1, count(events, "LiquidationStarted"));
        assertEquals("CLOSED_IN_MARKET", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(MANY, count(events, "Trade"));
        final long closed = events.stream()
                .filter(event -> event.name().equals("LiquidationTranche"))
                .mapToLong(event -> Long.parseLong(event.get("filledQuantity")))
                .sum();
        assertEquals(MANY, closed, "one tranche for each command it took");
    }

    @Test
    void shouldEndALiquidationThatAPriceCuresWhileItsOrdersAreCancelled() {
        bed.account(300, 1, "45000");
        bed.operator("SessionDefine:{sessionId:10,firmId:1,role:'MAKER',accounts:[{accountId:100},{accountId:300}]}");
        bed.buy(MAKER, 300, 1_000, "100", "");
        bed.sell(TAKER, 200, 1_000, "100", "");
        restMany(300, "SELL", "150");
        bed.tick("57");

        final List<Event> events =
                bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
        assertEquals(1, pending());
        // The cancels go on before the price counts; it takes two more commands for all of them.
        events.addAll(bed.tick("100"));
        events.addAll(drain());

        assertEquals("CURED", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(MANY, count(events, "Cancelled"));
        assertEquals(0, count(events, "LiquidationTranche"));
    }

    @Test
    void shouldTellEveryBestPriceOnceAtTheEndOfACommand() {
        restMany(100, "SELL", "100");

        final List<Event> events = bed.buy(TAKER, 200, MANY, "100", "");

        assertEquals(1, count(events, "Bbo"));
        assertEquals("Bbo", lines(events).get(events.size() - 1));
    }
}
