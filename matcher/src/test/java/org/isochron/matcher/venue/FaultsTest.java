package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.TAKER;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** A part of the venue is broken by hand: what it costs whom. */
class FaultsTest {
    private final VenueBed bed = VenueBed.trading();

    @Test
    void shouldRejectWhatFailsBeforeItChangedAnythingAndHaltItsInstrumentOnly() throws ReflectiveOperationException {
        bed.buy(MAKER, 100, 1, "99", "");
        final long before = bed.venue.stateHash();
        final Object checks = breakPart("newOrderDesk", "checks");

        final List<Event> events = bed.buy(MAKER, 100, 1, "98", "");
        final Event reject = only(events, "Reject");
        assertEquals("INTERNAL", reject.get("code"));
        final Event status = only(events, "SecurityStatus");
        assertEquals("HALT FAULT", status.get("state") + " " + status.get("reason"));
        assertInstanceOf(NullPointerException.class, bed.venue.takeFault());
        assertNull(bed.venue.takeFault());
        assertTrue(before != bed.venue.stateHash());
        bed.venue.verifyInFull();

        mend("newOrderDesk", "checks", checks);
        assertEquals(
                "MARKET_CLOSED",
                only(bed.buy(MAKER, 100, 1, "98", ""), "Reject").get("code"));
        only(bed.send(MAKER, "Cancel:{accountId:100,instrumentId:1,clOrdId:9,origClOrdId:1}"), "Cancelled");
        bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "98", "").get(0).name());
    }

    @Test
    void shouldStayHaltedWhenItFailsWhileAnAuctionIsHeld() throws ReflectiveOperationException {
        bed.verifies = false;
        bed.operator("InstrumentState:{instrumentId:1,state:'AUCTION'}");
        for (int i = 0; i < 2_500; i++) {
            bed.buy(MAKER, 100, 1, "100", "");
        }
        bed.sell(TAKER, 200, 2_500, "100", "");
        bed.operator("InstrumentState:{instrumentId:1,state:'HALT'}");
        bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");
        breakPart("newOrderDesk", "checks");

        final Event status = only(bed.buy(MAKER, 100, 1, "98", ""), "SecurityStatus");
        assertEquals("HALT FAULT", status.get("state") + " " + status.get("reason"), "it was to be opened");
        bed.pass(300);

        assertEquals("HALT", bed.venue.inspection().instrument(1).state().name());
        bed.operator("InstrumentState:{instrumentId:1,state:'OPEN'}");
        bed.pass(300);
        assertEquals("OPEN", bed.venue.inspection().instrument(1).state().name());
        bed.venue.verifyInFull();
    }

    @Test
    void shouldStopAtWhatFailsAfterItChangedSomething() throws ReflectiveOperationException {
        breakPart("matching", "marketData");

        assertThrows(NullPointerException.class, () -> bed.buy(MAKER, 100, 1, "99", ""));
        assertNull(bed.venue.takeFault());
    }

    @Test
    void shouldTellTheSenderOfASkippedCommandAndNotTakeItsNumberAgain() {
        final Event reject = only(
                bed.sequencer("SkipSeq:{sequence:'5',seqNum:40,sessionId:" + MAKER + ",templateId:100}"),
                "BusinessReject");
        assertEquals(
                "INTERNAL 40 100",
                reject.get("code") + " " + reject.get("refSeqNum") + " " + reject.get("refTemplateId"));
    }

    @Test
    void shouldTellNobodyOfASkippedCommandThatNoSessionSent() {
        assertEquals(List.of(), bed.sequencer("SkipSeq:{sequence:'5',templateId:650}"));
    }

    private Object breakPart(final String holder, final String part) throws ReflectiveOperationException {
        final Object desk = find(bed.venue, holder);
        final Field field = desk.getClass().getDeclaredField(part);
        field.setAccessible(true);
        final Object whole = field.get(desk);
        field.set(desk, null);
        return whole;
    }

    private void mend(final String holder, final String part, final Object whole) throws ReflectiveOperationException {
        final Object desk = find(bed.venue, holder);
        final Field field = desk.getClass().getDeclaredField(part);
        field.setAccessible(true);
        field.set(desk, whole);
    }

    private static Object find(final Object venue, final String holder) throws ReflectiveOperationException {
        final Object desks = value(venue, "desks");
        if (holder.equals("matching")) {
            return value(value(desks, "newOrderDesk"), "matching");
        }
        return value(desks, holder);
    }

    private static Object value(final Object owner, final String name) throws ReflectiveOperationException {
        final Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
