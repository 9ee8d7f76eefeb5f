package org.isochron.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.replica.Noun;
import org.junit.jupiter.api.Test;

final class JournalDiffTest {
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final TestLog a = new TestLog(store.open("a"));
    private final TestLog b = new TestLog(store.open("b"));

    @Test
    void shouldSayWhichTailIsLonger() {
        a.ticksUpTo(10);
        b.ticksUpTo(13);

        final JournalDiff.Result result = compare();

        assertTrue(result.isSameLog());
        assertEquals(10, result.common());
        assertEquals(10, result.lastA());
        assertEquals(13, result.lastB());
        assertEquals(List.of(), result.dissenting());
    }

    @Test
    void shouldNameTheFirstSequenceThatDiffersAndInWhat() {
        a.ticksUpTo(5);
        b.ticksUpTo(5);
        a.hashReport(11, 3, new NounHashes(1, 2, 3, 4));
        b.hashReport(11, 3, new NounHashes(1, 9, 3, 4));
        a.ticksUpTo(8);
        b.ticksUpTo(9);

        final JournalDiff.Result result = compare();

        assertFalse(result.isSameLog());
        assertEquals(5, result.common());
        assertEquals(
                List.of("crc32c", "payload byte 32"),
                result.fields().stream().map(JournalDiff.FieldDifference::name).toList());
        assertEquals("02", result.fields().get(1).inA());
        assertEquals("09", result.fields().get(1).inB());
        assertEquals(8, result.lastA());
        assertEquals(9, result.lastB());
    }

    @Test
    void shouldNameTheNounOfReportsThatContradictEachOther() {
        for (final TestLog log : List.of(a, b)) {
            log.ticksUpTo(5);
            log.hashReport(11, 3, new NounHashes(1, 2, 3, 4));
            log.hashReport(12, 3, new NounHashes(1, 2, 3, 4));
            log.hashReport(21, 3, new NounHashes(1, 2, 7, 4));
        }

        final JournalDiff.Result result = compare();

        assertTrue(result.isSameLog());
        assertEquals(List.of(new HashDissent.Finding(3, Noun.MARKS, 1021, 7, 1011, 3)), result.dissenting());
    }

    private JournalDiff.Result compare() {
        return new JournalDiff().compare(store.read("a"), store.read("b"), count -> {});
    }
}
