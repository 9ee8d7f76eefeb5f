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

import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.junit.jupiter.api.Test;

/** Account 300 fails; the insurance fund has nothing unless a test gives it some. One lot is worth its price in dollars. */
class DeleveragingTest {
    private static final long VICTIM = 30;
    private static final long POOR = 40;
    private static final long FUND = Ledger.INSURANCE_ID;

    private final VenueBed bed = VenueBed.trading();
    private final String[] shown = {
        "accountId",
        "quantity",
        "cash",
        "positionAfter",
        "rank",
        "score",
        "cutoffScore",
        "rule",
        "liquidated",
        "kind",
        "side",
        "change",
        "balance",
        "position",
        "outcome"
    };

    private void victim(final String cash) {
        bed.account(300, 2, cash);
        bed.session(VICTIM, 2, "{accountId:300}");
    }

    private void poor(final String cash) {
        bed.account(400, 2, cash);
        bed.session(POOR, 2, "{accountId:400}");
    }

    private void trade(
            final long buySession,
            final long buyer,
            final long sellSession,
            final long seller,
            final long lots,
            final String price) {
        bed.buy(buySession, buyer, lots, price, "");
        only(bed.sell(sellSession, seller, lots, price, ""), "Trade");
    }

    private void rule(final String rule) {
        only(bed.operator("LiquidationRules:{instrumentId:1,deleverageRule:'" + rule + "'}"), "CommandAccepted");
    }

    private List<Event> propose() {
        return bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
    }

    private long lots(final long account) {
        return bed.venue.inspection().account(account).holdings().get(0).lots();
    }

    private long cash(final long account) {
        return bed.venue.inspection().account(account).balances().get(0).cash();
    }

    private long equity(final long account) {
        return bed.venue.inspection().account(account).balances().get(0).equity();
    }

    @Test
    void shouldPassToTheOtherSideWhatAFundOfExactlyNothingCannotTake() {
        victim("1020");
        trade(VICTIM, 300, TAKER, 200, 100, "100");
        bed.tick("90");

        final List<Event> events = propose();

        // Equity 20 of 9,000: b is 8,980, and no bid there is.
        assertEquals(
                List.of(
                        "LiquidationStarted 300",
                        "Deleveraged 300 -100 8980 0 1 899 PNL_LEVERAGE 1",
                        "Deleveraged 200 100 -8980 0 1 899 PNL_LEVERAGE 0",
                        "LiquidationEnded 300 DELEVERAGED"),
                lines(events, shown).stream()
                        .filter(line -> !line.startsWith("LiquidationPrint"))
                        .toList());
        assertEquals(
                List.of("LiquidationPrint 100 DELEVERAGED SELL"),
                lines(named(events, "LiquidationPrint"), "quantity", "kind", "side"));
        assertEquals(0, cash(300));
        assertEquals(1_001_020_000_000L, cash(200));
        assertEquals(0, lots(200));
        final List<Event> sides = named(events, "Deleveraged");
        assertEquals(sides.get(0).get("tradeId"), sides.get(1).get("tradeId"));
        assertEquals("90", sides.get(0).get("markPrice"));
        assertEquals("1001020", sides.get(1).get("balanceAfter"));
        assertEquals(VICTIM, sides.get(0).stamp("sessionId"));
        assertEquals(TAKER, sides.get(1).stamp("sessionId"));
    }

    @Test
    void shouldGoByRankAndAddUpToExactlyB() {
        victim("310.000007");
        trade(VICTIM, 300, MAKER, 100, 10, "100");
        trade(VICTIM, 300, MAKER, 101, 10, "99");
        trade(VICTIM, 300, TAKER, 200, 10, "101");
        bed.tick("90");

        final List<Event> events = propose();

        // b is 2,700 - 10.000007, a third of it 896.666664 and a third of a quantum: the last third is one more.
        assertEquals(
                List.of(
                        "Deleveraged 300 -10 896.666664 20 1 97 89 PNL_LEVERAGE 1",
                        "Deleveraged 200 10 -896.666664 0 1 97 89 PNL_LEVERAGE 0",
                        "Deleveraged 300 -10 896.666664 10 2 89 81 PNL_LEVERAGE 1",
                        "Deleveraged 100 10 -896.666664 0 2 89 81 PNL_LEVERAGE 0",
                        "Deleveraged 300 -10 896.666665 0 3 81 PNL_LEVERAGE 1",
                        "Deleveraged 101 10 -896.666665 0 3 81 PNL_LEVERAGE 0"),
                lines(named(events, "Deleveraged"), shown));
        assertEquals(0, cash(300));
    }

    /** BMA-02: the first in the queue goes whole, the second keeps the rest, the others are not touched. */
    @Test
    void shouldStopWhereNothingIsLeft() {
        bed.tick("10");
        victim("40");
        trade(MAKER, 100, VICTIM, 300, 10, "10");
        trade(MAKER, 101, VICTIM, 300, 10, "10");
        trade(TAKER, 200, MAKER, 100, 5, "10");
        bed.tick("14");

        final List<Event> events = propose();

        // A short of 20 at a loss of 80: bankruptcy at 12 a lot. The older of two equal positions goes first.
        assertEquals(
                List.of(
                        "Deleveraged 300 10 -120 -10",
                        "Deleveraged 101 -10 120 0",
                        "Deleveraged 300 5 -60 -5",
                        "Deleveraged 100 -5 60 0",
                        "Deleveraged 300 5 -60 0",
                        "Deleveraged 200 -5 60 0"),
                lines(named(events, "Deleveraged"), "accountId", "quantity", "cash", "positionAfter"));
        assertEquals(
                List.of("BUY", "BUY", "BUY"),
                named(events, "LiquidationPrint").stream()
                        .map(print -> print.get("side"))
                        .toList());
        assertEquals(0, cash(300));
    }

    @Test
    void shouldLeaveNoCounterpartyWithLessThanNothing() {
        victim("105");
        trade(VICTIM, 300, TAKER, 200, 10, "100");
        poor("70");
        bed.tick("61");
        trade(TAKER, 200, POOR, 400, 5, "61");
        bed.tick("60");

        final List<Event> events = propose();

        // 895 for ten lots: 29.50 more a lot than they are worth. The poor one has 75 and takes two of its five lots;
        // the
        // rich one had closed half of its ten and takes those. Three lots find nobody.
        assertEquals(
                List.of(
                        "Deleveraged 300 -2 179 8",
                        "Deleveraged 400 2 -179 -3",
                        "Deleveraged 300 -5 447.5 3",
                        "Deleveraged 200 5 -447.5 0"),
                lines(named(events, "Deleveraged"), "accountId", "quantity", "cash", "positionAfter"));
        assertEquals("3", only(events, "MarketSettled").get("openInterest"));
        assertTrue(equity(400) >= 0);
        assertEquals(0, equity(300));
    }

    @Test
    void shouldReduceInProportionUnderProRata() {
        rule("PRO_RATA");
        victim("310");
        trade(VICTIM, 300, TAKER, 200, 16, "100");
        trade(VICTIM, 300, MAKER, 101, 9, "100");
        trade(VICTIM, 300, MAKER, 100, 5, "100");
        trade(MAKER, 100, MAKER, 101, 3, "100");
        bed.tick("90");

        final List<Event> events = propose();

        assertEquals(
                List.of("100 2 1 2 -", "101 12 2 12 -", "200 16 3 16 -"),
                named(events, "Deleveraged").stream()
                        .filter(event -> event.get("liquidated").equals("0"))
                        .map(event -> event.get("accountId") + " " + event.get("quantity") + " " + event.get("rank")
                                + " " + event.get("score") + " " + event.get("cutoffScore"))
                        .toList());
    }

    @Test
    void shouldDrawLotsThatAnyReplicaDrawsAgain() {
        rule("SEEDED_RANDOM");
        victim("310");
        trade(VICTIM, 300, TAKER, 200, 10, "100");
        trade(VICTIM, 300, MAKER, 101, 10, "100");
        trade(VICTIM, 300, MAKER, 100, 10, "100");
        bed.tick("90");

        final List<Event> fills = named(propose(), "Deleveraged");

        assertEquals(6, fills.size());
        long before = Long.MAX_VALUE;
        for (int i = 0; i < fills.size(); i += 2) {
            final long score = Long.parseLong(fills.get(i).get("score"));
            assertTrue(score < before, "highest first");
            before = score;
        }
        assertEquals(fills.get(2).get("score"), fills.get(0).get("cutoffScore"));
    }

    @Test
    void shouldSettleTheMarketAtOnceWhereNobodyIsDeleveraged() {
        rule("NONE");
        victim("1020");
        trade(VICTIM, 300, TAKER, 200, 100, "100");
        bed.tick("90");

        final List<Event> events = propose();

        assertEquals(List.of(), named(events, "Deleveraged"));
        assertEquals("100", only(events, "MarketSettled").get("openInterest"));
        assertEquals("SETTLED", only(events, "LiquidationEnded").get("outcome"));
    }

    @Test
    void shouldShrinkWhatOnlyReducesAndLeaveOtherOrders() {
        victim("1020");
        trade(VICTIM, 300, TAKER, 200, 100, "100");
        bed.buy(TAKER, 200, 30, "50", ",flags:['reduceOnly']");
        bed.sell(TAKER, 200, 7, "200", "");
        bed.tick("90");

        final List<Event> events = propose();

        assertEquals(
                "200 REDUCE_ONLY",
                lines(named(events, "Cancelled"), "accountId", "reason").get(0).substring(10));
        assertEquals(7, bed.venue.inspection().instrument(1).askLots());
        assertEquals(0, bed.venue.inspection().instrument(1).bidLots());
    }

    @Test
    void shouldTakeTheFundsOwnLotsLikeAnyones() {
        bed.send(OPERATOR, "Deposit:{accountId:" + FUND + ",assetId:1,amount:'1000'}");
        // The fund takes a short over and has nothing to spare afterwards.
        victim("1100");
        trade(TAKER, 200, VICTIM, 300, 100, "100");
        bed.tick("109");
        only(propose(), "Takeover");
        bed.operator("Deposit:{accountId:300,assetId:1,amount:'1090'}");
        trade(VICTIM, 300, TAKER, 200, 100, "109");
        bed.operator("LiquidationRules:{instrumentId:1,deleverageRule:'PNL_LEVERAGE',drawCap:'0'}");
        bed.tick("99");

        final List<Event> events = propose();

        final List<String> fund = lines(named(events, "InsuranceFund"), "reason", "position");
        assertEquals(
                List.of("InsuranceFund DELEVERAGED 0"),
                fund,
                lines(events, shown).toString());
        final List<Event> sides = named(events, "Deleveraged");
        assertEquals(List.of("Deleveraged 300", "Deleveraged " + FUND), lines(sides, "accountId"));
        assertEquals(0, sides.get(1).stamp("sessionId"), "told to nobody");
    }

    @Test
    void shouldGoOnWithTheNextCommandWhenTheBatchIsFull() {
        bed.verifies = false;
        victim("10000");
        final StringBuilder accounts = new StringBuilder();
        for (long id = 1_020; id < 1_920; id++) {
            bed.account(id, 2, "1000");
            accounts.append(accounts.length() == 0 ? "" : ",")
                    .append("{accountId:")
                    .append(id)
                    .append('}');
            if (id % 30 == 29) {
                bed.session(id, 2, accounts.toString());
                accounts.setLength(0);
            }
        }
        for (long id = 1_020; id < 1_920; id++) {
            trade(VICTIM, 300, id - id % 30 + 29, id, 1, "100");
        }
        // Their cancels are in the same command.
        for (int i = 0; i < 1_000; i++) {
            bed.sell(VICTIM, 300, 1, "200", "");
        }
        bed.tick("89");
        bed.verifies = true;

        final List<Event> fills = new ArrayList<>(named(propose(), "Deleveraged"));
        final int inOneCommand = fills.size();
        for (int i = 0; i < 3 && lots(300) != 0; i++) {
            fills.addAll(named(bed.tick("89"), "Deleveraged"));
        }

        assertTrue(inOneCommand < 1_800, inOneCommand + " events");
        assertEquals(1_800, fills.size());
        assertEquals(0, lots(300));
        assertEquals(0, cash(300), "b to the quantum, though it was split in two");
    }
}
