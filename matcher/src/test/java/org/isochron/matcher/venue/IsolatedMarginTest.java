package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.junit.jupiter.api.Test;

/** Initial margin 10 %, maintenance 5 %, no fees unless said; a lot at 100 is worth 100 USD. */
class IsolatedMarginTest {
    private static final long USD = 1_000_000;
    /** What a bucket is given for a lot of an order beside its requirement. */
    private static final long ROUNDING = 2;

    private final VenueBed bed = VenueBed.trading();

    private List<Event> isolate(final long account) {
        return bed.send(account == 200 ? TAKER : MAKER, setLeverage(account, "mode:'ISOLATED'"));
    }

    private static String setLeverage(final long account, final String fields) {
        return "SetLeverage:{accountId:" + account + ",instrumentId:1,clOrdId:1," + fields + "}";
    }

    private int position(final long account) {
        final Ledger ledger = bed.venue.ledger();
        return ledger.positions().find(ledger.findAccount(account), 0);
    }

    private long cross(final long account) {
        final Ledger ledger = bed.venue.ledger();
        return ledger.cash(ledger.crossBucket(ledger.findAccount(account), 0));
    }

    private long isolated(final long account) {
        final Ledger ledger = bed.venue.ledger();
        return ledger.cash(ledger.isolatedBucket(position(account)));
    }

    private long insurance() {
        return bed.venue.ledger().cash(bed.venue.ledger().crossBucket(Ledger.INSURANCE, 0));
    }

    private static List<String> moves(final List<Event> events) {
        return lines(
                events.stream()
                        .filter(event -> event.name().equals("IsolatedMoved"))
                        .toList(),
                "amount",
                "isolatedBalanceAfter",
                "crossBalanceAfter");
    }

    /** Account 100 long 10 lots at 100, isolated, against account 200. */
    private void openTen() {
        isolate(100);
        bed.sell(TAKER, 200, 10, "100", "");
        bed.buy(MAKER, 100, 10, "100", "");
    }

    private List<Event> liquidate(final long account) {
        return bed.send(
                RISK,
                "LiquidationProposal:{observedSequence:1,buckets:[{accountId:" + account
                        + ",assetId:1,instrumentId:1}]}");
    }

    @Test
    void shouldBringTheMarginOfAnOrderFromCrossMarginWhenItIsAccepted() {
        isolate(100);
        final List<Event> events = bed.buy(MAKER, 100, 10, "99", "");
        assertEquals(List.of("IsolatedMoved 100.00002 100.00002 999899.99998"), moves(events));
        assertEquals(100 * USD + 10 * ROUNDING, isolated(100));
        assertEquals(1_000_000 * USD - isolated(100), cross(100));
    }

    @Test
    void shouldGiveBackWhatACancelledOrderBrought() {
        isolate(100);
        bed.buy(MAKER, 100, 10, "99", "");
        bed.buy(MAKER, 100, 5, "98", "");
        final List<Event> one = bed.send(
                MAKER, "Cancel:{accountId:100,instrumentId:1,clOrdId:900,origClOrdId:" + bed.lastClOrdId() + "}");
        assertEquals(List.of("IsolatedMoved -50.00001 100.00002 999899.99998"), moves(one));
        bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:901,scope:'ACCOUNT'}");
        assertEquals(0, isolated(100));
        assertEquals(1_000_000 * USD, cross(100));
    }

    @Test
    void shouldNeverGiveBackWhatThePositionNeeds() {
        openTen();
        bed.buy(MAKER, 100, 10, "90", "");
        bed.tick("99");
        final long before = isolated(100);
        bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:901,scope:'ACCOUNT'}");
        final long equity = isolated(100) + 10 * 99 * USD;
        assertEquals(99 * USD, equity);
        assertTrue(isolated(100) < before);
    }

    @Test
    void shouldRefuseAnOrderThatCrossMarginCannotPayFor() {
        bed.account(102, 1, "100");
        bed.session(30, 1, "{accountId:102}");
        bed.send(30, setLeverage(102, "mode:'ISOLATED'"));
        assertEquals(
                "INSUFFICIENT_MARGIN",
                only(bed.buy(30, 102, 10, "100", ""), "Reject").get("code"));
        assertEquals(List.of("OrderAck", "OrderAdd", "IsolatedMoved", "Bbo"), lines(bed.buy(30, 102, 9, "100", "")));
        assertEquals(90 * USD + 9 * ROUNDING, isolated(102));
    }

    @Test
    void shouldMoveTheIsolatedBucketsOwnCashWithTradesAndFees() {
        bed.operator(VenueBed.instrument(2, "FEES", ",takerFeePpm:500,makerFeePpm:100"));
        bed.tick(2, 0, "100");
        bed.send(MAKER, "SetLeverage:{accountId:100,instrumentId:2,clOrdId:1,mode:'ISOLATED'}");
        bed.sell(TAKER, 200, 10, "100", ",instrumentId:2");
        bed.buy(MAKER, 100, 10, "100", ",instrumentId:2");
        final Ledger ledger = bed.venue.ledger();
        final int position = ledger.positions().find(ledger.findAccount(100), 1);
        // Requirement 100 and fee 0.5 came in; 1,000 and the fee went out.
        assertEquals(100 * USD + 10 * ROUNDING - 1_000 * USD, ledger.cash(ledger.bucketOf(position)));
    }

    @Test
    void shouldReturnTheRestToCrossMarginWhenThePositionIsClosed() {
        openTen();
        bed.tick("110");
        bed.buy(TAKER, 200, 10, "110", "");
        final List<Event> closing = bed.sell(MAKER, 100, 10, "110", ",flags:['reduceOnly']");
        assertEquals(0, isolated(100));
        assertEquals((1_000_000 + 100) * USD, cross(100));
        assertEquals("-200.00002", only(closing, "IsolatedMoved").get("amount"));
    }

    @Test
    void shouldStopLossesAtTheBucketAndLetInsurancePayTheRest() {
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'1000'}");
        openTen();
        bed.tick("85");
        final long before = cross(100);
        final List<Event> events = liquidate(100);
        assertEquals("1", only(events, "LiquidationStarted").get("instrumentId").replace("BTC-PERP", "1"));
        assertEquals("TAKEN_OVER", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(0, bed.venue.ledger().positions().lots(position(100)));
        assertEquals(0, isolated(100));
        assertEquals(before, cross(100));
        // The fund holds 10 lots worth 850 and owes what was paid for them beyond that: 900 less the rounding
        // allowance.
        assertEquals(1_000 * USD - (900 * USD - 10 * ROUNDING), insurance());
    }

    @Test
    void shouldNeitherCountCrossCashForAnIsolatedBucketNorTheOtherWayRound() {
        openTen();
        bed.tick("94");
        // 100 less 60 is below the maintenance margin of 47, however much is in cross margin.
        assertEquals(
                "0",
                only(liquidate(100), "LiquidationStarted").get("closingFee").replace("0.00", "0"));
        final VenueBed other = VenueBed.trading();
        assertEquals(
                "UNKNOWN_BUCKET",
                only(
                                other.send(
                                        RISK,
                                        "LiquidationProposal:{observedSequence:1,buckets:[{accountId:100,assetId:1,"
                                                + "instrumentId:1}]}"),
                                "ProposalDeclined")
                        .get("reason"));
    }

    @Test
    void shouldLeaveTheIsolatedBucketOutOfCrossEquity() {
        openTen();
        bed.tick("1000");
        final Ledger ledger = bed.venue.ledger();
        bed.venue.margin().judge(ledger.crossBucket(ledger.findAccount(100), 0));
        assertEquals(cross(100), bed.venue.margin().equity());
        assertEquals(0, bed.venue.margin().requirement());
    }

    @Test
    void shouldKeepAFlipWithinWhatTheBucketHas() {
        openTen();
        bed.buy(TAKER, 200, 30, "100", "");
        final long before = cross(100);
        // Acceptance brings the margin of being 20 short: 100 more than that of being 10 long.
        bed.sell(MAKER, 100, 30, "100", "");
        assertEquals(-20, bed.venue.ledger().positions().lots(position(100)));
        assertEquals(before - 100 * USD - 30 * ROUNDING, cross(100));
    }

    @Test
    void shouldCancelARestingFlipThatTheBucketCannotCarry() {
        openTen();
        bed.sell(MAKER, 100, 30, "100", "");
        bed.tick("110");
        final long before = cross(100);
        bed.buy(TAKER, 200, 30, "100", "");
        // The resting order would take the account 20 short with nothing left: it goes, and nothing is drawn for it.
        assertEquals(10, bed.venue.ledger().positions().lots(position(100)));
        assertTrue(cross(100) >= before);
    }

    @Test
    void shouldChangeModeOnlyWhileIdle() {
        bed.buy(MAKER, 100, 1, "99", "");
        final Event refused = only(isolate(100), "BusinessReject");
        assertEquals("NOT_FLAT", refused.get("code"));
        bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:901,scope:'ACCOUNT'}");
        assertEquals(List.of("CommandAccepted"), lines(isolate(100)));
        openTen();
        assertEquals(
                "NOT_FLAT",
                only(bed.send(MAKER, setLeverage(100, "mode:'CROSS'")), "BusinessReject")
                        .get("code"));
    }

    @Test
    void shouldHoldTheMarginOfTheLeverageChosen() {
        assertEquals(List.of("CommandAccepted"), lines(bed.send(OPERATOR, setLeverage(100, "leverage:2"))));
        isolateWith(5);
        bed.buy(MAKER, 100, 10, "100", "");
        assertEquals(200 * USD + 10 * ROUNDING, isolated(100));
    }

    private void isolateWith(final int leverage) {
        bed.send(MAKER, setLeverage(100, "mode:'ISOLATED',leverage:" + leverage));
    }

    @Test
    void shouldRefuseALeverageAboveTheInstruments() {
        final Event above = only(bed.send(MAKER, setLeverage(100, "leverage:11")), "BusinessReject");
        assertEquals("BAD_VALUE", above.get("code"));
        assertEquals("10", above.get("limitValue"));
        final Event zero = only(bed.send(MAKER, setLeverage(100, "leverage:0")), "BusinessReject");
        assertEquals("BAD_VALUE", zero.get("code"));
        assertEquals(List.of("CommandAccepted"), lines(bed.send(MAKER, setLeverage(100, "leverage:10"))));
    }

    @Test
    void shouldRefuseALeverageWhoseMarginIsNotThere() {
        openTen();
        final Event refused = only(bed.send(MAKER, setLeverage(100, "leverage:5")), "BusinessReject");
        assertEquals("INSUFFICIENT_MARGIN", refused.get("code"));
        assertEquals(100 * USD, bed.venue.ledger().cash(bed.venue.ledger().bucketOf(position(100))) + 1_000 * USD - 20);
        bed.send(MAKER, setLeverage(100, "leverage:10"));
        assertEquals(10, bed.venue.ledger().positions().leverage(position(100)));
    }

    @Test
    void shouldRefuseStrangersAndStrangeThings() {
        assertEquals(
                "SESSION_SCOPE",
                only(bed.send(TAKER, setLeverage(100, "leverage:5")), "BusinessReject")
                        .get("code"));
        assertEquals(
                "UNKNOWN_ACCOUNT",
                only(bed.send(MAKER, setLeverage(999, "leverage:5")), "BusinessReject")
                        .get("code"));
        assertEquals(
                "UNKNOWN_INSTRUMENT",
                only(
                                bed.send(MAKER, "SetLeverage:{accountId:100,instrumentId:9,clOrdId:1,leverage:5}"),
                                "BusinessReject")
                        .get("code"));
        assertEquals(-1, position(100));
    }

    @Test
    void shouldFillAnIsolatedFillOrKillOrderLotByLot() {
        bed.operator(VenueBed.instrument(2, "FEES", ",takerFeePpm:333,makerFeePpm:100"));
        bed.tick(2, 0, "100.01");
        bed.send(MAKER, "SetLeverage:{accountId:100,instrumentId:2,clOrdId:1,mode:'ISOLATED'}");
        for (int i = 0; i < 7; i++) {
            bed.sell(TAKER, 200, 1, "100.01", ",instrumentId:2");
        }
        final List<Event> events = bed.buy(MAKER, 100, 7, "100.01", ",instrumentId:2,timeInForce:'FOK'");
        assertEquals(
                7, events.stream().filter(event -> event.name().equals("Trade")).count());
        assertFalse(lines(events).contains("Cancelled"));
    }

    @Test
    void shouldBringMarginForQuotesStopsReplacesAndDelayedOrdersAlike() {
        isolate(100);
        bed.send(
                MAKER,
                "MassQuote:{accountId:100,clOrdId:9,quoteSetId:1,entries:[{entryId:1,instrumentId:1,bidPrice:'99',"
                        + "bidQuantity:10,askPrice:'101',askQuantity:10}]}");
        // The larger side needs 100; both sides are given their rounding.
        assertEquals(100 * USD + 20 * ROUNDING, isolated(100));
        bed.send(
                MAKER,
                "MassQuote:{accountId:100,clOrdId:10,quoteSetId:1,entries:[{entryId:1,instrumentId:1,bidPrice:'98',"
                        + "bidQuantity:5,askPrice:'101',askQuantity:5}]}");
        assertEquals(50 * USD + 10 * ROUNDING, isolated(100));
        bed.send(MAKER, "QuoteCancel:{accountId:100,clOrdId:11}");
        assertEquals(0, isolated(100));

        bed.buy(MAKER, 100, 10, "99", "");
        bed.send(
                MAKER,
                "Replace:{accountId:100,instrumentId:1,clOrdId:950,origClOrdId:" + bed.lastClOrdId()
                        + ",price:'98',quantity:20}");
        assertEquals(200 * USD + 20 * ROUNDING, isolated(100));
        bed.send(MAKER, "Replace:{accountId:100,instrumentId:1,clOrdId:951,origClOrdId:950,price:'98',quantity:5}");
        assertEquals(50 * USD + 5 * ROUNDING, isolated(100));
        bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:901,scope:'ACCOUNT'}");
        assertEquals(0, isolated(100));

        bed.buy(MAKER, 100, 10, "102", ",ordType:'STOP',triggerPrice:'101',triggerRef:'MARK'");
        assertEquals(0, isolated(100));
        bed.tick("101");
        // 10 lots at a mark of 101, bought at 102 at worst.
        assertEquals(101 * USD + 10 * USD + 10 * ROUNDING, isolated(100));
    }

    @Test
    void shouldGiveBackOnlyOnceWhatAReduceOnlySiblingNeverHeld() {
        openTen();
        final long before = isolated(100);
        bed.sell(MAKER, 100, 10, "120", ",flags:['reduceOnly']");
        assertEquals(before, isolated(100));
        bed.send(MAKER, "MassCancel:{accountId:100,clOrdId:901,scope:'ACCOUNT'}");
        assertEquals(before, isolated(100));
    }

    @Test
    void shouldTradeInAnAuctionOnTheBucketsOwnCash() {
        isolate(100);
        bed.operator("InstrumentState:{instrumentId:1,state:'AUCTION'}");
        bed.buy(MAKER, 100, 10, "100", "");
        bed.sell(TAKER, 200, 10, "100", "");
        bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");
        assertEquals(10, bed.venue.ledger().positions().lots(position(100)));
        assertEquals(100 * USD + 10 * ROUNDING - 1_000 * USD, isolated(100));
    }

    /** The bed holds what is kept against walks over the orders after every command. */
    @Test
    void shouldCountAStopThatIsRefusedWhenItFiresNeitherTwiceNorOnce() {
        bed.operator("InstrumentUpdate:{instrumentId:1,bandPpm:100000}");
        isolate(100);
        bed.buy(MAKER, 100, 1, "105", "");
        bed.buy(MAKER, 100, 1, "120", ",ordType:'STOP',triggerPrice:'102',triggerRef:'MARK'");

        assertEquals("BAND", only(bed.tick("102"), "Cancelled").get("reason"));
        bed.venue.margin().judge(bed.venue.ledger().isolatedBucket(position(100)));
        // The margin of a lot at 102, and the loss of the order at 105.
        assertEquals(10_200_000 + 3 * USD, bed.venue.margin().requirement());
    }
}
