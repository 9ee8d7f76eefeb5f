package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.instrument;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class DefinitionDeskTest {
    private final VenueBed bed = VenueBed.trading();

    private String refusal(final String command) {
        final List<Event> events = bed.operator(command);
        final Event reject = only(events, "BusinessReject");
        assertEquals(1, events.size());
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    private String refusalOf(final String part, final String instead) {
        return refusal(instrument(9, "NEW", "").replace(part, instead));
    }

    @Test
    void shouldListAnInstrumentAndTellTheMarket() {
        final List<Event> events = bed.operator(instrument(9, "NEW", ""));

        assertEquals(List.of("CommandAccepted", "SecurityDefinition"), lines(events));
        assertEquals(
                "NEW 0.01 LINEAR ORACLE",
                String.join(
                        " ",
                        events.get(1).get("symbol"),
                        events.get(1).get("tickSize"),
                        events.get(1).get("kind"),
                        events.get(1).get("markRule")));
        assertEquals(9, bed.venue.inspection().instrumentId("NEW"));
        assertEquals("NEW", bed.venue.inspection().instrumentSymbol(9));
        assertEquals(1, bed.venue.inspection().settleAssetId(9));
    }

    @Test
    void shouldRefuseAnInstrumentThatIsNotSound() {
        assertEquals("BAD_VALUE 2", refusal(instrument(0, "NEW", "")));
        assertEquals("BAD_VALUE 2", refusal(instrument(4_000_000_000L, "NEW", "")));
        assertEquals("BAD_VALUE 3", refusal(instrument(9, "", "")));
        assertEquals("BAD_VALUE 3", refusal(instrument(9, "A B", "")));
        assertEquals("ALREADY_DEFINED 2", refusal(instrument(1, "NEW", "")));
        assertEquals("ALREADY_DEFINED 3", refusal(instrument(9, "BTC-PERP", "")));
        assertEquals("BAD_VALUE 4", refusalOf("tickSize:'0.01'", "tickSize:'0'"));
        assertEquals("BAD_VALUE 5", refusalOf("lotSize:'1'", "lotSize:'-1'"));
        assertEquals("BAD_VALUE 6", refusalOf("maxPrice:'10000'", "maxPrice:'10000.001'"));
        assertEquals("BAD_VALUE 7", refusalOf("maxOrderQuantity:'100000'", "maxOrderQuantity:'0'"));
        assertEquals("BAD_VALUE 8", refusalOf("maxPositionQuantity:'1000000'", "maxPositionQuantity:'0'"));
        assertEquals("UNKNOWN_ASSET 9", refusalOf("settleAssetId:1", "settleAssetId:7"));
        assertEquals("BAD_VALUE 10", refusalOf("initialMarginPpm:100000", "initialMarginPpm:49999"));
        assertEquals("BAD_VALUE 10", refusalOf("initialMarginPpm:100000", "initialMarginPpm:1000001"));
        assertEquals("BAD_VALUE 11", refusalOf("maintenanceMarginPpm:50000", "maintenanceMarginPpm:0"));
        assertEquals("BAD_VALUE 12", refusalOf("makerFeePpm:0,takerFeePpm:0", "makerFeePpm:-11,takerFeePpm:10"));
        assertEquals("BAD_VALUE 13", refusalOf("takerFeePpm:0", "takerFeePpm:100001"));
        assertEquals("BAD_VALUE 14", refusalOf("liquidationFeePpm:0", "liquidationFeePpm:-1"));
        assertEquals("BAD_VALUE 15", refusalOf("maxOpenOrders:100000", "maxOpenOrders:0"));
        assertEquals("BAD_VALUE 16", refusal(instrument(9, "NEW", ",indexStaleMs:0")));
        assertEquals("NOT_SUPPORTED 18", refusal(instrument(9, "NEW", ",markRule:'FAIR_BASIS'")));
        assertEquals("BAD_VALUE 19", refusal(instrument(9, "NEW", ",requiredSources:17")));
        assertEquals("BAD_VALUE 19", refusal(instrument(9, "NEW", ",requiredSources:0")));
    }

    @Test
    void shouldRefuseAContractWorthAFractionOfAQuantum() {
        assertEquals("K_FRACTIONAL 5", refusalOf("lotSize:'1'", "lotSize:'0.00001'"));
        assertEquals(
                "CommandAccepted",
                bed.operator(instrument(9, "NEW", "").replace("lotSize:'1'", "lotSize:'0.0001'"))
                        .get(0)
                        .name());
    }

    @Test
    void shouldRefuseAPositionThatCouldOutgrowSixtyBits() {
        // 2^60 quanta at 10^6 ticks and K = 10^4 are 115,292,150 lots.
        assertEquals(
                "CommandAccepted",
                bed.operator(instrument(9, "NEW", "")
                                .replace("maxPositionQuantity:'1000000'", "maxPositionQuantity:'115292150'"))
                        .get(0)
                        .name());
        assertEquals(
                "OVERFLOW 8",
                refusal(instrument(10, "NEWER", "")
                        .replace("maxPositionQuantity:'1000000'", "maxPositionQuantity:'115292151'")));
        assertEquals(
                "OVERFLOW 5",
                refusal(instrument(10, "NEWER", "")
                        .replace("tickSize:'0.01'", "tickSize:'9000000000'")
                        .replace("maxPrice:'10000'", "maxPrice:'9000000000'")
                        .replace("lotSize:'1'", "lotSize:'9000000000'")));
    }

    @Test
    void shouldRefuseAssetsFirmsAndAccountsThatAreNotSound() {
        assertEquals("BAD_VALUE 2", refusal("AssetDefine:{assetId:0,symbol:'EUR',scale:6}"));
        assertEquals("BAD_VALUE 3", refusal("AssetDefine:{assetId:2,symbol:'',scale:6}"));
        assertEquals("BAD_VALUE 4", refusal("AssetDefine:{assetId:2,symbol:'EUR',scale:10}"));
        assertEquals("ALREADY_DEFINED 2", refusal("AssetDefine:{assetId:1,symbol:'EUR',scale:6}"));
        assertEquals("ALREADY_DEFINED 3", refusal("AssetDefine:{assetId:2,symbol:'USD',scale:6}"));
        assertEquals("BAD_VALUE 2", refusal("FirmDefine:{firmId:0,symbol:'X'}"));
        assertEquals("BAD_VALUE 3", refusal("FirmDefine:{firmId:9}"));
        assertEquals("ALREADY_DEFINED 2", refusal("FirmDefine:{firmId:1,symbol:'X'}"));
        assertEquals("BAD_VALUE 2", refusal("AccountDefine:{accountId:4000000001,firmId:1}"));
        assertEquals("UNKNOWN_FIRM 3", refusal("AccountDefine:{accountId:900,firmId:9}"));
        assertEquals("ALREADY_DEFINED 2", refusal("AccountDefine:{accountId:100,firmId:1}"));
    }

    @Test
    void shouldRefuseSessionsThatAreNotSound() {
        assertEquals("BAD_VALUE 2", refusal("SessionDefine:{sessionId:0,role:'RISK',accounts:[]}"));
        assertEquals("BAD_VALUE 7", refusal("SessionDefine:{sessionId:60,accounts:[]}"));
        assertEquals("BAD_VALUE 4", refusal("SessionDefine:{sessionId:60,role:'MAKER',accounts:[]}"));
        assertEquals("BAD_VALUE 4", refusal("SessionDefine:{sessionId:60,role:'RISK',firmId:1,accounts:[]}"));
        assertEquals("UNKNOWN_FIRM 4", refusal("SessionDefine:{sessionId:60,role:'MAKER',firmId:9,accounts:[]}"));
        assertEquals(
                "BAD_VALUE 5", refusal("SessionDefine:{sessionId:60,role:'RISK',messagesPerSecond:0,accounts:[]}"));
        assertEquals("BAD_VALUE 6", refusal("SessionDefine:{sessionId:60,role:'RISK',burst:0,accounts:[]}"));
        assertEquals(
                "UNKNOWN_ACCOUNT 11",
                refusal("SessionDefine:{sessionId:60,role:'MAKER',firmId:1,accounts:[{accountId:900}]}"));
        assertEquals(
                "SESSION_SCOPE 11",
                refusal("SessionDefine:{sessionId:60,role:'MAKER',firmId:1,accounts:[{accountId:200}]}"));
        assertEquals(
                "ALREADY_DEFINED 7", refusal("SessionDefine:{sessionId:10,role:'DROP_COPY',firmId:1,accounts:[]}"));
        assertEquals("ALREADY_DEFINED 4", refusal("SessionDefine:{sessionId:10,role:'MAKER',firmId:2,accounts:[]}"));
    }

    @Test
    void shouldTakeCapacitiesOnlyBeforeAnythingElse() {
        assertEquals("ALREADY_DEFINED -", refusal("VenueDefine:{maxAssets:2}"));
        final VenueBed blank = VenueBed.blank();
        assertEquals(
                "BAD_VALUE",
                only(blank.operator("VenueDefine:{maxOrders:0}"), "BusinessReject")
                        .get("code"));
        assertEquals(
                "BAD_VALUE",
                only(blank.operator("VenueDefine:{maxSessions:513}"), "BusinessReject")
                        .get("code"));
        assertEquals(
                "CommandAccepted",
                blank.operator(
                                "VenueDefine:{maxAssets:1,maxInstruments:1,maxAccounts:1,maxSessions:2,maxFirms:1,maxPositions:2,maxOrders:1}")
                        .get(0)
                        .name());
        blank.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        assertEquals(
                "CAPACITY",
                only(blank.operator("AssetDefine:{assetId:2,symbol:'EUR',scale:6}"), "BusinessReject")
                        .get("code"));
        blank.operator("FirmDefine:{firmId:1,symbol:'A'}");
        assertEquals(
                "CAPACITY",
                only(blank.operator("FirmDefine:{firmId:2,symbol:'B'}"), "BusinessReject")
                        .get("code"));
        blank.operator(instrument(1, "ONE", ""));
        assertEquals(
                "CAPACITY",
                only(blank.operator(instrument(2, "TWO", "")), "BusinessReject").get("code"));
        blank.account(1, 1, "1000");
        assertEquals(
                "CAPACITY",
                only(blank.operator("AccountDefine:{accountId:2,firmId:1}"), "BusinessReject")
                        .get("code"));
        blank.session(2, 1, "{accountId:1}");
        assertEquals(
                "CAPACITY",
                only(blank.operator("SessionDefine:{sessionId:3,role:'RISK',accounts:[]}"), "BusinessReject")
                        .get("code"));
    }

    @Test
    void shouldRefuseOrdersBeyondTheVenuesRoom() {
        final VenueBed small = VenueBed.blank();
        small.operator("VenueDefine:{maxOrders:1,maxPositions:2}");
        small.operator("AssetDefine:{assetId:1,symbol:'USD',scale:6}");
        small.operator(instrument(1, "ONE", ""));
        small.operator("FirmDefine:{firmId:1,symbol:'A'}");
        small.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:1,accounts:[]}");
        small.connect(VenueBed.PUBLISHER);
        small.account(1, 1, "1000");
        small.account(2, 1, "1000");
        small.session(10, 1, "{accountId:1},{accountId:2}");
        small.tick("100");
        assertEquals("OrderAck", small.buy(10, 1, 1, "99", "").get(0).name());

        assertEquals(
                "OPEN_ORDER_LIMIT",
                only(small.buy(10, 1, 1, "98", ""), "Reject").get("code"));
        small.send(10, "Cancel:{accountId:1,instrumentId:1,clOrdId:9,origClOrdId:1}");
        assertEquals("CAPACITY", only(small.buy(10, 2, 1, "98", ""), "Reject").get("code"), "no position left");
    }

    // Cash and prices

    @Test
    void shouldMoveCashInAndOutAndRefuseWhatMarginNeeds() {
        bed.buy(VenueBed.MAKER, 100, 1_000, "100", "");

        assertEquals("INSUFFICIENT_FUNDS 3", refusal("Withdraw:{accountId:100,assetId:1,amount:'990000.000001'}"));
        final Event out = only(bed.operator("Withdraw:{accountId:100,assetId:1,amount:'990000'}"), "BalanceChanged");
        assertEquals(
                "-990000 10000 WITHDRAWAL",
                out.get("amount") + " " + out.get("balanceAfter") + " " + out.get("reason"));
        assertEquals(1, out.stamp("firmId"));
        assertEquals(VenueBed.OPERATOR, out.stamp("sessionId"));
    }

    @Test
    void shouldRefuseCashThatCannotBe() {
        assertEquals("UNKNOWN_ACCOUNT 2", refusal("Deposit:{accountId:999,assetId:1,amount:'1'}"));
        assertEquals("UNKNOWN_ASSET 4", refusal("Deposit:{accountId:100,assetId:9}"));
        assertEquals("BAD_VALUE 3", refusal("Deposit:{accountId:100,assetId:1,amount:'0'}"));
        assertEquals("BAD_VALUE 3", refusal("Withdraw:{accountId:100,assetId:1,amount:'-1'}"));
        assertEquals("OVERFLOW 3", refusal("Deposit:{accountId:100,assetId:1,amount:'1152921504606'}"));
    }

    private String refusedTick(final String fields) {
        final Event reject = only(bed.send(VenueBed.PUBLISHER, "PriceTick:{" + fields + "}"), "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldRefuseTicksThatMeanNothing() {
        assertEquals("UNKNOWN_INSTRUMENT 2", refusedTick("instrumentId:9,source:0,price:'100'"));
        assertEquals("BAD_VALUE 3", refusedTick("instrumentId:1,source:0"));
        assertEquals("BAD_VALUE 3", refusedTick("instrumentId:1,source:0,price:'0.004'"));
        assertEquals("PRICE_BAND 3", refusedTick("instrumentId:1,source:0,price:'10000.001'"));
        assertEquals("SESSION_SCOPE 6", refusedTick("instrumentId:1,source:3,price:'100'"));
        assertEquals("BAD_VALUE 6", refusedTick("instrumentId:1,source:16,price:'100'"));
    }

    @Test
    void shouldRoundATickToTheNearestAndTellTheMarket() {
        final Event told = only(bed.tick("100.005"), "MarkIndex");

        assertEquals(
                "100.01 100.01 VALID ORACLE",
                String.join(" ", told.get("indexPrice"), told.get("markPrice"), told.get("state"), told.get("rule")));
    }

    @Test
    void shouldNeedAsManySourcesAsTheInstrumentSays() {
        bed.operator(instrument(2, "TWO", ",requiredSources:2,indexStaleMs:1000"));
        assertEquals("INVALID", only(bed.tick(2, 0, "100"), "MarkIndex").get("state"));
        assertEquals("VALID", only(bed.tick(2, 1, "101"), "MarkIndex").get("state"));

        final Event told = only(bed.pass(1_100), "MarkIndex");

        assertEquals("INVALID 100", told.get("state") + " " + told.get("markPrice"));
    }

    @Test
    void shouldAcceptFinishedScansAndRefuseThoseOfTheFuture() {
        assertEquals(
                "CommandAccepted",
                bed.send(VenueBed.RISK, "ScanCompleted:{bucketsJudged:3,scannedSequence:'5'}")
                        .get(0)
                        .name());
        assertEquals(5, bed.venue.inspection().summary().scannedSequence());
        assertEquals(
                "BAD_VALUE",
                only(bed.send(VenueBed.RISK, "ScanCompleted:{scannedSequence:'99999'}"), "BusinessReject")
                        .get("code"));
    }
}
