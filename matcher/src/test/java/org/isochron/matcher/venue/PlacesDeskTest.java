package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.RISK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.matcher.venue.VenueBed.Event;
import org.junit.jupiter.api.Test;

/** What risk nodes tell of the deleveraging queue and of the largest holders. */
final class PlacesDeskTest {
    private final VenueBed bed = VenueBed.tradingInASmallVenue();

    private List<Event> places(final String holders) {
        return bed.send(RISK, "DeleveragePlaces:{instrumentId:1,observedSequence:5,holders:[" + holders + "]}");
    }

    private List<Event> concentration(final String figures) {
        return bed.send(RISK, "HolderConcentration:{instrumentId:1,observedSequence:5," + figures + "}");
    }

    private static List<String> refusal(final List<Event> events) {
        return VenueBed.lines(events, "code", "refFieldId", "refValue", "limitValue");
    }

    @Test
    void shouldTellEachHolderItsPlace() {
        assertEquals(
                List.of("DeleveragePlace 5 100 BTC-PERP 5", "DeleveragePlace 5 200 BTC-PERP 1"),
                VenueBed.lines(
                        places("{accountId:100,fifth:5},{accountId:200,fifth:1}"),
                        "observedSequence",
                        "accountId",
                        "instrumentId",
                        "fifth"));
    }

    @Test
    void shouldTellNobodyWhenOnePlaceIsNone() {
        assertEquals(
                List.of("BusinessReject BAD_VALUE 6 0 1"),
                refusal(places("{accountId:100,fifth:5},{accountId:200,fifth:0}")));
        assertEquals(
                List.of("BusinessReject BAD_VALUE 6 6 5"),
                refusal(places("{accountId:100,fifth:6},{accountId:200,fifth:1}")));
        assertEquals(
                List.of("BusinessReject UNKNOWN_ACCOUNT 5 999"),
                refusal(places("{accountId:100,fifth:5},{accountId:999,fifth:1}")));
        assertEquals(
                List.of("BusinessReject UNKNOWN_ACCOUNT 5 4000000002"),
                refusal(places("{accountId:4000000002,fifth:1}")));
        assertEquals(List.of("BusinessReject BAD_VALUE 4 0 1"), refusal(places("")));
    }

    @Test
    void shouldRefuseAnUnknownInstrumentAndAStateThatIsStillToCome() {
        assertEquals(
                List.of("BusinessReject UNKNOWN_INSTRUMENT 2 9"),
                refusal(bed.send(
                        RISK,
                        "DeleveragePlaces:{instrumentId:9,observedSequence:5,holders:[{accountId:100,fifth:1}]}")));
        final long next = bed.log().size() + 1;
        assertEquals(
                List.of("BusinessReject BAD_VALUE 3 " + next + " " + (next - 1)),
                refusal(bed.send(
                        RISK,
                        "DeleveragePlaces:{instrumentId:1,observedSequence:" + next
                                + ",holders:[{accountId:100,fifth:1}]}")));
    }

    @Test
    void shouldTellEverybodyWhatTheLargestHold() {
        assertEquals(
                List.of("LargestHolders 50 10 30 40 5 25 50"),
                VenueBed.lines(
                        concentration("longLargest:'10',longLargest5:'30',longLargest10:'40',"
                                + "shortLargest:'5',shortLargest5:'25',shortLargest10:'50',openInterest:'50'"),
                        "openInterest",
                        "longLargest",
                        "longLargest5",
                        "longLargest10",
                        "shortLargest",
                        "shortLargest5",
                        "shortLargest10"));
    }

    @Test
    void shouldRefuseFiguresThatCannotBe() {
        final String longs = "longLargest:'10',longLargest5:'30',longLargest10:'40',";
        final String shorts = "shortLargest:'5',shortLargest5:'25',shortLargest10:'50',";
        assertEquals(
                List.of("BusinessReject BAD_VALUE 9 50 49"),
                refusal(concentration(longs + shorts + "openInterest:'49'")));
        assertEquals(
                List.of("BusinessReject BAD_VALUE 5 9 10"),
                refusal(concentration(
                        "longLargest:'10',longLargest5:'9',longLargest10:'40'," + shorts + "openInterest:'50'")));
        assertEquals(
                List.of("BusinessReject BAD_VALUE 7 -1 0"),
                refusal(concentration(
                        longs + "shortLargest:'-1',shortLargest5:'25',shortLargest10:'50',openInterest:'50'")));
        assertEquals(
                List.of("BusinessReject BAD_VALUE 10 -1 0"),
                refusal(concentration(longs + shorts + "openInterest:'-1'")));
    }
}
