package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.PUBLISHER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Risk nodes fall silent and come back. Deadline 1 s; instrument 1: mark 100, margin 10 % and 5 %, no fees. */
final class ScanWatchTest {
    private static final long OTHER_RISK = 4;

    private final VenueBed bed = VenueBed.blank();

    @BeforeEach
    void openMarket() {
        bed.operator("VenueDefine:{maxAssets:2,maxInstruments:4,maxAccounts:16,maxPositions:64,maxOrders:2048,"
                + "maxSessions:24,maxFirms:4}");
        bed.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        bed.operator(VenueBed.instrument(1, "BTC-PERP", ",marketProtectionPpm:50000"));
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        bed.operator("FirmDefine:{firmId:1,symbol:'ALPHA'}");
        bed.operator("FirmDefine:{firmId:2,symbol:'BETA'}");
        bed.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,accounts:[]}");
        bed.connect(PUBLISHER);
        bed.account(100, 1, "1000000");
        bed.account(200, 2, "1000000");
        bed.session(MAKER, 1, "{accountId:100}");
        bed.session(TAKER, 2, "{accountId:200}");
        bed.tick("100");
    }

    private void defineRiskNodes() {
        bed.operator("SessionDefine:{sessionId:3,role:'RISK',accounts:[]}");
        bed.operator("SessionDefine:{sessionId:4,role:'RISK',accounts:[]}");
        bed.connect(RISK);
        bed.connect(OTHER_RISK);
        // The watch begins with the first tick.
        bed.pass(100);
    }

    /** Account 100 long 10 lots, account 200 short as many. */
    private void trade() {
        bed.sell(TAKER, 200, 10, "100", "");
        bed.buy(MAKER, 100, 10, "100", "");
    }

    private void fallSilent() {
        defineRiskNodes();
        statuses(bed.pass(1_100));
    }

    private List<String> scan(final long session, final String range) {
        return VenueBed.lines(
                bed.send(session, "ScanCompleted:{bucketsJudged:2,scannedSequence:5" + range + "}"),
                "code",
                "refFieldId",
                "refValue",
                "limitValue");
    }

    private static List<String> statuses(final List<Event> events) {
        return VenueBed.lines(
                events.stream()
                        .filter(event -> event.name().equals("SecurityStatus"))
                        .toList(),
                "state",
                "reason",
                "reduceOnly");
    }

    private static String refusal(final List<Event> events) {
        return only(events, "Reject").get("code");
    }

    private boolean isTaken(final List<Event> events) {
        return events.stream().anyMatch(event -> event.name().equals("OrderAck"));
    }

    @Test
    void shouldWatchNobodyWhereThereIsNoRiskNode() {
        assertEquals(List.of(), statuses(bed.pass(3_000)));
        assertEquals(true, isTaken(bed.buy(MAKER, 100, 1, "99", "")));
    }

    @Test
    void shouldTurnEveryInstrumentReduceOnlyWhenNoScanFinishesInTimeAndBackWithTheNext() {
        defineRiskNodes();
        assertEquals(List.of(), statuses(bed.pass(1_000)));
        final String silent = "SecurityStatus OPEN RISK_SILENT 1";
        assertEquals(List.of(silent, silent), statuses(bed.pass(100)));
        assertEquals(List.of(), statuses(bed.pass(500)));

        scan(RISK, "");
        final String back = "SecurityStatus OPEN RECOVERED 0";
        assertEquals(List.of(back, back), statuses(bed.pass(100)));
        assertEquals(List.of(), statuses(bed.pass(900)));
        assertEquals(List.of(silent, silent), statuses(bed.pass(200)));
    }

    @Test
    void shouldWantAllAccountsCovered() {
        fallSilent();
        scan(RISK, ",toAccountId:1000");
        assertEquals(List.of(), statuses(bed.pass(100)));

        scan(OTHER_RISK, ",fromAccountId:1002");
        assertEquals(List.of(), statuses(bed.pass(100)));

        scan(OTHER_RISK, ",fromAccountId:1001");
        assertEquals(2, statuses(bed.pass(100)).size());
    }

    @Test
    void shouldMissTheRangeOfOneNodeThoughTheOtherScansOn() {
        defineRiskNodes();
        scan(RISK, ",toAccountId:1000");
        scan(OTHER_RISK, ",fromAccountId:900");
        for (int i = 0; i < 9; i++) {
            assertEquals(List.of(), statuses(bed.pass(100)));
            scan(RISK, ",toAccountId:1000");
        }
        assertEquals(2, statuses(bed.pass(200)).size());
    }

    @Test
    void shouldTakeOnlyOrdersThatReduceWhileRiskNodesAreSilent() {
        trade();
        fallSilent();

        assertEquals("RISK_UNAVAILABLE", refusal(bed.buy(MAKER, 100, 1, "99", "")));
        assertEquals("RISK_UNAVAILABLE", refusal(bed.sell(MAKER, 100, 11, "101", "")));
        assertEquals(true, isTaken(bed.sell(MAKER, 100, 6, "101", "")));
        // With the six already open four are left.
        assertEquals("RISK_UNAVAILABLE", refusal(bed.sell(MAKER, 100, 5, "101", "")));
        assertEquals(true, isTaken(bed.sell(MAKER, 100, 4, "101", "")));
        assertEquals(true, isTaken(bed.sell(MAKER, 100, 10, "101", ",flags:['reduceOnly']")));
    }

    @Test
    void shouldRefuseReplacesAndQuotesThatOpen() {
        trade();
        bed.buy(MAKER, 100, 2, "98", "");
        final long resting = bed.lastClOrdId();
        fallSilent();

        assertEquals(
                "RISK_UNAVAILABLE",
                only(
                                bed.send(
                                        MAKER,
                                        "Replace:{accountId:100,instrumentId:1,clOrdId:900,origClOrdId:" + resting
                                                + ",quantity:'3',price:'98'}"),
                                "ReplaceReject")
                        .get("code"));
        assertEquals(
                List.of("ReplaceAck"),
                VenueBed.lines(bed.send(
                                MAKER,
                                "Replace:{accountId:100,instrumentId:1,clOrdId:901,origClOrdId:" + resting
                                        + ",quantity:'1',price:'98'}"))
                        .subList(0, 1));
        final Event quote = only(
                bed.send(
                        TAKER,
                        "MassQuote:{accountId:200,clOrdId:9,quoteSetId:1,entries:[{entryId:1,instrumentId:1,bidPrice:'97',"
                                + "bidQuantity:'10',askPrice:'103',askQuantity:'1'}]}"),
                "MassQuoteAck");
        assertEquals(
                true,
                quote.body().toString().contains("RISK_UNAVAILABLE"),
                () -> quote.body().toString());
    }

    @Test
    void shouldLetRestingOrdersFillMeanwhileThoughTheyOpen() {
        bed.account(201, 2, "1000000");
        bed.session(21, 2, "{accountId:201}");
        bed.sell(MAKER, 100, 5, "100", "");
        bed.buy(21, 201, 5, "100", "");
        bed.buy(TAKER, 200, 3, "99", "");
        fallSilent();

        final List<Event> events = bed.sell(21, 201, 3, "99", "");
        assertEquals(
                2, events.stream().filter(event -> event.name().equals("Fill")).count());
    }

    @Test
    void shouldCancelStopsThatWouldOpenWhenTheyFire() {
        trade();
        bed.buy(MAKER, 100, 1, "110", ",ordType:'STOP',triggerPrice:'101'");
        bed.sell(MAKER, 100, 1, "90", ",ordType:'STOP',triggerPrice:'99'");
        fallSilent();

        assertEquals("MARGIN", only(bed.tick("101"), "Cancelled").get("reason"));
        final List<Event> events = bed.tick("99");
        assertEquals(
                0,
                events.stream()
                        .filter(event -> event.name().equals("Cancelled"))
                        .count());
    }

    @Test
    void shouldCancelWhatWasHeldBackAndWouldOpen() {
        trade();
        bed.operator("InstrumentUpdate:{instrumentId:1,takerDelayUs:500000}");
        defineRiskNodes();
        bed.sell(TAKER, 200, 1, "100.5", "");
        bed.pass(700);
        // Held back until after the watch has found nobody.
        bed.buy(MAKER, 100, 1, "100.5", "");

        final List<Event> events = bed.pass(1_000);
        assertEquals("MARGIN", only(events, "Cancelled").get("reason"));
    }

    @Test
    void shouldGiveTheFullTimeAgainAfterAPauseAndInANewEpoch() {
        defineRiskNodes();
        bed.pass(900);
        bed.nowNs += 3_000_000_000L;
        assertEquals(List.of(), statuses(bed.pass(1_000)));
        bed.sequencer("EpochStart:{epoch:2,sequencerId:1,baseSequence:1,prevChain:'0000000000000000'}");
        assertEquals(List.of(), statuses(bed.pass(900)));
        assertEquals(2, statuses(bed.pass(300)).size());
    }

    @Test
    void shouldStaySilentAfterAPauseUntilThereIsAScan() {
        fallSilent();
        bed.nowNs += 3_000_000_000L;
        assertEquals(List.of(), statuses(bed.pass(500)));
        assertEquals("RISK_UNAVAILABLE", refusal(bed.buy(MAKER, 100, 1, "99", "")));
        scan(RISK, "");
        assertEquals(2, statuses(bed.pass(100)).size());
    }

    @Test
    void shouldRefuseARangeThatIsNone() {
        defineRiskNodes();

        assertEquals(List.of("BusinessReject BAD_VALUE 4 0 1"), scan(RISK, ",fromAccountId:0"));
        assertEquals(List.of("BusinessReject BAD_VALUE 5 99 100"), scan(RISK, ",fromAccountId:100,toAccountId:99"));
        assertEquals(
                List.of("BusinessReject BAD_VALUE 5 4000000000 3999999999"),
                scan(RISK, ",fromAccountId:100,toAccountId:4000000000"));
        assertEquals(List.of("CommandAccepted"), scan(RISK, ",fromAccountId:100,toAccountId:100"));
    }

    @Test
    void shouldTellWithEveryOtherStatusToo() {
        fallSilent();

        assertEquals(
                List.of("SecurityStatus HALT OPERATOR 1"),
                statuses(bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}")));
    }
}
