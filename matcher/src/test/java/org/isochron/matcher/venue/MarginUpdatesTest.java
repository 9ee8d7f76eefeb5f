package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

class MarginUpdatesTest {
    private final VenueBed bed = VenueBed.trading();

    private List<Event> updates() {
        return bed.pass(100).stream()
                .filter(event -> event.name().equals("MarginUpdate"))
                .toList();
    }

    private void listen() {
        bed.operator("SessionDefine:{sessionId:10,firmId:1,role:'MAKER',marginUpdates:1,"
                + "accounts:[{accountId:100},{accountId:101}]}");
    }

    @Test
    void shouldTellNobodyWhoDoesNotWantToKnow() {
        bed.operator("Deposit:{accountId:100,assetId:1,amount:'5'}");
        assertTrue(updates().isEmpty());
    }

    @Test
    void shouldTellOncePerTickWhereABucketStandsAfterItsCashHasChanged() {
        listen();
        updates();
        bed.sell(TAKER, 200, 10, "100", "");
        bed.buy(MAKER, 100, 5, "100", "");
        bed.buy(MAKER, 100, 5, "100", "");
        final List<Event> events = updates();
        assertEquals(
                List.of("MarginUpdate 1000000 100 50 100"),
                lines(events, "equity", "initialMargin", "maintenanceMargin", "accountId"));
        assertEquals(MAKER, events.get(0).stamp("sessionId"));
        assertEquals(1, events.get(0).stamp("firmId"));
        assertTrue(updates().isEmpty());
    }

    @Test
    void shouldTellOfAnIsolatedBucketByItself() {
        bed.send(MAKER, "SetLeverage:{accountId:100,instrumentId:1,clOrdId:1,mode:'ISOLATED'}");
        listen();
        updates();
        bed.buy(MAKER, 100, 10, "99", "");
        assertEquals(
                List.of("MarginUpdate 999899.99998 0 USD", "MarginUpdate 100.00002 100 USD BTC-PERP"),
                lines(updates(), "equity", "initialMargin", "assetId", "instrumentId"));
    }

    @Test
    void shouldRefuseUpdatesForARoleThatTradesNothing() {
        final Event refused = only(
                bed.operator("SessionDefine:{sessionId:2,role:'PUBLISHER',sourceMask:7,marginUpdates:1,accounts:[]}"),
                "BusinessReject");
        assertEquals("BAD_VALUE 9", refused.get("code") + " " + refused.get("refFieldId"));
    }
}
