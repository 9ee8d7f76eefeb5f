package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.instrument;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class UpdateDeskTest {
    private final VenueBed bed = VenueBed.trading();

    @Test
    void shouldChangeTermsAtOnceAndTellTheMarket() {
        final List<Event> events = update("takerFeePpm:500,makerFeePpm:-100,bandPpm:50000");

        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(events));
        assertEquals("500", events.get(1).get("takerFeePpm"));
        assertEquals("-100", events.get(1).get("makerFeePpm"));
        assertEquals("50000", events.get(1).get("bandPpm"));
        assertEquals("10000", events.get(1).get("maxPrice"));
        assertEquals("1000000", events.get(1).get("maxPositionQuantity"));
    }

    @Test
    void shouldKeepWhatAnEarlierUpdateChanged() {
        update("bandPpm:50000");
        final Event told = only(update("collarPpm:40000"), "SecurityDefinition");

        assertEquals("50000", told.get("bandPpm"));
        assertEquals("40000", told.get("collarPpm"));
    }

    @Test
    void shouldChangeTermsWithTheCommandAnnounced() {
        final long now = bed.operator("Deposit:{accountId:100,assetId:1,amount:'1'}")
                .get(0)
                .body()
                .get("stamp")
                .get("matchSeq")
                .asLong();
        final List<Event> announced = update("activationSequence:'" + (now + 3) + "',takerFeePpm:500,makerFeePpm:0");
        final List<Event> before = bed.operator("Deposit:{accountId:100,assetId:1,amount:'1'}");
        final List<Event> with = bed.operator("Deposit:{accountId:100,assetId:1,amount:'1'}");

        assertEquals(List.of("CommandAccepted"), lines(announced));
        assertEquals(List.of("BalanceChanged"), lines(before));
        assertEquals(List.of("SecurityDefinition", "BalanceChanged"), lines(with));
        assertEquals("500", with.get(0).get("takerFeePpm"));
    }

    @Test
    void shouldChargeTheNewFeeFromThenOn() {
        bed.tick("100");
        bed.sell(MAKER, 100, 10, "100", "");
        update("takerFeePpm:1000,makerFeePpm:0");

        final List<Event> events = bed.buy(VenueBed.TAKER, 200, 10, "100", "");

        final List<String> fees = lines(events, "fee").stream()
                .filter(line -> line.startsWith("Fill"))
                .toList();
        assertEquals(List.of("Fill 1", "Fill 0"), fees);
    }

    @Test
    void shouldHashTheRulesInForceWhicheverWayTheyCameAbout() {
        final String defined = ruleHash(bed.operator(instrument(8, "NEW", ",bandPpm:50000")));
        final VenueBed other = VenueBed.trading();
        final String plain = ruleHash(other.operator(instrument(8, "NEW", "")));
        final String updated =
                ruleHash(other.operator("InstrumentUpdate:{instrumentId:8,bandPpm:50000,marketProtectionPpm:50000}"));

        assertNotEquals(defined, plain);
        assertEquals(defined, updated);
    }

    @Test
    void shouldRefuseTermsThatAreNotSound() {
        assertEquals("UNKNOWN_INSTRUMENT 2", refusal("InstrumentUpdate:{instrumentId:77}"));
        assertEquals("BAD_VALUE 3", refusalOf("activationSequence:'1'"));
        assertEquals("BAD_VALUE 4", refusalOf("maxOrderQuantity:'0'"));
        assertEquals("BAD_VALUE 5", refusalOf("maxPositionQuantity:'0'"));
        assertEquals("OVERFLOW 5", refusalOf("maxPositionQuantity:'9000000000000000000'"));
        assertEquals("BAD_VALUE 6", refusalOf("takerFeePpm:100"));
        assertEquals("BAD_VALUE 7", refusalOf("makerFeePpm:100"));
        assertEquals("BAD_VALUE 6", refusalOf("takerFeePpm:100,makerFeePpm:-101"));
        assertEquals("BAD_VALUE 7", refusalOf("takerFeePpm:100001,makerFeePpm:0"));
        assertEquals("BAD_VALUE 8", refusalOf("liquidationFeePpm:-1"));
        assertEquals("BAD_VALUE 9", refusalOf("maxOpenOrders:0"));
        assertEquals("BAD_VALUE 10", refusalOf("bandPpm:1000000"));
        assertEquals("BAD_VALUE 11", refusalOf("collarPpm:-1"));
        assertEquals("BAD_VALUE 12", refusalOf("marketProtectionPpm:1000000"));
        assertEquals("BAD_VALUE 13", refusalOf("takerDelayUs:10000001"));
        assertEquals("BAD_VALUE 14", refusalOf("limitMs:0"));
        assertEquals("BAD_VALUE 15", refusalOf("haltMs:86400001"));
        assertEquals("BAD_VALUE 16", refusalOf("auctionMs:0"));
    }

    @Test
    void shouldKeepPositionsWithinWhatTenYearsOfFundingCanCome() {
        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(update("maxPositionQuantity:'2000000'")));
        bed.operator("FundingRules:{instrumentId:1,rule:'PREMIUM_HOURLY',capRate:'0.0001'}");

        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(update("maxPositionQuantity:'500'")));
        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(update("maxPositionQuantity:'1048576'")));
        assertEquals("OVERFLOW 5", refusalOf("maxPositionQuantity:'1048577'"));
    }

    @Test
    void shouldHashTheTermsAndNotWhatIsOpen() {
        bed.operator("MarginTierSet:{instrumentId:1,openInterestLower:'1',openInterestUpper:'100000',"
                + "tiers:[{floor:'0',initialMarginPpm:100000}]}");
        final String nothingOpen = ruleHash(update("bandPpm:500000"));
        bed.sell(VenueBed.MAKER, 100, 1, "100", "");
        bed.buy(VenueBed.TAKER, 200, 1, "100", "");
        bed.sequencer("ClockTick:{tickTimeNs:0}");

        assertEquals(nothingOpen, ruleHash(update("bandPpm:500000")));
    }

    private List<Event> update(final String terms) {
        return bed.operator("InstrumentUpdate:{instrumentId:1," + terms + "}");
    }

    private String refusalOf(final String terms) {
        return refusal("InstrumentUpdate:{instrumentId:1," + terms + "}");
    }

    private String refusal(final String command) {
        final Event reject = only(bed.operator(command), "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    private static String ruleHash(final List<Event> events) {
        return only(events, "SecurityDefinition").get("ruleHash");
    }
}
