package org.isochron.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;

class JournalPrinterTest {
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final MemoryJournal journal = store.open("log");
    private final TestLog log = new TestLog(journal);
    private final List<String> printed = new ArrayList<>();

    @Test
    void shouldPrintTheFramesAskedForBothEndsIncluded() {
        log.ticksUpTo(5);

        print(2, 3);

        assertEquals(
                List.of(
                        "{\"seq\":\"2\",\"at\":\"1970-01-01T00:00:00.000002000Z\",\"type\":\"SEQUENCER\",\"source\":1,"
                                + "\"gateway\":0,\"epoch\":1,\"ClockTick\":{\"tickTimeNs\":\"2000\"}}",
                        "{\"seq\":\"3\",\"at\":\"1970-01-01T00:00:00.000003000Z\",\"type\":\"SEQUENCER\",\"source\":1,"
                                + "\"gateway\":0,\"epoch\":1,\"ClockTick\":{\"tickTimeNs\":\"3000\"}}"),
                printed);
    }

    @Test
    void shouldPrintUpToTheEndWhenMoreIsAskedFor() {
        log.ticksUpTo(2100);

        print(1, Long.MAX_VALUE);

        assertEquals(2100, printed.size());
    }

    @Test
    void shouldPrintNothingWhenTheRangeIsEmpty() {
        log.ticksUpTo(5);

        print(4, 3);
        print(6, 9);
        print(0, 0);

        assertEquals(List.of(), printed);
    }

    @Test
    void shouldPrintTheBytesOfAPayloadThatIsNoMessage() {
        log.garbage(9);

        print(1, 1);

        assertEquals(
                List.of("{\"seq\":\"1\",\"at\":\"1970-01-01T00:00:00.000001000Z\",\"type\":\"SESSION\",\"source\":7,"
                        + "\"gateway\":0,\"epoch\":1,"
                        + "\"Unreadable\":{\"code\":\"SCHEMA_VERSION\",\"bytes\":\"a5a5a5a5a5a5a5a5a5\"}}"),
                printed);
    }

    @Test
    void shouldPrintWhatComesBeforeADamagedFrameAndNameIt() {
        log.ticksUpTo(5);
        store.flipByte("log", 4, Frame.HEADER_LENGTH);

        final JournalException damage = assertThrows(JournalException.class, () -> print(1, 5));

        assertEquals(4, damage.sequence());
        assertEquals(3, printed.size());
    }

    private void print(final long fromSequence, final long toSequence) {
        new JournalPrinter(printed::add).print(journal.newReader(), fromSequence, toSequence);
    }
}
