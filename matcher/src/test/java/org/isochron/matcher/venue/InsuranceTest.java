package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The insurance fund has 2,000 dollars; account 300 is long 100 lots at 100 with 1,020. Taker fee 0.2 %; the fund works 20
 * lots off in a second, within 1 % of the mark.
 */
class InsuranceTest {
    private static final long FUND = 4_000_000_002L;
    private static final long LIQ = 2;

    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void define() {
        bed.operator(VenueBed.instrument(LIQ, "LIQ", "")
                .replace("makerFeePpm:0,takerFeePpm:0", "makerFeePpm:-1000,takerFeePpm:2000"));
        rules("");
        bed.tick(LIQ, 0, "100");
        bed.operator("Deposit:{accountId:" + FUND + ",assetId:1,amount:'2000'}");
        bed.account(300, 2, "1020");
        bed.session(30, 2, "{accountId:300}");
        order(30, 300, "BUY", 100, "100");
        order(TAKER, 200, "SELL", 100, "100");
    }

    private void rules(final String more) {
        bed.operator("LiquidationRules:{instrumentId:" + LIQ + ",unwindLots:'20',unwindSlipPpm:10000" + more + "}");
    }

    private List<Event> order(
            final long session, final long account, final String side, final long lots, final String price) {
        return bed.order(session, account, side, lots, price, ",instrumentId:" + LIQ);
    }

    private List<Event> takeOver() {
        bed.tick(LIQ, 0, "92");
        return bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
    }

    private List<Event> second() {
        return bed.sequencer("ClockTick:{tickTimeNs:'1767623401000000000'}");
    }

    private long fundLots() {
        return bed.venue.inspection().account(FUND).holdings().stream()
                .mapToLong(Inspection.Holding::lots)
                .sum();
    }

    private static List<String> movements(final List<Event> events) {
        return lines(events, "change", "balance", "position", "reason").stream()
                .filter(line -> line.startsWith("InsuranceFund"))
                .toList();
    }

    @Test
    void shouldTellEveryMovement() {
        assertEquals(
                List.of("InsuranceFund 5 2005 0 DEPOSIT"),
                movements(bed.operator("Deposit:{accountId:" + FUND + ",assetId:1,amount:'5'}")));
        assertEquals(
                List.of("InsuranceFund -5 2000 0 WITHDRAWAL"),
                movements(bed.operator("Withdraw:{accountId:" + FUND + ",assetId:1,amount:'5'}")));

        // Equity 230 of 1,030 less 800: the whole position at 9,200 - 230.
        assertEquals(List.of("InsuranceFund -8970 -6970 100 TAKEOVER"), movements(takeOver()));
    }

    @Test
    void shouldWorkItsInventoryOffOnceASecond() {
        takeOver();
        order(MAKER, 100, "BUY", 15, "92");
        order(MAKER, 100, "BUY", 15, "91.5");
        order(MAKER, 100, "BUY", 15, "91");

        final List<Event> events = second();

        // 15 at 92 and 5 at 91.50, both within 91.08; taker fees of 2.76 and 0.915.
        assertEquals(List.of("InsuranceFund 1833.825 -5136.175 80 UNWIND"), movements(events));
        assertEquals("20 1837.5 UNWIND", printed(events));
        assertEquals(80, fundLots());
        assertTrue(lines(bed.sequencer("ClockTick:{tickTimeNs:'1767623401100000000'}")).stream()
                .noneMatch("Trade"::equals));
        assertEquals(List.of("InsuranceFund 913.17 -4223.005 70 UNWIND"), movements(second()), "91 is too far");
    }

    private static String printed(final List<Event> events) {
        final Event print = only(events, "LiquidationPrint");
        return print.get("quantity") + " " + print.get("cash") + " " + print.get("kind");
    }

    @Test
    void shouldBuyAShortBackAndNeverTurnIt() {
        bed.account(301, 2, "1020");
        bed.session(31, 2, "{accountId:301}");
        order(31, 301, "SELL", 100, "100");
        order(TAKER, 200, "BUY", 100, "100");
        bed.tick(LIQ, 0, "108");
        bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:301,assetId:1}]}");
        assertEquals(-100, fundLots());
        bed.operator("LiquidationRules:{instrumentId:" + LIQ + ",unwindLots:'500',unwindSlipPpm:10000}");
        order(MAKER, 100, "SELL", 300, "109.08");

        second();

        assertEquals(0, fundLots());
    }

    @Test
    void shouldKeepItsInventoryWhileTheInstrumentIsNotOpen() {
        takeOver();
        order(MAKER, 100, "BUY", 50, "92");
        bed.operator("InstrumentState:{instrumentId:" + LIQ + ",state:'HALT'}");

        assertEquals(List.of(), movements(second()));

        bed.operator("InstrumentState:{instrumentId:" + LIQ + ",state:'OPEN'}");
        assertEquals(1, movements(second()).size());
    }

    @Test
    void shouldTellWhatAMoveWouldCostIt() {
        takeOver();

        final Event stress = only(bed.sequencer("ClockTick:{tickTimeNs:'1767623400100000000'}"), "InsuranceStress");

        // 2,000 and a position bought 230 below the mark: 9,200 worth of it.
        assertEquals("2230", stress.get("equity"));
        assertEquals("920", stress.get("drawn"), "no loss, a tenth of 9,200 under stress");
        assertEquals("1310", stress.get("equityDown10"));
        assertEquals("-530", stress.get("equityDown30"));
        assertEquals("4990", stress.get("equityUp30"));
    }

    @Test
    void shouldLoseItsInventoryLikeAnybodyWhenItsOwnEquityIsGone() {
        takeOver();
        bed.tick(LIQ, 0, "65");

        final List<Event> events = bed.pass(100);

        // -6,970 of cash and 6,500 of lots: the short side takes them at 69.70.
        assertEquals("-470", only(events, "LiquidationStarted").get("equity"));
        assertEquals("DELEVERAGED", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(List.of("InsuranceFund 6970 0 0 DELEVERAGED"), movements(events));
        assertEquals(0, fundLots());
    }

    @Test
    void shouldWorkOffNoMoreThanItCanAfford() {
        bed.operator("LiquidationRules:{instrumentId:" + LIQ + ",unwindLots:'500',unwindSlipPpm:10000,stressPpm:0}");
        bed.operator("Withdraw:{accountId:" + FUND + ",assetId:1,amount:'2000'}");
        takeOver();
        bed.tick(LIQ, 0, "89.8");
        order(MAKER, 100, "BUY", 100, "89");

        // It is worth 10, and each lot costs it 0.80 against the mark and a fee of 0.178: all of them would cost others
        // 87.80.
        assertEquals(List.of("InsuranceFund 888.22 -8081.78 90 UNWIND"), movements(second()));
        assertTrue(lines(bed.sequencer("ClockTick:{tickTimeNs:'1767623401100000000'}")).stream()
                .noneMatch("MarketSettled"::equals));
        assertEquals(List.of(), movements(second()), "0.22 is left");
    }

    @Test
    void shouldDeleverageWhatAnEmptyFundCannotTake() {
        bed.operator("Withdraw:{accountId:" + FUND + ",assetId:1,amount:'2000'}");

        final List<Event> events = takeOver();

        assertTrue(events.stream().noneMatch(event -> event.name().equals("Takeover")));
        assertEquals("DELEVERAGED", only(events, "LiquidationEnded").get("outcome"));
        assertEquals(List.of(), movements(events));
    }
}
