package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.isochron.matcher.venue.VenueBed.only;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three voters: the risk session 3 and two replicas. */
class HashDeskTest {
    private static final long A = 51;
    private static final long B = 52;

    private final VenueBed bed = VenueBed.trading();

    @BeforeEach
    void define() {
        bed.operator("SessionDefine:{sessionId:51,role:'REPLICA',accounts:[]}");
        bed.operator("SessionDefine:{sessionId:52,role:'REPLICA',accounts:[]}");
        bed.connect(A);
        bed.connect(B);
    }

    private List<Event> report(final long session, final int sequence, final String books) {
        return bed.send(
                session,
                "StateHashReport:{nodeId:1,atSequence:'" + sequence + "',booksHash:'" + books
                        + "',ledgerHash:'0000000000000001',marksHash:'0000000000000002',sessionsHash:'0000000000000003'}");
    }

    private static final String X = "00000000000000aa";
    private static final String Y = "00000000000000bb";
    private static final String Z = "00000000000000cc";

    @Test
    void shouldAcceptReportsThatAgree() {
        assertEquals(List.of("CommandAccepted"), lines(report(A, 5, X)));
        assertEquals(List.of("CommandAccepted"), lines(report(B, 5, X)));
        assertEquals(List.of("CommandAccepted"), lines(report(RISK, 5, X)));
    }

    @Test
    void shouldTolerateADissenterWhenAMajorityStands() {
        report(A, 5, X);
        report(RISK, 5, X);

        assertEquals(List.of("CommandAccepted"), lines(report(B, 5, Y)));
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "99", "").get(0).name());
    }

    @Test
    void shouldTurnCancelOnlyWhenTwoDifferAndBackWhenAMajorityEmerges() {
        bed.buy(MAKER, 100, 1, "99", "");
        report(A, 5, X);

        final Event status = only(report(B, 5, Y), "VenueStatus");
        assertEquals(
                "1 DIVERGENCE 5",
                status.get("cancelOnly") + " " + status.get("reason") + " " + status.get("atSequence"));
        assertEquals(
                "MARKET_CLOSED",
                only(bed.buy(MAKER, 100, 1, "99", ""), "Reject").get("code"));
        only(bed.send(MAKER, "Cancel:{accountId:100,instrumentId:1,clOrdId:9,origClOrdId:1}"), "Cancelled");

        final Event back = only(report(RISK, 5, Y), "VenueStatus");
        assertEquals("0 RECOVERED", back.get("cancelOnly") + " " + back.get("reason"));
        assertEquals("OrderAck", bed.buy(MAKER, 100, 1, "99", "").get(0).name());
    }

    @Test
    void shouldStayCancelOnlyWhileAllThreeDiffer() {
        report(A, 5, X);
        report(B, 5, Y);
        assertEquals(List.of("CommandAccepted"), lines(report(RISK, 5, Z)));
        assertEquals(true, bed.venue.inspection().summary().cancelOnly());

        report(A, 6, X);
        only(report(B, 6, X), "VenueStatus");

        assertEquals(false, bed.venue.inspection().summary().cancelOnly());
    }

    @Test
    void shouldNotRecoverOnAnOlderSequence() {
        report(A, 5, X);
        report(A, 8, X);
        report(B, 8, Y);

        assertEquals(List.of("CommandAccepted"), lines(report(B, 5, X)));
        assertEquals(true, bed.venue.inspection().summary().cancelOnly());
    }

    @Test
    void shouldNotCountOneVoterTwice() {
        report(A, 5, X);
        report(A, 5, X);
        report(A, 5, X);

        only(report(B, 5, Y), "VenueStatus");
    }

    @Test
    void shouldRefuseAReportOfTheFuture() {
        assertEquals("BAD_VALUE", only(report(A, 999_999, X), "BusinessReject").get("code"));
    }
}
