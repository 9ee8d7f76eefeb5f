package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lot is worth 100 dollars at index and mark, 1e8 quanta; payments every 10 s, orders are taken 4 s before. */
class FundingAuctionTest {
    private static final long INTERVAL_NS = 10_000_000_000L;
    private static final String RULES =
            "FundingRules:{instrumentId:1,rule:'AUCTION',intervalMs:10000,windowMs:4000,capRate:'0.000005'}";

    private VenueBed bed = VenueBed.tradingInASmallVenue();
    private long clOrdId = 5_000;

    private void hold(final long buyer, final long lots) {
        bed.sell(TAKER, 200, lots, "100", "");
        bed.buy(MAKER, buyer, lots, "100", "");
    }

    private void adopt() {
        final List<Event> events = bed.operator(RULES);
        assertEquals("CommandAccepted", events.get(0).name(), events.toString());
        bed.pass(100);
    }

    private void enterWindow() {
        pass(INTERVAL_NS - bed.nowNs % INTERVAL_NS - 3_000_000_000L);
    }

    private List<Event> pay() {
        return pass(INTERVAL_NS - bed.nowNs % INTERVAL_NS);
    }

    /** Ends with a clock tick on the grid. */
    private List<Event> pass(final long ns) {
        bed.tick("100");
        final long end = (bed.nowNs + ns) / 100_000_000 * 100_000_000;
        final List<Event> events = new ArrayList<>();
        while (bed.nowNs < end) {
            bed.nowNs += Math.min(100_000_000, end - bed.nowNs) - 2_000_000;
            events.addAll(bed.gateway("GatewayAlive:{gatewayId:1}"));
            events.addAll(bed.sequencer("ClockTick:{tickTimeNs:0}"));
        }
        return events;
    }

    private List<Event> order(final long session, final long account, final long lots, final String rate) {
        return bed.send(
                session,
                "FundingOrder:{accountId:" + account + ",instrumentId:1,clOrdId:" + ++clOrdId + ",limitRate:'" + rate
                        + "',quantity:'" + lots + "'}");
    }

    private void accepted(final long session, final long account, final long lots, final String rate) {
        only(order(session, account, lots, rate), "CommandAccepted");
    }

    private String refused(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("refValue") + " "
                + reject.get("limitValue");
    }

    private long lots(final long account) {
        return bed.venue.inspection().account(account).holdings().get(0).lots();
    }

    private long cash(final long account) {
        return bed.venue.inspection().account(account).balances().get(0).cash();
    }

    @Test
    void shouldPayWhatTheShortsAskWhenNoLongMinds() {
        hold(100, 3);
        adopt();
        enterWindow();
        accepted(TAKER, 200, 3, "0.000002");

        final List<Event> events = pay();

        assertEquals("0.000002", only(events, "FundingTick").get("rate"));
        final Event rate = only(events, "FundingRate");
        assertEquals("0.000002", rate.get("rate"));
        assertEquals("AUCTION", rate.get("rule"));
        assertEquals("REGULAR", rate.get("note"));
        assertEquals("0.000005", rate.get("capRate"));
        assertEquals("-", rate.get("premium"));
        assertEquals("0", rate.get("samplesExpected"));
        assertEquals(0, Long.parseLong(rate.get("endNs")) % INTERVAL_NS);
        assertEquals(Long.toString(2_000L * 100_000_000 * (1 << 20) / 1_000_000_000), rate.get("indexDelta"));
        assertTrue(named(events, "Fill").isEmpty());
        assertTrue(named(events, "FundingSample").isEmpty(), "nothing is sampled");
    }

    @Test
    void shouldCloseNobodyWhereAllOfOneSideAreWilling() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(MAKER, 100, 5, "-0.000001");
        accepted(TAKER, 200, 4, "0.000001");

        final List<Event> events = pay();

        assertEquals("-0.000001", only(events, "FundingRate").get("rate"), "7 longs and 3 shorts carry");
        assertTrue(named(events, "Fill").isEmpty());
    }

    @Test
    void shouldCloseWhatBothSidesWouldNotCarry() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(MAKER, 100, 5, "-0.000003");
        accepted(TAKER, 200, 5, "0.000003");
        final long before = cash(100);

        final List<Event> events = pay();

        assertEquals("0", only(events, "FundingRate").get("rate"), "two of either side carry at 0, no rate has more");
        assertEquals(
                List.of("200 BUY 5 100 0 0 5 -2 FUNDING 0", "100 SELL 5 100 0 0 5 2 FUNDING 0"),
                named(events, "Fill").stream()
                        .map(f -> f.get("accountId") + " " + f.get("side") + " " + f.get("lastQuantity") + " "
                                + f.get("lastPrice") + " " + f.get("fee") + " " + f.get("leavesQuantity") + " "
                                + f.get("cumQuantity") + " " + f.get("positionAfter") + " " + f.get("liquidity") + " "
                                + f.get("liquidation"))
                        .toList());
        assertEquals(Long.toString(clOrdId), named(events, "Fill").get(0).get("clOrdId"));
        assertEquals(before + 500_000_000, cash(100));
        assertTrue(named(events, "Trade").isEmpty());
        final List<String> names = lines(events);
        assertTrue(names.indexOf("FundingTick") < names.indexOf("Fill"));
        assertTrue(names.lastIndexOf("Fill") < names.indexOf("FundingRate"), "who closes does not pay");
        assertEquals("2", only(pass(1_000_000_000), "OpenInterest").get("quantity"));
    }

    @Test
    void shouldCloseTheOldestOrdersFirstAndAReplacedOneLast() {
        hold(100, 4);
        hold(101, 4);
        adopt();
        enterWindow();
        accepted(MAKER, 100, 2, "-0.000002");
        accepted(MAKER, 101, 3, "-0.000002");
        accepted(MAKER, 100, 2, "-0.000003");
        accepted(TAKER, 200, 5, "0.000002");

        final List<Event> events = pay();

        assertEquals("0", only(events, "FundingRate").get("rate"));
        assertEquals(
                List.of("200 3", "101 3", "200 2", "100 2"),
                named(events, "Fill").stream()
                        .map(f -> f.get("accountId") + " " + f.get("lastQuantity"))
                        .toList());
    }

    @Test
    void shouldSettleWhatIsOwedBeforeItCloses() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(TAKER, 200, 7, "0.000001");
        assertEquals("0.000001", only(pay(), "FundingRate").get("rate"));
        enterWindow();
        accepted(MAKER, 100, 7, "-0.000001");
        accepted(TAKER, 200, 7, "0.000001");

        final List<Event> events = pay();

        assertEquals(
                List.of("FundingPayment", "FundingPayment", "Fill", "Fill", "FundingRate"),
                lines(events).stream()
                        .filter(name ->
                                List.of("FundingPayment", "Fill", "FundingRate").contains(name))
                        .toList());
        assertEquals(0, lots(100));
        assertEquals("0", only(events, "FundingRate").get("rate"));
        // A lot pays 1e-6 of 1e8 quanta, less what is cut off.
        assertEquals(1_000_000_000_000L - 700, cash(100), 1);
        assertEquals(0, cash(100) + cash(200) + cash(Ledger.ROUNDING_ID) - 2_000_000_000_000L);
    }

    @Test
    void shouldForgetAllOrdersAtThePaymentAndUnderOtherRules() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(TAKER, 200, 7, "0.000001");
        pay();
        enterWindow();
        assertEquals("0", only(pay(), "FundingRate").get("rate"));

        enterWindow();
        accepted(TAKER, 200, 7, "0.000001");
        bed.operator(RULES.replace("capRate:'0.000005'", "capRate:'0.000004'"));
        assertTrue(
                refused(order(TAKER, 200, 7, "0.000001")).startsWith("MARKET_CLOSED 7 "),
                "the new rules have not begun");
        assertEquals("0", only(pay(), "FundingRate").get("rate"));
    }

    @Test
    void shouldWithdrawAnOrder() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(TAKER, 200, 7, "0.000001");
        accepted(TAKER, 200, 0, "0");

        assertEquals("0", only(pay(), "FundingRate").get("rate"));
    }

    @Test
    void shouldCountNoMoreThanThePositionHasLeft() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(MAKER, 100, 7, "-0.000001");
        accepted(TAKER, 200, 7, "0.000001");
        bed.buy(TAKER, 200, 5, "100", "");
        bed.sell(MAKER, 100, 5, "100", "");

        final List<Event> events = pay();

        assertEquals("2", named(events, "Fill").get(0).get("lastQuantity"));
        assertEquals(0, lots(200));
    }

    @Test
    void shouldFailWithoutAValidIndex() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(MAKER, 100, 7, "-0.000001");
        accepted(TAKER, 200, 7, "0.000002");
        bed.operator("IndexRules:{instrumentId:1,requiredSources:2,sources:[]}");
        final List<Event> events = pay();

        final Event rate = only(events, "FundingRate");
        assertEquals("NO_INDEX", rate.get("note"));
        assertEquals("0", rate.get("rate"));
        assertEquals("0", rate.get("indexDelta"));
        assertTrue(named(events, "Fill").isEmpty());
        assertEquals(7, lots(100));
    }

    @Test
    void shouldSettleMissedPaymentsTogetherWhenNobodyHasAsked() {
        hold(100, 7);
        adopt();
        enterWindow();
        accepted(TAKER, 200, 7, "0.000001");
        bed.nowNs += 3 * INTERVAL_NS;

        final List<Event> rates = named(pass(300_000_000), "FundingRate");

        assertEquals(
                List.of("0.000001 1 MISSED", "0 2 MISSED"),
                rates.stream()
                        .map(r -> r.get("rate") + " " + r.get("intervals") + " " + r.get("note"))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "accountId:9|UNKNOWN_ACCOUNT 2 9 -",
                "accountId:4000000002|UNKNOWN_ACCOUNT 2 4000000002 -",
                "accountId:100|SESSION_SCOPE 2 100 -",
                "instrumentId:9|UNKNOWN_INSTRUMENT 7 9 -",
                "instrumentId:2|NOT_SUPPORTED 7 2 -",
                "quantity:'-1'|BAD_VALUE 6 -1 0",
                "quantity:'8'|REDUCE_ONLY_VIOLATED 6 8 7",
                "limitRate:'0.0000015'|BAD_VALUE 5 1500 1000",
                "limitRate:'0.000006'|BAD_VALUE 5 6000 5000",
                "limitRate:'-0.000006'|BAD_VALUE 5 -6000 -5000",
            })
    void shouldRefuseBadOrders(final String field, final String expected) {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        hold(100, 7);
        adopt();
        enterWindow();

        final String order = "accountId:200,instrumentId:1,clOrdId:1,limitRate:'0',quantity:'1',";
        assertEquals(expected, refused(bed.send(TAKER, "FundingOrder:{" + order + field + "}")));
    }

    @Test
    void shouldTakeOrdersInTheWindowOnly() {
        hold(100, 7);
        adopt();
        final long payment = (bed.nowNs / INTERVAL_NS + 1) * INTERVAL_NS;
        final long opens = payment - 4_000_000_000L;
        bed.nowNs = opens - 2_000_000;
        assertEquals("MARKET_CLOSED 7 " + (opens - 1_000_000) + " " + opens, refused(order(TAKER, 200, 1, "0")));
        accepted(TAKER, 200, 1, "0");
        bed.nowNs = payment - 2_000_000;
        accepted(TAKER, 200, 1, "0");
        assertTrue(refused(order(TAKER, 200, 1, "0")).startsWith("MARKET_CLOSED 7 "), "the payment is due");
    }

    @Test
    void shouldRefuseAWindowLongerThanTheInterval() {
        final Event reject = only(bed.operator(RULES.replace("4000", "10100")), "BusinessReject");
        assertEquals(
                "BAD_VALUE 19 10000",
                reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("limitValue"));
    }

    @Test
    void shouldCloseMoreThanOneCommandCanTellWithTheNextOnes() {
        final int holders = 4_500;
        bed = VenueBed.blank();
        bed.verifies = false;
        bed.operator("VenueDefine:{maxAssets:2,maxInstruments:4,maxAccounts:5000,maxPositions:6000,maxOrders:2048,"
                + "maxSessions:24,maxFirms:4}");
        crowd(holders);
        adopt();
        enterWindow();
        accepted(TAKER, 200, holders, "0.000002");
        for (int i = 0; i < holders; i++) {
            accepted(MAKER, 1_000 + i, 1, "-0.000002");
            // Ten of them a millisecond, or the window closes.
            bed.nowNs -= 900_000;
        }
        final List<Event> first = pay();
        final long closed = named(first, "Fill").size() / 2;
        assertTrue(closed > 1_000 && closed < holders, closed + " closed by the payment");
        assertEquals("0", only(first, "FundingTick").get("rate"));
        assertTrue(named(first, "FundingRate").isEmpty(), "the index waits");

        // One of those who still have to close is gone when its turn comes.
        final List<Event> events = new ArrayList<>(bed.sell(MAKER, 1_000 + holders - 1, 1, "100", ""));
        only(events, "Trade");
        for (int i = 0; i < 5; i++) {
            final List<Event> more = bed.gateway("GatewayAlive:{gatewayId:1}");
            assertTrue(more.size() <= EventBatch.MAX_EVENTS);
            events.addAll(more);
        }

        assertEquals(
                2L * (holders - closed) - 2,
                events.stream()
                        .filter(e ->
                                e.name().equals("Fill") && e.get("liquidity").equals("FUNDING"))
                        .count());
        only(events, "FundingRate");
        assertEquals(-1, lots(200), "what nobody is left to take carries");
        bed.venue.verifyInFull();
    }

    private void crowd(final int holders) {
        bed.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        bed.operator(VenueBed.instrument(1, "BTC-PERP", ""));
        bed.operator("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        bed.operator("FirmDefine:{firmId:2,symbol:'BETA'}");
        bed.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,accounts:[]}");
        bed.connect(VenueBed.PUBLISHER);
        bed.account(100, 1, "1000000");
        bed.account(200, 2, "1000000");
        for (int i = 0; i < holders; i++) {
            bed.account(1_000 + i, 1, "1000");
        }
        bed.operator("SessionDefine:{sessionId:10,firmId:1,role:'MAKER',wholeFirm:1,accounts:[]}");
        bed.connect(MAKER);
        bed.session(TAKER, 2, "{accountId:200}");
        bed.tick("100");
        for (int i = 0; i < holders; i++) {
            hold(1_000 + i, 1);
        }
        bed.buy(MAKER, 100, 1, "100", "");
    }
}
