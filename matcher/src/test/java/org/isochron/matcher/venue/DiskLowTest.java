package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** A node's disk runs full, and has room again. */
class DiskLowTest {
    private final VenueBed bed = VenueBed.trading();

    @Test
    void shouldTurnCancelOnlyWhileADiskIsLow() {
        bed.buy(MAKER, 100, 1, "99", "");

        assertEquals("1 DISK_LOW", told(status("DISK_LOW")));
        assertEquals(List.of(), names(status("DISK_LOW")));
        final Event refused = bed.buy(MAKER, 100, 1, "99", "").get(0);
        assertEquals("Reject MARKET_CLOSED", refused.name() + " " + refused.get("code"));
        final String cancel = "Cancel:{accountId:100,instrumentId:1,clOrdId:9,origClOrdId:1}";
        assertEquals(true, names(bed.send(MAKER, cancel)).contains("Cancelled"));

        assertEquals("0 RECOVERED", told(status("RECOVERED")));
        assertEquals(List.of(), names(status("RECOVERED")));
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "99", "").get(0).name());
    }

    @Test
    void shouldNotTakeAnOrderlyStopForALowDisk() {
        assertEquals(List.of(), names(status("STOPPING")));
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "99", "").get(0).name());
    }

    private List<Event> status(final String state) {
        return bed.sequencer("NodeStatus:{nodeId:1,state:'" + state + "'}");
    }

    private static String told(final List<Event> events) {
        return events.get(0).get("cancelOnly") + " " + events.get(0).get("reason");
    }

    private static List<String> names(final List<Event> events) {
        return events.stream().map(Event::name).toList();
    }
}
