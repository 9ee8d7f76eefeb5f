package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.OPERATOR;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MassCancelDeskTest {
    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void rest() {
        bed.operator(VenueBed.instrument(2, "ETH-PERP", ""));
        bed.tick(2, 0, "100");
        bed.buy(MAKER, 100, 1, "97", ",clOrdId:1,userTag:'5'");
        bed.buy(MAKER, 100, 1, "98", ",clOrdId:2");
        bed.buy(MAKER, 100, 1, "99", ",clOrdId:3");
        bed.sell(MAKER, 100, 1, "101", ",clOrdId:4,userTag:'5'");
        bed.buy(MAKER, 100, 1, "98", ",clOrdId:5,instrumentId:2");
        bed.buy(MAKER, 101, 1, "96", ",clOrdId:6");
        bed.sell(TAKER, 200, 1, "102", ",clOrdId:7");
    }

    private List<Event> cancel(final long session, final String fields) {
        return bed.send(session, "MassCancel:{clOrdId:9," + fields + "}");
    }

    private static String cancelled(final List<Event> events) {
        final List<String> ids = events.stream()
                .filter(event -> event.name().equals("Cancelled"))
                .map(event -> event.get("clOrdId"))
                .sorted()
                .toList();
        assertEquals(Integer.toString(ids.size()), only(events, "MassCancelAck").get("count"));
        return String.join(" ", ids);
    }

    private static String refusal(final List<Event> events) {
        final Event reject = only(events, "BusinessReject");
        return reject.get("code") + " " + reject.get("refFieldId");
    }

    @Test
    void shouldTakeExactlyWhatEachScopeNames() {
        assertEquals("1 4", cancelled(cancel(MAKER, "accountId:100,scope:'USER_TAG',userTag:'5'")));
        assertEquals(
                "2",
                cancelled(
                        cancel(
                                MAKER,
                                "accountId:100,scope:'PRICE_RANGE',instrumentId:1,side:'BUY',fromPrice:'97.995',toPrice:'98.999'")));
        assertEquals("", cancelled(cancel(MAKER, "accountId:100,scope:'SIDE',instrumentId:1,side:'SELL'")));
        assertEquals("3", cancelled(cancel(MAKER, "accountId:100,scope:'SIDE',instrumentId:1,side:'BUY'")));
        assertEquals("5", cancelled(cancel(MAKER, "accountId:100,scope:'INSTRUMENT',instrumentId:2")));
        assertEquals("6", cancelled(cancel(MAKER, "accountId:101,scope:'ACCOUNT'")));
        assertEquals("7", cancelled(cancel(TAKER, "scope:'FIRM'")));
        assertEquals(0, bed.venue.inspection().summary().openOrders());
    }

    @Test
    void shouldTakeWaitingStopsButByPriceOnlyThoseThatHaveOne() {
        bed.buy(MAKER, 101, 1, "150", ",clOrdId:8,ordType:'STOP',triggerPrice:'150'");
        bed.buy(MAKER, 101, 1, "1", ",clOrdId:10,ordType:'STOP',triggerPrice:'150',price:null");

        assertEquals(
                "6 8",
                cancelled(cancel(
                        MAKER,
                        "accountId:101,scope:'PRICE_RANGE',instrumentId:1,side:'BUY',fromPrice:'0',toPrice:'10000'")));
        assertEquals("10", cancelled(cancel(MAKER, "accountId:101,scope:'ACCOUNT'")));
    }

    @Test
    void shouldTakeAllAccountsOfTheFirmThatTheSessionTrades() {
        assertEquals("1 2 3 4 5 6", cancelled(cancel(MAKER, "scope:'FIRM'")));
    }

    @Test
    void shouldLetTheOperatorCancelAnyAccountAndTellItsSession() {
        final List<Event> events = cancel(OPERATOR, "accountId:200,scope:'ACCOUNT'");

        assertEquals("7", cancelled(events));
        assertEquals("ADMIN", only(events, "Cancelled").get("reason"));
        assertEquals(TAKER, only(events, "Cancelled").stamp("sessionId"));
        assertEquals(OPERATOR, only(events, "MassCancelAck").stamp("sessionId"));
    }

    @Test
    void shouldRefuseWhatItCannotCarryOut() {
        assertEquals("BAD_VALUE 9", refusal(cancel(MAKER, "accountId:100")));
        assertEquals("BAD_VALUE 11", refusal(cancel(MAKER, "accountId:100,scope:'MMP_GROUP',mmpGroup:7")));
        assertEquals("UNKNOWN_ACCOUNT 2", refusal(cancel(MAKER, "accountId:999,scope:'ACCOUNT'")));
        assertEquals("SESSION_SCOPE 2", refusal(cancel(MAKER, "accountId:200,scope:'ACCOUNT'")));
        assertEquals("UNKNOWN_INSTRUMENT 8", refusal(cancel(MAKER, "accountId:100,scope:'INSTRUMENT',instrumentId:9")));
        assertEquals("BAD_VALUE 10", refusal(cancel(MAKER, "accountId:100,scope:'SIDE',instrumentId:1")));
        assertEquals("BAD_VALUE 7", refusal(cancel(MAKER, "accountId:100,scope:'USER_TAG'")));
        assertEquals("SESSION_SCOPE 9", refusal(cancel(OPERATOR, "scope:'FIRM'")));
        final String range = "accountId:100,scope:'PRICE_RANGE',instrumentId:1,side:'BUY',";
        assertEquals("BAD_VALUE 5", refusal(cancel(MAKER, range + "toPrice:'99'")));
        assertEquals("BAD_VALUE 6", refusal(cancel(MAKER, range + "fromPrice:'99',toPrice:'98'")));
        assertEquals(7, bed.venue.inspection().summary().openOrders());
    }
}
