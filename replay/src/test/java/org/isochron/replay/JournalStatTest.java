package org.isochron.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;

class JournalStatTest {
    private final MemoryJournal journal = new MemoryJournalStore().open("log");
    private final TestLog log = new TestLog(journal);

    @Test
    void shouldCountFramesByMessage() {
        log.ticksUpTo(5);
        log.hashReport(1, 5, new NounHashes(1, 2, 3, 4));
        log.garbage(20);

        final JournalStat stat = JournalStat.of(journal.newReader());

        assertEquals(7, stat.frames());
        assertEquals(1, stat.firstSequence());
        assertEquals(7, stat.lastSequence());
        assertEquals(1000, stat.firstTimestampNs());
        assertEquals(7000, stat.lastTimestampNs());
        assertEquals(journal.lastChain(), stat.lastChain());
        assertEquals(1, stat.hashReports());
        assertEquals(Map.of("ClockTick", 5L, "StateHashReport", 1L, "unknown template 42405", 1L), stat.templates());
    }

    @Test
    void shouldReportZerosForAnEmptyJournal() {
        final JournalStat stat = JournalStat.of(journal.newReader());

        assertEquals(0, stat.frames());
        assertEquals(0, stat.lastSequence());
        assertEquals(Map.of(), stat.templates());
    }
}
