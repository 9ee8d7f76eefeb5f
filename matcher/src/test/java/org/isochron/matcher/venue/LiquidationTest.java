package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Account 300 has 1,020 dollars and a position of 100 lots at 100; margin 10 % and 5 %, liquidation fee 1 %, maker rebate
 * 0.1 %, taker fee 0.2 %. INSURANCE has 20,000. Amounts in quanta of a millionth dollar.
 */
class LiquidationTest {
    private static final long USD = 1_000_000;
    private static final long VICTIM = 30;
    private static final long FUND = 20_000 * USD;

    private final VenueBed bed = VenueBed.trading();
    private final String[] shown = {
        "accountId",
        "side",
        "lastQuantity",
        "quantity",
        "filledQuantity",
        "limitPrice",
        "lastPrice",
        "price",
        "cash",
        "amount",
        "balanceAfter",
        "fee",
        "reason",
        "outcome",
        "equity"
    };

    @BeforeEach
    void define() {
        for (long id = 2; id <= 3; id++) {
            bed.operator(VenueBed.instrument(id, "LIQ-" + id, "")
                    .replace(
                            "makerFeePpm:0,takerFeePpm:0,liquidationFeePpm:0",
                            "makerFeePpm:-1000,takerFeePpm:2000,liquidationFeePpm:10000"));
            bed.tick(id, 0, "100");
        }
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'20000'}");
        bed.account(300, 2, "1020");
        bed.session(VICTIM, 2, "{accountId:300}");
    }

    /** The victim trades as maker of instrument 1, without fees, or as maker elsewhere, earning the rebate. */
    private void hold(final long instrument, final String side, final long lots) {
        final String where = ",instrumentId:" + instrument;
        final String other = side.equals("BUY") ? "SELL" : "BUY";
        assertEquals(
                "OrderAck",
                bed.order(VICTIM, 300, side, lots, "100", where).get(0).name());
        only(bed.order(TAKER, 200, other, lots, "100", where), "Trade");
    }

    private List<Event> propose(final String buckets) {
        return bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[" + buckets + "]}");
    }

    private List<Event> propose() {
        return propose("{accountId:300,assetId:1}");
    }

    private long cash(final long account) {
        return bed.venue.inspection().account(account).balances().get(0).cash();
    }

    /** What INSURANCE has gained since the beginning. */
    private long insurance() {
        return bed.venue.inspection().summary().funds().get(0).insurance() - FUND;
    }

    private Inspection.Balance victim() {
        return bed.venue.inspection().account(300).balances().get(0);
    }

    private static String reason(final List<Event> events) {
        return only(events, "ProposalDeclined").get("reason");
    }

    @Test
    void shouldDeclineWhatNeedsNoLiquidation() {
        assertEquals("NOTHING_TO_CLOSE", reason(propose()));
        hold(1, "BUY", 100);
        assertEquals("HEALTHY", reason(propose()));
        assertEquals("UNKNOWN_BUCKET", reason(propose("{accountId:301,assetId:1}")));
        assertEquals("UNKNOWN_BUCKET", reason(propose("{accountId:300,assetId:2}")));
        assertEquals("UNKNOWN_BUCKET", reason(propose("{accountId:300,assetId:1,instrumentId:1}")));
        assertEquals("UNKNOWN_BUCKET", reason(propose("{accountId:4000000002,assetId:1}")), "the fund itself");
    }

    @Test
    void shouldLeaveABucketAtExactlyItsMaintenanceMarginAlone() {
        hold(1, "BUY", 100);
        // Equity is 20 + 1,000 - 100 * (100 - p), the margin 5 * p: both are 471.58 between 94.52 and 94.53.
        bed.tick("94.53");
        assertEquals("HEALTHY", reason(propose()));

        bed.tick("94.52");

        assertEquals("300", only(propose(), "LiquidationStarted").get("accountId"));
    }

    @Test
    void shouldDeclineOnAMarkThatIsNotValid() {
        hold(1, "BUY", 100);
        bed.tick("90");
        bed.pass(31_000);

        assertEquals("MARK_INVALID", reason(propose()));
    }

    @Test
    void shouldRefuseAProposalThatMakesNoSense() {
        assertEquals("BAD_VALUE", only(propose(""), "BusinessReject").get("code"));
        assertEquals(
                "BAD_VALUE",
                only(
                                bed.send(
                                        RISK,
                                        "LiquidationProposal:{observedSequence:'999999',buckets:[{accountId:300,assetId:1}]}"),
                                "BusinessReject")
                        .get("code"));
    }

    @Test
    void shouldCancelTheOrdersOfTheAssetFirst() {
        hold(1, "BUY", 100);
        bed.order(VICTIM, 300, "SELL", 10, "150", "");
        bed.order(MAKER, 100, "SELL", 10, "151", "");
        bed.tick("94");

        assertEquals(
                List.of("LiquidationStarted 300", "Cancelled 300 LIQUIDATION", "OrderDelete"),
                lines(propose(), "accountId", "reason").subList(0, 3));
        assertEquals(10, bed.venue.inspection().instrument(1).askLots());
    }

    @Test
    void shouldSellWhatTheBookTakesAndStopWhenThatIsEnough() {
        hold(2, "BUY", 100);
        final long start = cash(300);
        assertEquals(-8_970 * USD, start, "1,020 deposited, 10,000 paid, 10 of rebate");
        bed.order(MAKER, 100, "BUY", 40, "93", ",instrumentId:2");
        bed.tick(2, 0, "94.5");

        final List<Event> events = propose();

        // Equity 480, so 9,450 - 480 = 8,970 must come in: 89.70 a lot. The book pays 3,720 for 40 where 3,588 is due:
        // surplus 132, fee 1 % of 3,720, the maker's rebate of 3.72 out of it. 382.80 are left for 60 lots that need
        // 283.50.
        assertEquals(
                List.of(
                        "LiquidationStarted 300 480",
                        "Fill 300 SELL 40 93 0",
                        "Fill 100 BUY 40 93 -3.72",
                        "Trade 40 93",
                        "OrderDelete",
                        "LiquidationTranche 300 SELL 100 40 89.7 37.2",
                        "BalanceChanged 300 -37.2 -5287.2 LIQUIDATION_FEE",
                        "LiquidationPrint SELL 40 3720",
                        "InsuranceFund LIQUIDATION_FEE",
                        "LiquidationEnded 300 CLOSED_IN_MARKET 382.8",
                        "Bbo"),
                lines(events, shown));
        assertEquals(33_480_000, insurance());
        assertEquals(60, bed.venue.inspection().account(300).holdings().get(0).lots());
        assertEquals("1", events.get(1).get("liquidation"));
        assertEquals("-", events.get(1).get("orderId"));
        assertEquals(VICTIM, events.get(1).stamp("sessionId"));
    }

    @Test
    void shouldHandOverAtOnceWhatHasLessThanTwoThirdsOfItsMarginLeft() {
        hold(2, "BUY", 100);
        bed.order(MAKER, 100, "BUY", 40, "93", ",instrumentId:2");
        bed.tick(2, 0, "92");

        final List<Event> events = propose();

        // Equity 230 of 460: all 100 lots go for 9,200 - 230, whatever the book would pay.
        assertEquals(
                List.of(
                        "LiquidationStarted 300 230",
                        "Takeover 300 100 8970",
                        "BalanceChanged 300 8970 0 TAKEOVER",
                        "InsuranceFund TAKEOVER",
                        "LiquidationPrint SELL 100 8970",
                        "LiquidationEnded 300 TAKEN_OVER 0"),
                lines(events, shown));
        assertEquals(0, victim().equity());
        assertEquals(-8_970 * USD, insurance());
        assertEquals(
                100,
                bed.venue.inspection().account(4_000_000_002L).holdings().get(1).lots());
    }

    @Test
    void shouldNotSellBelowTheZeroPrice() {
        hold(2, "BUY", 100);
        bed.order(MAKER, 100, "BUY", 40, "89.69", ",instrumentId:2");
        bed.tick(2, 0, "94.5");

        assertTrue(propose().stream().noneMatch(event -> event.name().equals("Trade")));
        assertEquals(40, bed.venue.inspection().instrument(2).bidLots());
    }

    @Test
    void shouldTakeNoFeeAndPayNoRebateAtExactlyTheZeroPrice() {
        hold(2, "BUY", 100);
        bed.order(MAKER, 100, "BUY", 100, "89.7", ",instrumentId:2");
        bed.tick(2, 0, "94.5");

        final List<Event> events = propose();

        assertEquals("CLOSED_IN_MARKET", only(events, "LiquidationEnded").get("outcome"));
        assertEquals("0", only(events, "LiquidationEnded").get("equity"));
        assertTrue(events.stream().noneMatch(event -> event.name().equals("BalanceChanged")));
        assertTrue(events.stream()
                .filter(event -> event.name().equals("Fill"))
                .allMatch(fill -> fill.get("fee").equals("0")));
        assertEquals(0, insurance());
    }

    @Test
    void shouldLeaveHalfTheSurplusToAnAccountThatClosesWell() {
        hold(2, "BUY", 100);
        bed.order(MAKER, 100, "BUY", 100, "89.8", ",instrumentId:2");
        bed.tick(2, 0, "94.5");

        final List<Event> events = propose();

        // 8,980 come in where 8,970 are due: the fee is 5, not 89.8, and no rebate of 8.98 fits into it.
        assertEquals("-5", only(events, "BalanceChanged").get("amount"));
        assertEquals(5 * USD, insurance());
        assertEquals(5 * USD, victim().equity());
    }

    @Test
    void shouldBuyAShortBackAtItsZeroPrice() {
        hold(2, "SELL", 100);
        bed.tick(2, 0, "105.5");
        bed.order(MAKER, 100, "SELL", 100, "106", ",instrumentId:2");

        final List<Event> events = propose();

        // Equity 1,030 - 550 = 480: at most 11,030 may be paid, 110.30 a lot; 10,600 are, surplus 430, fee 106.
        assertEquals("110.3", only(events, "LiquidationTranche").get("limitPrice"));
        assertEquals("BUY", only(events, "LiquidationTranche").get("side"));
        assertEquals("-106", only(events, "BalanceChanged").get("amount"));
        assertEquals(480 * USD - 50 * USD - 106 * USD, victim().equity());
        assertEquals(106_000_000 - 10_600_000, insurance(), "the maker's rebate comes out of the fee");
    }

    @Test
    void shouldTakeOverShortsAsWell() {
        hold(1, "SELL", 100);
        bed.tick("107");

        final Event takeover = only(propose(), "Takeover");

        assertEquals("-100 -11020", takeover.get("quantity") + " " + takeover.get("cash"));
        assertEquals(0, victim().equity());
        assertEquals(11_020 * USD, insurance());
    }

    @Test
    void shouldLetInsuranceBearADeficit() {
        hold(1, "BUY", 100);
        bed.tick("80");

        final List<Event> events = propose();

        // Equity -980: the fund pays 8,980 for what is worth 8,000.
        assertEquals("8980", only(events, "Takeover").get("cash"));
        assertEquals(0, victim().equity());
        assertEquals(0, cash(300));
        assertEquals(-8_980 * USD, insurance());
    }

    @Test
    void shouldCloseTheLargerPositionFirstAndStopWhenHealthy() {
        bed.operator("Deposit:{accountId:300,assetId:1,amount:'180'}");
        hold(1, "BUY", 80);
        hold(3, "BUY", 30);
        bed.tick("91.5");
        bed.order(MAKER, 100, "BUY", 1000, "91.4", "");

        final List<Event> events = propose();

        // 1,203 - 680 = 523 against 366 + 150 + 6 of closing fee is healthy; one tick lower it is not.
        assertEquals("HEALTHY", reason(events));
        bed.tick("91.4");
        bed.tick(3, 0, "99.9");
        final List<Event> closed = propose();
        assertEquals("BTC-PERP", only(closed, "LiquidationTranche").get("instrumentId"));
        assertEquals("80", only(closed, "LiquidationTranche").get("filledQuantity"));
        assertEquals("CLOSED_IN_MARKET", only(closed, "LiquidationEnded").get("outcome"));
        assertEquals(30, bed.venue.inspection().account(300).holdings().get(1).lots());
    }

    @Test
    void shouldEndAtExactlyZeroWhenBothPositionsAreTakenOver() {
        hold(1, "BUY", 50);
        hold(3, "SELL", 50);
        bed.tick("93.33");
        bed.tick(3, 0, "111.11");

        final List<Event> events = propose();

        assertEquals(
                List.of("Takeover LIQ-3 -50", "Takeover BTC-PERP 50"),
                lines(events, "instrumentId", "quantity").stream()
                        .filter(line -> line.startsWith("Takeover"))
                        .toList());
        assertEquals(0, cash(300));
        assertEquals(0, victim().maintenanceMargin());
        assertEquals("0", only(events, "LiquidationEnded").get("equity"));
    }

    @Test
    void shouldNotLetAnAccountTradeItselfIntoADeficit() {
        hold(1, "BUY", 100);
        bed.tick("85");
        bed.order(MAKER, 100, "BUY", 100, "85", "");
        // Selling at 85 would leave the victim nothing but a debt of 480: the fill rule does not let it.
        final List<Event> sale = bed.order(VICTIM, 300, "SELL", 100, "85", "");
        assertEquals("MARGIN", only(sale, "Cancelled").get("reason"));

        final List<Event> events = propose();

        assertEquals("TAKEN_OVER", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(0, cash(300));
    }

    /** A victim below its maintenance margin of 470, above two thirds of it, in an instrument in that state. */
    private List<Event> proposeIn(final String state) {
        hold(1, "BUY", 100);
        bed.order(MAKER, 100, "BUY", 100, "94", "");
        bed.tick("94");
        set(state);
        return propose();
    }

    private List<Event> set(final String state) {
        return bed.operator("InstrumentState:{instrumentId:1,state:'" + state + "'}");
    }

    @Test
    void shouldWaitWithTheTrancheUntilAHaltIsOver() {
        assertEquals(List.of("LiquidationStarted"), lines(proposeIn("HALT")));
        assertEquals(List.of("BookHash"), lines(bed.pass(500)));
        set("OPEN");

        final List<Event> events = bed.pass(600);

        assertEquals("100", only(events, "LiquidationTranche").get("filledQuantity"));
        assertEquals("CLOSED_IN_MARKET", only(events, "LiquidationEnded").get("outcome"));
    }

    @Test
    void shouldWaitWithTheTrancheUntilAnAuctionIsOver() {
        assertEquals(List.of("LiquidationStarted"), lines(proposeIn("AUCTION")));
        set("OPEN");

        final List<Event> events = bed.pass(1_000);

        assertEquals("100", only(events, "LiquidationTranche").get("filledQuantity"));
    }

    @Test
    void shouldTakeOverDuringAHaltWhatHasLessThanTwoThirdsLeft() {
        proposeIn("HALT");
        bed.tick("93");
        assertEquals(List.of("BookHash"), lines(bed.pass(100)), "320 left, two thirds are 310");
        bed.tick("92.85");

        final List<Event> events = bed.pass(100);

        assertEquals("TAKEN_OVER", only(events, "LiquidationEnded").get("outcome"), "305 left of 464.25");
        assertEquals(100, bed.venue.inspection().instrument(1).bidLots());
    }

    @Test
    void shouldEndALiquidationThatIsCuredWhileItWaits() {
        proposeIn("CLOSED");
        bed.tick("99");

        final List<Event> events = bed.pass(1_000);

        assertEquals("CURED", only(events, "LiquidationEnded").get("outcome"));
    }

    @Test
    void shouldGoOnWhereTheBookIsOpenWhileOthersWait() {
        hold(1, "BUY", 40);
        hold(2, "BUY", 60);
        bed.order(MAKER, 100, "BUY", 100, "94", ",instrumentId:2");
        bed.tick("94");
        bed.tick(2, 0, "94");
        set("HALT");

        final List<Event> events = propose();

        assertEquals("LIQ-2", only(events, "LiquidationTranche").get("instrumentId"));
    }

    /** Positions above 1,000 dollars go a fifth at a time. */
    private void rules(final String more) {
        bed.operator("LiquidationRules:{instrumentId:2,wholeNotional:'1000'" + more + "}");
    }

    private static List<String> tranches(final List<Event> events) {
        return lines(events, "quantity", "filledQuantity").stream()
                .filter(line -> line.startsWith("LiquidationTranche"))
                .toList();
    }

    @Test
    void shouldOfferALargePositionAFifthAtATimeOnceASecond() {
        rules("");
        hold(2, "BUY", 100);
        bed.tick(2, 0, "94.5");

        assertEquals(List.of("LiquidationTranche 20 0"), tranches(propose()));
        bed.verifies = false;
        assertEquals(List.of(), tranches(bed.pass(900)));
        bed.order(MAKER, 100, "BUY", 15, "90", ",instrumentId:2");
        assertEquals(List.of("LiquidationTranche 20 15"), tranches(bed.pass(200)));
        assertEquals(List.of("LiquidationTranche 17 0"), tranches(bed.pass(1_000)), "a fifth of 85");
    }

    @Test
    void shouldOfferTheWholeAfterThirtySecondsAndHandTheRestOver() {
        rules("");
        hold(2, "BUY", 100);
        bed.tick(2, 0, "94.5");
        propose();
        bed.verifies = false;
        for (int second = 1; second < 30; second++) {
            bed.tick(2, 0, "94.5");
            assertEquals(List.of("LiquidationTranche 20 0"), tranches(bed.pass(999)), "after " + second + " s");
        }
        bed.order(MAKER, 100, "BUY", 10, "90", ",instrumentId:2");
        bed.tick(2, 0, "94.5");

        final List<Event> events = bed.pass(1_200);

        assertEquals(List.of("LiquidationTranche 100 10"), tranches(events));
        assertEquals("90", only(events, "Takeover").get("quantity"));
        assertEquals("TAKEN_OVER", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(0, victim().equity());
    }

    @Test
    void shouldOfferEveryPositionOnceInARound() {
        rules("");
        bed.operator("LiquidationRules:{instrumentId:3,wholeNotional:'1000',tranchePpm:500000}");
        hold(2, "BUY", 60);
        hold(3, "SELL", 40);
        bed.tick(2, 0, "94");
        bed.tick(3, 0, "105");

        final List<Event> events = propose();

        assertEquals(
                List.of("LiquidationTranche LIQ-2 12 0", "LiquidationTranche LIQ-3 20 0"),
                lines(events, "instrumentId", "quantity", "filledQuantity").stream()
                        .filter(line -> line.startsWith("LiquidationTranche"))
                        .toList());
        assertEquals(2, tranches(bed.pass(1_100)).size());
    }

    @Test
    void shouldFinishAnOfferThatAFullBatchInterruptsBeforeTheNextPositionIsOffered() {
        bed.verifies = false;
        for (int id = 5; id <= 6; id++) {
            bed.operator(VenueBed.instrument(id, "LONG-" + id, ""));
            bed.operator("LiquidationRules:{instrumentId:" + id + ",wholeNotional:'1000000'}");
            bed.tick(id, 0, "100");
        }
        bed.operator("Deposit:{accountId:300,assetId:1,amount:'30880'}");
        hold(5, "BUY", 1_400);
        hold(6, "BUY", 1_300);
        for (int i = 0; i < 1_400; i++) {
            bed.buy(MAKER, 100, 1, "88.20", ",instrumentId:5");
        }
        bed.tick(5, 0, "92");
        bed.tick(6, 0, "92");

        final Event first = named(propose(), "LiquidationTranche").get(0);
        final long left = 1_400 - Long.parseLong(first.get("filledQuantity"));
        assertTrue(left > 0, first.toString());
        assertEquals(
                List.of("LiquidationTranche LONG-5 " + left + " " + left, "LiquidationTranche LONG-6 1300 0"),
                lines(bed.gateway("GatewayAlive:{gatewayId:1}"), "instrumentId", "quantity", "filledQuantity").stream()
                        .filter(line -> line.startsWith("LiquidationTranche"))
                        .toList());
    }

    @Test
    void shouldNotOfferMoreInOneRoundWhenTheLastFillOfATrancheTriggersALargeGroup() {
        rules("");
        hold(2, "BUY", 100);
        bed.verifies = false;
        bed.send(
                MAKER,
                "MmpConfig:{clOrdId:9,accountId:100,mmpGroup:7,assetId:1,windowMs:1000,frozenMs:0,quantityLimit:'20'}");
        final String ofGroup = ",instrumentId:2,flags:['mmp'],mmpGroup:7";
        bed.buy(MAKER, 100, 20, "89.70", ofGroup);
        for (int i = 0; i < 3_000; i++) {
            bed.buy(MAKER, 100, 1, "50", ofGroup);
        }
        bed.tick(2, 0, "94.5");

        assertEquals(List.of("LiquidationTranche 20 20"), tranches(propose()));
        assertEquals(List.of(), tranches(bed.pass(900)), "the cancels take several commands");
        assertEquals(List.of("LiquidationTranche 16 0"), tranches(bed.pass(200)), "a fifth of 80");
    }

    @Test
    void shouldOfferWhatAHaltCutShortWithTheNextRound() {
        holdTwo(3_000, 3_000);
        bids(5, 3_000);
        bids(6, 2_900);
        bed.tick(5, 0, "92");
        bed.tick(6, 0, "92");
        propose();
        state(5, "HALT");
        final long left = lotsHeld(5);
        assertTrue(left > 0);
        bed.gateway("GatewayAlive:{gatewayId:1}");
        assertTrue(lotsHeld(6) > 100, "its offer is interrupted too");
        state(5, "OPEN");

        bed.pass(500);
        assertEquals(100, lotsHeld(6));
        assertEquals(left, lotsHeld(5));
        bed.pass(1_000);
        assertEquals(0, lotsHeld(5));
    }

    @Test
    void shouldOfferTheWholeWhenItsTimeComesWhileATrancheIsInterrupted() {
        holdTwo(5_000, 100);
        bed.operator("LiquidationRules:{instrumentId:5,wholeNotional:'1000',tranchePpm:200000}");
        bed.tick(5, 0, "92");
        bed.tick(6, 0, "92");
        propose();
        bed.pass(27_000);
        bids(5, 1_500);
        final Event tranche = named(bed.pass(100), "LiquidationTranche").get(0);
        assertEquals("1000", tranche.get("quantity"));
        final long held = lotsHeld(5);
        assertTrue(held > 4_000, "interrupted");

        bed.nowNs += 1_500_000_000L;
        final Event whole = named(bed.gateway("GatewayAlive:{gatewayId:1}"), "LiquidationTranche")
                .get(0);

        assertEquals(held, Long.parseLong(whole.get("quantity")));
    }

    /** The victim is long in instruments 5 and 6, both offered whole, with 11.20 a lot: at a mark of 92 the zero price is 88.80. */
    private void holdTwo(final long lotsOf5, final long lotsOf6) {
        bed.verifies = false;
        for (int id = 5; id <= 6; id++) {
            bed.operator(VenueBed.instrument(id, "LONG-" + id, ""));
            bed.operator("LiquidationRules:{instrumentId:" + id + ",wholeNotional:'1000000'}");
            bed.tick(id, 0, "100");
        }
        final long cash = (lotsOf5 + lotsOf6) * 112 / 10;
        bed.operator("Deposit:{accountId:300,assetId:1,amount:'" + (cash - 1_020) + "'}");
        hold(5, "BUY", lotsOf5);
        hold(6, "BUY", lotsOf6);
    }

    private void bids(final int instrument, final int lots) {
        for (int i = 0; i < lots; i++) {
            bed.buy(MAKER, 100, 1, "88.80", ",instrumentId:" + instrument);
        }
    }

    private void state(final int instrument, final String state) {
        bed.operator("InstrumentState:{instrumentId:" + instrument + ",state:'" + state + "'}");
    }

    private long lotsHeld(final int instrument) {
        return bed.venue.inspection().account(300).holdings().stream()
                .filter(holding -> holding.instrumentId() == instrument)
                .mapToLong(Inspection.Holding::lots)
                .sum();
    }

    @Test
    void shouldWaitWhileAMarkIsNotValid() {
        rules("");
        hold(2, "BUY", 100);
        bed.tick(2, 0, "94.5");
        propose();
        bed.verifies = false;
        bed.pass(30_500);
        assertEquals(List.of(), lines(bed.pass(3_000)), "sources are silent for more than 30 s");

        bed.tick(2, 0, "94.5");

        assertEquals(List.of("LiquidationTranche 100 0"), tranches(bed.pass(1_000)));
    }

    @Test
    void shouldKeepToThePositionWhenTheBookHasNoBids() {
        hold(2, "BUY", 100);
        bed.tick(2, 0, "94.5");

        final List<Event> events = propose();

        assertEquals(List.of("LiquidationTranche 100 0"), tranches(events));
        assertTrue(events.stream().noneMatch(event -> event.name().equals("LiquidationPrint")));
        assertEquals(100, bed.venue.inspection().account(300).holdings().get(0).lots());
    }

    @Test
    void shouldRefuseRulesThatMakeNoSense() {
        assertEquals("BAD_VALUE 4 -1 0", refused("wholeNotional:'-0.000001'"));
        assertEquals("BAD_VALUE 6 0 1", refused("unwindLots:'0'"));
        assertEquals("BAD_VALUE 7 1000001 1000000", refused("tranchePpm:1000001"));
        assertEquals("BAD_VALUE 8 -1 0", refused("stressPpm:-1"));
        assertEquals("BAD_VALUE 9 100001 100000", refused("unwindSlipPpm:100001"));
        assertEquals("BAD_VALUE 10 99 100", refused("retryMs:99"));
        assertEquals("BAD_VALUE 11 1999 2000", refused("retryMs:2000,wholeAfterMs:1999"));
        assertEquals("BAD_VALUE 12 999 1000", refused("drawWindowMs:999"));
        assertEquals(
                "UNKNOWN_INSTRUMENT",
                only(bed.operator("LiquidationRules:{instrumentId:9}"), "BusinessReject")
                        .get("code"));
    }

    private String refused(final String field) {
        final Event event = only(bed.operator("LiquidationRules:{instrumentId:2," + field + "}"), "BusinessReject");
        return event.get("code") + " " + event.get("refFieldId") + " " + event.get("refValue") + " "
                + event.get("limitValue");
    }

    @Test
    void shouldDeclineTheSecondOfTwoNodesThatProposeAtOnce() {
        rules("");
        hold(2, "BUY", 100);
        bed.tick(2, 0, "94.5");
        only(propose(), "LiquidationStarted");

        assertEquals("IN_LIQUIDATION", reason(propose()));

        bed.tick(2, 0, "92");
        only(bed.pass(100), "LiquidationEnded");
        assertEquals("NOTHING_TO_CLOSE", reason(propose()));
    }

    /** 4,000 long of a linear, 3,000 short of a quanto and 1,000 long of a squared contract, and moves of a fifth. */
    private List<Event> failWithThreeKinds() {
        bed.operator(VenueBed.instrument(7, "QUANTO", ",kind:'QUANTO'"));
        bed.operator(VenueBed.instrument(8, "SQUARED", ",kind:'POWER',exponent:'TWO',norm:'100'"));
        bed.tick(7, 0, "100");
        bed.tick(8, 0, "100");
        hold(1, "BUY", 40);
        hold(7, "SELL", 30);
        final String where = ",instrumentId:8";
        bed.order(VICTIM, 300, "BUY", 1_000, "1", where);
        only(bed.order(TAKER, 200, "SELL", 1_000, "1", where), "Trade");
        bed.tick(7, 0, "120");
        bed.tick(8, 0, "80");
        bed.tick("80");
        assertEquals((1_020 - 800 - 600 - 360) * USD, victim().equity());
        return propose();
    }

    @Test
    void shouldEndThreePositionsOfDifferentKindsAtExactlyNothing() {
        final List<Event> events = failWithThreeKinds();

        assertEquals(3, named(events, "Takeover").size());
        assertEquals("TAKEN_OVER", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(0, victim().equity());
        assertEquals(0, cash(300));
        // 3,200 long, 3,600 short and 640 long at mark, and what the victim could not bear.
        assertEquals(-3_200 * USD + 3_600 * USD - 640 * USD - 740 * USD, insurance());
    }

    @Test
    void shouldEndThreePositionsOfDifferentKindsWithoutAFund() {
        bed.operator("Withdraw:{accountId:4000000002,assetId:1,amount:'20000'}");

        final List<Event> events = failWithThreeKinds();

        assertEquals(6, named(events, "Deleveraged").size());
        assertEquals("DELEVERAGED", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(0, victim().equity());
        assertEquals(0, cash(300));
        assertEquals(-FUND, insurance());
    }

    @Test
    void shouldAnswerEveryBucketOfAProposal() {
        hold(1, "BUY", 100);
        bed.tick("80");

        final List<Event> events =
                propose("{accountId:100,assetId:1},{accountId:300,assetId:1},{accountId:300,assetId:1}");

        assertEquals(
                List.of("ProposalDeclined NOTHING_TO_CLOSE", "ProposalDeclined NOTHING_TO_CLOSE"),
                lines(events, "reason").stream()
                        .filter(line -> line.startsWith("Prop"))
                        .toList());
        only(events, "LiquidationStarted");
    }

    @Test
    void shouldCopyEveryStepToTheFirmsDropCopy() {
        hold(1, "BUY", 100);
        bed.tick("80");

        final List<Event> events = propose();

        long last = 0;
        for (final Event event : events) {
            if (event.isPrivate()) {
                assertEquals(2, event.stamp("firmId"), event.name());
                assertTrue(last == 0 || event.stamp("dropCopySeq") == last + 1, event.name());
                last = event.stamp("dropCopySeq");
            }
        }
    }
}
