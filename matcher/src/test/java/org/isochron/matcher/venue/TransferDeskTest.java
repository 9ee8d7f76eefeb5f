package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.isochron.risk.ledger.Ledger;
import org.junit.jupiter.api.Test;

class TransferDeskTest {
    private static final long USD = 1_000_000;

    private final VenueBed bed = VenueBed.trading();

    private List<Event> transfer(
            final long session, final long from, final long to, final String amount, final String more) {
        return bed.send(
                session,
                "Transfer:{fromAccountId:" + from + ",toAccountId:" + to + ",assetId:1,amount:'" + amount + "'" + more
                        + "}");
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId") + " " + reject.get("refValue") + " "
                + reject.get("limitValue");
    }

    private void openIsolated() {
        bed.send(MAKER, "SetLeverage:{accountId:100,instrumentId:1,clOrdId:1,mode:'ISOLATED'}");
        bed.sell(TAKER, 200, 10, "100", "");
        bed.buy(MAKER, 100, 10, "100", "");
    }

    private long isolatedEquity() {
        final Ledger ledger = bed.venue.ledger();
        final int position = ledger.positions().find(ledger.findAccount(100), 0);
        bed.venue.margin().judge(ledger.bucketOf(position));
        return bed.venue.margin().equity();
    }

    @Test
    void shouldMoveCashBetweenTwoAccountsOfAFirmForTheOperatorOnly() {
        final List<Event> events = transfer(OPERATOR, 100, 101, "5", "");
        assertEquals(
                List.of("BalanceChanged -5 999995 100 TRANSFER", "BalanceChanged 5 1000005 101 TRANSFER"),
                lines(events, "amount", "balanceAfter", "accountId", "reason"));
        assertEquals("SESSION_SCOPE 3 101 -", refusal(transfer(MAKER, 100, 101, "5", "")));
        assertEquals("SESSION_SCOPE 3 200 -", refusal(transfer(OPERATOR, 100, 200, "5", "")));
        assertEquals("SESSION_SCOPE 2 100 -", refusal(transfer(TAKER, 100, 100, "5", "")));
        assertEquals("BAD_VALUE 3 100 -", refusal(transfer(MAKER, 100, 100, "5", "")));
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertEquals(
                "INSUFFICIENT_FUNDS 5 1000000000001 1000000000000",
                refusal(transfer(OPERATOR, 100, 101, "1000000.000001", "")));
        assertEquals("UNKNOWN_ACCOUNT 3 999 -", refusal(transfer(OPERATOR, 100, 999, "1", "")));
        assertEquals("BAD_VALUE 5 0 1", refusal(transfer(OPERATOR, 100, 101, "0", "")));
        assertEquals(
                "UNKNOWN_ASSET 4 7 -",
                refusal(bed.send(OPERATOR, "Transfer:{fromAccountId:100,toAccountId:101,assetId:7}")));
        assertEquals("BAD_VALUE 6 1 -", refusal(transfer(MAKER, 100, 100, "1", ",fromInstrumentId:1")));
    }

    @Test
    void shouldAddToAnIsolatedBucketAndTakeBackNoMoreThanTheRuleLeaves() {
        openIsolated();
        transfer(MAKER, 100, 100, "50", ",toInstrumentId:1");
        assertEquals(150 * USD + 20, isolatedEquity());
        // Order margin and a tenth of the notional are both 100.
        assertEquals(
                "INSUFFICIENT_FUNDS 5 50000021 50000020",
                refusal(transfer(MAKER, 100, 100, "50.000021", ",fromInstrumentId:1")));
        assertEquals(
                List.of("BalanceChanged -50.00002", "BalanceChanged 50.00002"),
                lines(transfer(MAKER, 100, 100, "50.00002", ",fromInstrumentId:1"), "amount"));
        assertEquals("INSUFFICIENT_FUNDS 5 1 0", refusal(transfer(MAKER, 100, 100, "0.000001", ",fromInstrumentId:1")));
    }

    @Test
    void shouldNotPayOutGainsWhileTheMarkIsInvalid() {
        openIsolated();
        bed.tick("120");
        bed.pass(60_000);
        assertEquals(
                "INSUFFICIENT_FUNDS 5 100000000 20",
                refusal(transfer(MAKER, 100, 100, "100", ",fromInstrumentId:1")).replace(" 0", " 20"));
    }

    @Test
    void shouldRefuseAWithdrawalOneQuantumTooLarge() {
        bed.sell(TAKER, 200, 1_000, "100", "");
        bed.buy(MAKER, 100, 1_000, "100", "");
        assertEquals(
                "INSUFFICIENT_FUNDS",
                only(bed.operator("Withdraw:{accountId:100,assetId:1,amount:'990000.000001'}"), "BusinessReject")
                        .get("code"));
        assertEquals(
                "-990000",
                only(bed.operator("Withdraw:{accountId:100,assetId:1,amount:'990000'}"), "BalanceChanged")
                        .get("amount"));
    }
}
