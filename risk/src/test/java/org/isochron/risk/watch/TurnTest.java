package org.isochron.risk.watch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldComeAtOnceForTheFirstInRank() {
        assertTrue(new Turn(0).hasCome(5));
    }

    @Test
    void shouldComeAfterTwentyMillisecondsForEachRank() {
        final Turn turn = new Turn(2);

        assertFalse(turn.hasCome(5));
        assertFalse(turn.hasCome(5 + 40 * MS - 1));
        assertTrue(turn.hasCome(5 + 40 * MS));
    }

    @Test
    void shouldWaitAnewWhenAnotherNodeIsHeard() {
        final Turn turn = new Turn(1);
        turn.hasCome(0);
        turn.heard();

        assertFalse(turn.hasCome(20 * MS));
        assertFalse(turn.hasCome(39 * MS));
        assertTrue(turn.hasCome(40 * MS));
    }

    @Test
    void shouldWaitAnewWhenItHasRested() {
        final Turn turn = new Turn(1);
        turn.hasCome(0);
        turn.rest();

        assertFalse(turn.hasCome(100 * MS));
        assertTrue(turn.hasCome(120 * MS));
    }

    @Test
    void shouldPauseAfterARefusalWhateverItsRank() {
        final Turn turn = new Turn(0);
        assertTrue(turn.hasCome(0));
        turn.refused();

        assertFalse(turn.hasCome(1 * MS));
        assertFalse(turn.hasCome(100 * MS));
        assertTrue(turn.hasCome(101 * MS));
        assertTrue(turn.hasCome(102 * MS));
    }

    @Test
    void shouldRefuseARangeThatIsNone() {
        new ScanRange(7, 7, ScanRange.MAX_RANK);
        assertThrows(IllegalArgumentException.class, () -> new ScanRange(0, 7, 0));
        assertThrows(IllegalArgumentException.class, () -> new ScanRange(8, 7, 0));
        assertThrows(IllegalArgumentException.class, () -> new ScanRange(1, ScanRange.HIGHEST + 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ScanRange(1, 7, ScanRange.MAX_RANK + 1));
        assertThrows(IllegalArgumentException.class, () -> new ScanRange(1, 7, -1));
    }
}
