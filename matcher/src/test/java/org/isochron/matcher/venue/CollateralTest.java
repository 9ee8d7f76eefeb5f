package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.junit.jupiter.api.Test;

/** BTC as collateral for USD, priced by the index of instrument 1, haircut 10 %. */
class CollateralTest {
    private static final long USD = 1_000_000;
    private static final long BTC = 100_000_000;

    private final VenueBed bed = VenueBed.trading();
    private final Ledger ledger = bed.venue.ledger();

    CollateralTest() {
        bed.operator("AssetDefine:{assetId:2,symbol:'BTC',scale:8}");
        define("balanceCap:'10',drawCap:'1000000000000',haircutPpm:100000");
        bed.account(102, 1, "0");
        bed.operator("Deposit:{accountId:102,assetId:2,amount:'20'}");
        bed.session(30, 1, "{accountId:102}");
    }

    private List<Event> define(final String terms) {
        return bed.operator("CollateralDefine:{assetId:2,settleAssetId:1,instrumentId:1," + terms + "}");
    }

    private List<Event> pledge(final String amount) {
        return bed.send(
                30, "Transfer:{fromAccountId:102,toAccountId:102,assetId:2,amount:'" + amount + "',toPledgeAssetId:1}");
    }

    private List<Event> release(final String amount) {
        return bed.send(
                30,
                "Transfer:{fromAccountId:102,toAccountId:102,assetId:2,amount:'" + amount + "',fromPledgeAssetId:1}");
    }

    @Test
    void shouldPriceNothingOnTheVenuesOwnBook() {
        final String internal = "rule:'INTERNAL_EMA',impactNotional:'1000'";
        final Event byRules = only(bed.operator("ClosedRules:{instrumentId:1," + internal + "}"), "BusinessReject");
        assertEquals("BAD_VALUE 13", byRules.get("code") + " " + byRules.get("refFieldId"));
        assertEquals(
                "CommandAccepted",
                bed.operator("ClosedRules:{instrumentId:1,rule:'FREEZE'}")
                        .get(0)
                        .name());

        bed.operator(VenueBed.instrument(8, "OTHER", ""));
        bed.operator("AssetDefine:{assetId:3,symbol:'ETH',scale:8}");
        bed.operator("ClosedRules:{instrumentId:8,activationSequence:'9000'," + internal + "}");
        final Event byDefinition = only(
                bed.operator("CollateralDefine:{assetId:3,settleAssetId:1,instrumentId:8,balanceCap:'10',"
                        + "drawCap:'1',haircutPpm:0}"),
                "BusinessReject");
        assertEquals("BAD_VALUE 4", byDefinition.get("code") + " " + byDefinition.get("refFieldId"));
    }

    private int bucket() {
        return ledger.crossBucket(ledger.findAccount(102), 0);
    }

    private long equity() {
        bed.venue.margin().judge(bucket());
        return bed.venue.margin().equity();
    }

    private long pledged() {
        return ledger.collaterals().balance(ledger.collaterals().findPledge(ledger.findAccount(102), 0));
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("limitValue");
    }

    @Test
    void shouldCountAPledgedBalanceUpToTheCapLessTheHaircut() {
        final List<Event> events = pledge("4");
        assertEquals(
                List.of("BalanceChanged -4 16 BTC", "BalanceChanged 4 4 BTC USD"),
                lines(events, "amount", "balanceAfter", "assetId", "pledgeAssetId"));
        assertEquals(360 * USD, equity());
        pledge("16");
        assertEquals(900 * USD, equity());
        bed.tick("50.01");
        assertEquals(450 * USD + 90_000, equity());
    }

    @Test
    void shouldLetACoinCollateralisedShortTradeAndKeepWhatItEarns() {
        pledge("10");
        bed.buy(TAKER, 200, 50, "100", "");
        bed.sell(30, 102, 50, "100", "");
        assertEquals(900 * USD, equity());
        bed.tick("90");
        // The short has earned 500, the coin is worth 90 less.
        assertEquals((500 + 810) * USD, equity());
    }

    @Test
    void shouldReleaseOnlyWhatTheRuleLeaves() {
        pledge("10");
        bed.buy(TAKER, 200, 50, "100", "");
        bed.sell(30, 102, 50, "100", "");
        // 900 of equity, 500 of it needed: 400 of credit are 4.44 BTC.
        assertEquals("INSUFFICIENT_FUNDS 5 400000000", refusal(release("4.44444445")));
        assertEquals(
                "4.44444444",
                only(release("4.44444444").subList(1, 2), "BalanceChanged").get("amount"));
        assertEquals("INSUFFICIENT_FUNDS 5 555555556", refusal(release("20")));
    }

    @Test
    void shouldReleaseNothingWhileTheIndexIsInvalidThoughTheLastPriceStands() {
        pledge("10");
        bed.verifies = false;
        bed.pass(60_000);
        bed.verifies = true;
        assertEquals(900 * USD, equity());
        assertEquals("RISK_UNAVAILABLE - -", refusal(release("1")));
    }

    @Test
    void shouldNotPayOutCashThatOnlyCollateralCovers() {
        pledge("10");
        assertEquals(
                "0",
                only(bed.operator("Withdraw:{accountId:102,assetId:1,amount:'1'}"), "BusinessReject")
                        .get("limitValue"));
    }

    @Test
    void shouldConvertAfterAMinuteBelowZeroWithoutTheCredit() {
        loseMoreThanTheCash();
        final long insurance = ledger.cash(ledger.crossBucket(Ledger.INSURANCE, 0));
        keepFresh(50);
        assertEquals(10 * BTC, pledged());
        final List<Event> events = keepFresh(15);
        final Event converted = only(events, "CollateralConverted");
        // 200 are missing; at 110 less a tenth that is 2.02020203 BTC, rounded up.
        assertEquals("200000000", converted.get("paid"));
        assertEquals("2.02020203", converted.get("amount"));
        assertEquals(insurance - 200 * USD, ledger.cash(ledger.crossBucket(Ledger.INSURANCE, 0)));
        assertEquals(202_020_203, ledger.cash(ledger.crossBucket(Ledger.INSURANCE, 1)));
        final Margin margin = bed.venue.margin();
        margin.judge(bucket());
        assertEquals(0, margin.equity() - margin.credit());
    }

    @Test
    void shouldConvertNothingWhileNobodyKnowsWhatTheCollateralIsWorth() {
        loseMoreThanTheCash();
        keepFresh(50);
        bed.nowNs += 300_000_000_000L;
        bed.verifies = false;

        assertEquals(List.of(), named(bed.pass(1_000), "CollateralConverted"), "the index is of before the standstill");
        bed.tick("120");

        final Event converted = named(bed.pass(1_000), "CollateralConverted").get(0);
        assertEquals("120", converted.get("indexPrice"));
    }

    /** 200 beyond what there is, beside a pledge of ten. */
    private void loseMoreThanTheCash() {
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'10000'}");
        pledge("10");
        bed.buy(TAKER, 200, 20, "100", "");
        bed.sell(30, 102, 20, "100", "");
        bed.tick("110");
    }

    private List<Event> keepFresh(final int seconds) {
        final List<Event> events = new java.util.ArrayList<>();
        // Verified in full before and after: each of so many ticks would take long.
        bed.verifies = false;
        for (int i = 0; i < seconds; i++) {
            events.addAll(bed.pass(1_000));
            events.addAll(bed.tick("110"));
        }
        bed.verifies = true;
        return events;
    }

    @Test
    void shouldConvertNothingBeyondTheDrawCap() {
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'10000'}");
        define("balanceCap:'10',drawCap:'150000000',haircutPpm:100000");
        pledge("10");
        bed.buy(TAKER, 200, 20, "100", "");
        bed.sell(30, 102, 20, "100", "");
        bed.tick("110");
        final List<Event> events = keepFresh(70);
        assertEquals("150000000", only(events, "CollateralConverted").get("paid"));
        final Margin margin = bed.venue.margin();
        margin.judge(bucket());
        assertEquals(-50 * USD, margin.equity() - margin.credit());
    }

    @Test
    void shouldConvertNothingWithAnEmptyFund() {
        pledge("10");
        bed.buy(TAKER, 200, 20, "100", "");
        bed.sell(30, 102, 20, "100", "");
        bed.tick("110");

        assertTrue(keepFresh(70).stream().noneMatch(event -> event.name().equals("CollateralConverted")));

        assertEquals(10 * BTC, pledged());
        assertEquals(0, ledger.cash(ledger.crossBucket(Ledger.INSURANCE, 0)));
    }

    @Test
    void shouldConvertAtATakeover() {
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'10000'}");
        pledge("10");
        bed.buy(TAKER, 200, 80, "100", "");
        bed.sell(30, 102, 80, "100", "");
        bed.tick("112");
        final List<Event> events =
                bed.send(RISK, "LiquidationProposal:{observedSequence:1,buckets:[{accountId:102,assetId:1}]}");
        assertTrue(lines(events).contains("Takeover"));
        assertTrue(lines(events).contains("CollateralConverted"));
        final Margin margin = bed.venue.margin();
        margin.judge(bucket());
        assertEquals(0, margin.openPositions());
        assertTrue(margin.equity() - margin.credit() >= 0);
    }

    @Test
    void shouldRefuseBadDefinitions() {
        assertEquals("BAD_VALUE 7 1000000", refusal(define("balanceCap:'10',drawCap:'1',haircutPpm:1000001")));
        assertEquals("BAD_VALUE 7 0", refusal(define("balanceCap:'10',drawCap:'1',haircutPpm:-1")));
        assertEquals("BAD_VALUE 5 1", refusal(define("balanceCap:'0',drawCap:'1',haircutPpm:1")));
        assertEquals("BAD_VALUE 6 0", refusal(define("balanceCap:'1',drawCap:'-1',haircutPpm:1")));
        assertEquals("OVERFLOW 5 -", refusal(define("balanceCap:'90000000000',drawCap:'1',haircutPpm:1")));
        assertEquals(
                "UNKNOWN_ASSET 2 -",
                refusal(bed.operator(
                        "CollateralDefine:{assetId:9,settleAssetId:1,instrumentId:1," + "drawCap:'1',haircutPpm:1}")));
        assertEquals(
                "BAD_VALUE 3 -",
                refusal(bed.operator("CollateralDefine:{assetId:1,settleAssetId:1,instrumentId:1,balanceCap:'1',"
                        + "drawCap:'1',haircutPpm:1}")));
        bed.operator(VenueBed.instrument(2, "OTHER", ""));
        assertEquals(
                "ALREADY_DEFINED 4 -",
                refusal(bed.operator("CollateralDefine:{assetId:2,settleAssetId:1,instrumentId:2,balanceCap:'1',"
                        + "drawCap:'1',haircutPpm:1}")));
        assertEquals(
                "SESSION_SCOPE - -",
                refusal(bed.send(
                        MAKER,
                        "CollateralDefine:{assetId:2,settleAssetId:1,instrumentId:1,balanceCap:'1',"
                                + "drawCap:'1',haircutPpm:1}")));
        assertEquals(
                "BAD_VALUE 9 -",
                refusal(bed.send(
                        OPERATOR,
                        "Transfer:{fromAccountId:102,toAccountId:102,assetId:1,amount:'1',toPledgeAssetId:2}")));
    }
}
