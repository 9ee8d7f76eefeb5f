package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.named;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** Account 300 fails, and account 400, which alone holds the other side, cannot take it all. */
class LastResortTest {
    private static final long USD = 1_000_000;
    private static final long VICTIM = 30;
    private static final long POOR = 40;

    private final VenueBed bed = VenueBed.trading();

    /** 300 is 10 long from 100 with 105 dollars, 400 is 10 short from 61 with 70; the mark falls to 60. */
    private void fail() {
        bed.account(300, 2, "105");
        bed.session(VICTIM, 2, "{accountId:300}");
        bed.account(400, 2, "70");
        bed.session(POOR, 2, "{accountId:400}");
        trade(VICTIM, 300, TAKER, 200, 10, "100");
        bed.tick("61");
        trade(TAKER, 200, POOR, 400, 10, "61");
        bed.tick("60");
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

    private List<Event> propose() {
        return bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:1}]}");
    }

    private Inspection.Balance balance(final long account) {
        return bed.venue.inspection().account(account).balances().get(0);
    }

    private static long quanta(final Event event, final String field) {
        return new BigDecimal(event.get(field)).movePointRight(6).longValueExact();
    }

    @Test
    void shouldCloseTheMarketAtTheMarkAndShareTheDeficitOut() {
        fail();

        final List<Event> events = propose();

        // 895 for ten lots: 400 has 80 and takes two. Eight are left at 60: 300 owes 236, 400 has 21 and made 8 on
        // them.
        assertEquals(
                List.of("Deleveraged 300 -2", "Deleveraged 400 2"),
                lines(named(events, "Deleveraged"), "accountId", "quantity"));
        final Event settled = only(events, "MarketSettled");
        assertEquals(
                "60 236 0 8 8 228 3000403 8",
                String.join(
                        " ",
                        settled.get("markPrice"),
                        settled.get("deficit"),
                        settled.get("insurancePaid"),
                        settled.get("profitCharged"),
                        settled.get("profitBase"),
                        settled.get("equityCharged"),
                        settled.get("equityBase"),
                        settled.get("openInterest")));
        assertEquals(
                List.of(
                        "PositionSettled 100 0 0 0 75.989792 0",
                        "PositionSettled 101 0 0 0 75.989792 0",
                        "PositionSettled 200 0 0 0 76.019428 0",
                        "PositionSettled 300 8 480 0 0 236",
                        "PositionSettled 400 -8 -480 8 0.000988 0"),
                lines(
                        named(events, "PositionSettled"),
                        "accountId",
                        "quantity",
                        "cash",
                        "profitCharge",
                        "equityCharge",
                        "deficitPaid"));
        assertEquals(
                List.of("SecurityStatus CLOSED SETTLED"), lines(named(events, "SecurityStatus"), "state", "reason"));
        assertEquals(
                "SETTLED 0",
                only(events, "LiquidationEnded").get("outcome") + " "
                        + balance(300).equity());
    }

    @Test
    void shouldChargeExactlyWhatItPaysAndTellEveryBalance() {
        fail();

        final List<Event> events = propose();

        long charged = 0;
        long paid = 0;
        for (final Event told : named(events, "PositionSettled")) {
            charged += quanta(told, "profitCharge") + quanta(told, "equityCharge");
            paid += quanta(told, "deficitPaid");
            final long account = Long.parseLong(told.get("accountId"));
            assertEquals(balance(account).cash(), quanta(told, "balanceAfter"), "account " + account);
            assertTrue(balance(account).equity() >= 0);
            assertEquals(told.stamp("matchSeq"), Long.parseLong(told.get("settledSequence")));
        }
        assertEquals(236 * USD, paid);
        assertEquals(236 * USD, charged);
    }

    @Test
    void shouldLetTheFundPayFirstAndItsRestLikeAnyones() {
        bed.operator("Deposit:{accountId:4000000002,assetId:1,amount:'100'}");
        bed.operator("LiquidationRules:{instrumentId:1,deleverageRule:'NONE',drawCap:'60'}");
        fail();

        final List<Event> events = propose();

        // A lot costs the fund 29.50 more than it is worth, and 6 of stress: it takes one, and 24.50 of its cap are
        // left.
        // Nobody is deleveraged: nine lots leave a deficit of 265.50, 400 has made 10, the rest is equity's.
        final Event settled = only(events, "MarketSettled");
        assertEquals(
                "265.5 24.5 10 231",
                settled.get("deficit") + " " + settled.get("insurancePaid") + " " + settled.get("profitCharged") + " "
                        + settled.get("equityCharged"));
        final List<Event> moves = named(events, "InsuranceFund");
        assertEquals(
                List.of("InsuranceFund TAKEOVER 1", "InsuranceFund SETTLEMENT 0"), lines(moves, "reason", "position"));
        final Event fund = moves.get(1);
        assertTrue(
                quanta(fund, "change") < 35_500_000,
                "60 for its lot, 24.50 paid, and its charge: " + fund.get("change"));
        assertEquals(balance(4_000_000_002L).cash(), quanta(fund, "balance"));
    }

    @Test
    void shouldCancelTheOrdersAndStayClosedUntilAnOperatorOpens() {
        bed.order(MAKER, 100, "BUY", 3, "20", "");
        bed.order(MAKER, 100, "SELL", 3, "200", "");
        fail();

        final List<Event> events = propose();

        assertEquals(
                List.of("Cancelled 100 ADL", "Cancelled 100 ADL"),
                lines(named(events, "Cancelled"), "accountId", "reason"));
        assertEquals(
                "MARKET_CLOSED",
                only(bed.order(MAKER, 100, "BUY", 3, "20", ""), "Reject").get("code"));

        only(bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}"), "SecurityStatus");
        trade(MAKER, 100, TAKER, 200, 3, "60");
    }

    /** So many orders that they do not fit one command: money first, the rest follows. */
    @Test
    void shouldMoveAllMoneyAtOnceAndTellTheRestWithTheNextCommands() {
        bed.verifies = false;
        for (int i = 0; i < 2_300; i++) {
            bed.order(MAKER, 100, "BUY", 1, "20", "");
        }
        bed.verifies = true;
        fail();

        final List<Event> first = propose();
        assertEquals(0, balance(300).equity());
        assertEquals(List.of(), named(first, "PositionSettled"), "account 100 comes first and has orders left");
        only(first, "MarketSettled");
        // What is settled stays closed until all is told.
        final List<Event> second = bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");

        assertEquals(
                2_300,
                named(first, "Cancelled").size() + named(second, "Cancelled").size());
        assertEquals(5, named(second, "PositionSettled").size());
        assertEquals("SETTLED", only(second, "LiquidationEnded").get("outcome"));
        assertTrue(named(second, "PositionSettled").stream()
                .allMatch(told -> Long.parseLong(told.get("settledSequence")) < told.stamp("matchSeq")));
    }

    @Test
    void shouldCallOffAnAuctionThatWasAboutToOpenTheMarket() {
        fail();
        bed.operator("InstrumentState:{instrumentId:1,state:'AUCTION'}");
        bed.order(MAKER, 100, "BUY", 3, "60", "");
        bed.order(MAKER, 101, "SELL", 3, "60", "");

        final List<Event> events = new ArrayList<>(propose());
        events.addAll(bed.pass(600));

        assertEquals(
                List.of("CLOSED"),
                named(events, "SecurityStatus").stream()
                        .map(status -> status.get("state"))
                        .toList());
        assertEquals(List.of(), named(events, "Trade"));
    }
}
