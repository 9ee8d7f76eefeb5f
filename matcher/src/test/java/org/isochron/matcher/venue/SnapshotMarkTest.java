package org.isochron.matcher.venue;

import static org.isochron.matcher.venue.VenueBed.MAKER;
import static org.isochron.matcher.venue.VenueBed.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.isochron.sequencer.replica.Noun;
import org.junit.jupiter.api.Test;

class SnapshotMarkTest {
    private static final long OPERATOR = 1;

    private final VenueBed bed = VenueBed.trading();

    @Test
    void shouldAcceptAMarkOfAnOperatorAndChangeNothingOfTheMarket() {
        final long books = bed.venue.hash(Noun.BOOKS);
        final long ledger = bed.venue.hash(Noun.LEDGER);

        assertEquals(List.of("CommandAccepted"), lines(bed.send(OPERATOR, "SnapshotMark:{}")));
        assertEquals(books, bed.venue.hash(Noun.BOOKS));
        assertEquals(ledger, bed.venue.hash(Noun.LEDGER));
    }

    @Test
    void shouldRefuseAMarkOfAMaker() {
        assertEquals("BusinessReject", bed.send(MAKER, "SnapshotMark:{}").get(0).name());
    }

    @Test
    void shouldTakeAMarkOfTheSequencerWithoutAnEvent() {
        assertEquals(List.of(), bed.sequencer("SnapshotMark:{seqNum:null}"));
    }
}
