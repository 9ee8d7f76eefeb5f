package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Contracts of the other kinds, from definition to liquidation. XBTUSD: lots of 1,000 dollars in a coin of 8 decimals,
 * ticks of half a dollar, so that a lot is worth 2e11 satoshi at one tick; margin 1 % and 0.5 %, taker fee 0.075 %.
 */
class ContractKindsTest {
    private static final long XBTUSD = 7;

    private static final String INVERSE =
            "InstrumentDefine:{instrumentId:7,symbol:'XBTUSD',tickSize:'0.5',lotSize:'1000',"
                    + "maxPrice:'1000000',maxOrderQuantity:'100000',maxPositionQuantity:'1000000',settleAssetId:2,"
                    + "initialMarginPpm:10000,maintenanceMarginPpm:5000,makerFeePpm:-250,takerFeePpm:750,"
                    + "liquidationFeePpm:1000,maxOpenOrders:1000,kind:'INVERSE'}";

    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void defineCoin() {
        bed.operator("AssetDefine:{assetId:2,symbol:'XBT',scale:8}");
        for (final long account : new long[] {100, 101, 200}) {
            bed.operator("Deposit:{accountId:" + account + ",assetId:2,amount:'10'}");
        }
    }

    private String outcome(final String definition) {
        final Event answer = bed.operator(definition).get(0);
        return answer.name().equals("CommandAccepted")
                ? "accepted"
                : answer.get("code") + " " + answer.get("refFieldId") + " " + answer.get("refValue") + " "
                        + answer.get("limitValue");
    }

    private void trade(final String seller, final long lots, final String price) {
        final boolean makerSells = seller.equals("100");
        final String where = ",instrumentId:" + XBTUSD;
        bed.order(MAKER, 100, makerSells ? "SELL" : "BUY", lots, price, where);
        only(bed.order(TAKER, 200, makerSells ? "BUY" : "SELL", lots, price, where), "Trade");
    }

    private long coin(final long account) {
        return bed.venue.inspection().account(account).balances().get(1).cash();
    }

    private Inspection.Holding holding(final long account) {
        return bed.venue.inspection().account(account).holdings().stream()
                .filter(held -> held.instrumentId() == XBTUSD)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPayAnInverseRoundTripInCoin() {
        bed.operator(INVERSE);
        bed.tick(XBTUSD, 0, "10000");

        trade("100", 100, "10000");

        // 100,000 dollars at 10,000: 10 coins to the buyer, less 0.0075 fee; the seller earns a rebate of 0.0025.
        assertEquals(2_000_000_000L - 750_000, coin(200));
        assertEquals(250_000, coin(100));
        assertEquals(100, holding(200).lots());
        assertEquals(10_000_000_000_000L, holding(200).averageEntryPrice());
        assertEquals(-1_000_000_000L, holding(200).entryCost());

        bed.tick(XBTUSD, 0, "11000");
        assertEquals(90_909_091, holding(200).unrealised(), "0.90909091, on 9.09090909 rounded down");
        assertEquals(-90_909_091, holding(100).unrealised());

        trade("200", 100, "11000");
        assertEquals(0, holding(200).lots());
        assertEquals(90_909_091, holding(200).realised());
        // The fee of closing is 0.075 % of 9.09090909.
        assertEquals(1_000_000_000L + 90_909_091 - 750_000 - 681_819, coin(200));
    }

    @Test
    void shouldAskMarginOfAnInverseOrderInCoin() {
        bed.operator(INVERSE);
        bed.tick(XBTUSD, 0, "10000");
        // 250 lots are 25 coins at the mark and 12.5 at the limit: margin 0.25, loss 12.5, and the fee of 12.5 coins
        // and a
        // satoshi a lot, 937,500.19 satoshi.
        final Event reject = only(bed.order(TAKER, 200, "BUY", 250, "20000", ",instrumentId:" + XBTUSD), "Reject");
        assertEquals("INSUFFICIENT_MARGIN", reject.get("code"));
        assertEquals(25_000_000L + 1_250_000_000 + 937_501, Long.parseLong(reject.get("refValue")));
    }

    @Test
    void shouldLiquidateAnInverseLongAtItsZeroPriceAndLeaveNothing() {
        bed.operator(INVERSE);
        bed.account(300, 2, "0");
        bed.operator("Deposit:{accountId:300,assetId:2,amount:'0.2'}");
        bed.operator("Deposit:{accountId:4000000002,assetId:2,amount:'1'}");
        bed.session(30, 2, "{accountId:300}");
        bed.tick(XBTUSD, 0, "10000");
        bed.order(MAKER, 100, "SELL", 100, "10000", ",instrumentId:" + XBTUSD);
        only(bed.order(30, 300, "BUY", 100, "10000", ",instrumentId:" + XBTUSD), "Trade");
        bed.tick(XBTUSD, 0, "9850");
        bed.order(MAKER, 101, "BUY", 40, "9840", ",instrumentId:" + XBTUSD);

        final List<Event> events =
                bed.send(RISK, "LiquidationProposal:{observedSequence:'5',buckets:[{accountId:300,assetId:2}]}");

        // 0.1925 left, 10 coins bought; 10.15228426 to give back at the mark: E = 0.04021574, below MM 0.05076143.
        final Event tranche = only(events, "LiquidationTranche");
        assertEquals("9811.5", tranche.get("limitPrice"));
        assertEquals("40", tranche.get("filledQuantity"));
        bed.tick(XBTUSD, 0, "9820");
        assertEquals("TAKEN_OVER", only(bed.pass(100), "LiquidationEnded").get("outcome"));
        assertEquals(0, coin(300));
        assertEquals(0, holding(300).lots());
    }

    @Test
    void shouldRefuseAnInverseContractThatIsNotSound() {
        // At 2e11 quanta a lot, 100,000 are left at 2,000,000 ticks.
        assertEquals("accepted", outcome(INVERSE));
        final String other = INVERSE.replace("instrumentId:7", "instrumentId:8").replace("XBTUSD", "OTHER");
        assertEquals(
                "BAD_VALUE 6 1000000500000000 1000000000000000",
                outcome(other.replace("maxPrice:'1000000'", "maxPrice:'1000000.5'")));
        assertEquals(
                "K_FRACTIONAL 5 1000000000000 -",
                outcome(other.replace("tickSize:'0.5'", "tickSize:'0.3'")
                        .replace("maxPrice:'1000000'", "maxPrice:'999999.9'")));
        assertEquals(
                "OVERFLOW 5 9000000000000000000 -",
                outcome(other.replace("lotSize:'1000'", "lotSize:'9000000000'")
                        .replace("tickSize:'0.5'", "tickSize:'0.000000001'")));
        assertEquals(
                "accepted", outcome(other.replace("maxPositionQuantity:'1000000'", "maxPositionQuantity:'5764607'")));
        assertEquals(
                "OVERFLOW 8 5764608 5764607",
                outcome(other.replace("OTHER", "THIRD")
                        .replace("instrumentId:8", "instrumentId:9")
                        .replace("maxPositionQuantity:'1000000'", "maxPositionQuantity:'5764608'")));
    }

    @Test
    void shouldWantExponentAndNormForPowerContractsOnly() {
        assertEquals("BAD_VALUE 20 - -", outcome(VenueBed.instrument(9, "SQ", ",kind:'POWER'")));
        assertEquals("BAD_VALUE 20 4 -", outcome(VenueBed.instrument(9, "SQ", ",exponent:'TWO'")));
        assertEquals("BAD_VALUE 28 1000000000 1", outcome(VenueBed.instrument(9, "SQ", ",kind:'QUANTO',norm:'1'")));
        assertEquals(
                "BAD_VALUE 28 0 1", outcome(VenueBed.instrument(9, "SQ", ",kind:'POWER',exponent:'TWO',norm:'0'")));
        assertEquals("accepted", outcome(VenueBed.instrument(9, "SQ", ",kind:'POWER',exponent:'TWO'")));
        assertEquals("accepted", outcome(VenueBed.instrument(10, "QUANTO", ",kind:'QUANTO'")));
    }

    @Test
    void shouldMarkAPowerContractOnThePowerOfItsIndex() {
        final List<Event> defined =
                bed.operator(VenueBed.instrument(9, "ETH2", ",kind:'POWER',exponent:'TWO',norm:'100'"));
        assertEquals(
                "POWER TWO 100",
                lines(defined, "kind", "exponent", "norm").get(1).substring(19));

        assertEquals("9", only(bed.tick(9, 0, "300"), "MarkIndex").get("markPrice"));
        assertEquals("9.92", only(bed.tick(9, 0, "315"), "MarkIndex").get("indexPrice"));
        // The largest price is 10,000, that of an underlying at 10,000 too.
        assertEquals("10000", only(bed.tick(9, 0, "10000"), "MarkIndex").get("markPrice"));
        assertEquals(
                "PRICE_BAND", only(bed.tick(9, 0, "10001"), "BusinessReject").get("code"));
        assertEquals("BAD_VALUE", only(bed.tick(9, 0, "7"), "BusinessReject").get("code"));
    }
}
