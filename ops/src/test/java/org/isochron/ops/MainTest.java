package org.isochron.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void shouldExplainItselfWithExamplesAndExitCodes() {
        assertEquals(0, run("--help"));
        assertAll(
                () -> assertTrue(out.toString().contains("Examples:"), out::toString),
                () -> assertTrue(out.toString().contains("Exit codes:"), out::toString),
                () -> assertTrue(out.toString().contains("journal"), out::toString));
    }

    @Test
    void shouldTellItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("isochron "), out::toString);
    }

    @Test
    void shouldRefuseAnUnknownCommandInOneLineAndPointToTheHelp() {
        assertEquals(2, run("trade"));
        assertTrue(err.toString().startsWith("isochron: "), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
    }

    @Test
    void shouldRefuseAJournalThatIsNotThere() {
        assertEquals(2, run("journal", "stat", directory.resolve("none").toString()));
        assertTrue(err.toString().contains("none: no such journal directory"), err::toString);
        assertFalse(err.toString().contains("\tat "), err::toString);
    }

    @Test
    void shouldShowTheStackTraceOnlyWhenAskedTo() {
        assertEquals(
                2, run("journal", "stat", "--verbose", directory.resolve("none").toString()));
        assertTrue(err.toString().contains("\tat "), err::toString);
    }

    @Test
    void shouldAskWhatToDoWithAJournal() {
        assertEquals(2, run("journal"));
        assertTrue(err.toString().contains("stat or print"), err::toString);
    }

    @Test
    void shouldTellWhatAJournalHolds() {
        writeTicks(3);

        assertEquals(0, run("journal", "stat", journal()), err::toString);
        assertTrue(out.toString().contains("sequence      1 to 3"), out::toString);
        assertTrue(out.toString().contains("3 ClockTick"), out::toString);
    }

    @Test
    void shouldPrintTheFramesAskedFor() {
        writeTicks(5);

        assertEquals(0, run("journal", "print", journal(), "--from", "2", "--to", "3"), err::toString);
        assertEquals(2, out.toString().lines().count(), out::toString);
        assertTrue(out.toString().contains("ClockTick"), out::toString);
    }

    @Test
    void shouldRefuseARangeThatIsNone() {
        writeTicks(1);

        assertEquals(2, run("journal", "print", journal(), "--from", "3", "--to", "2"));
        assertTrue(err.toString().contains("--from is 3 and --to is 2"), err::toString);
    }

    private int run(final String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String journal() {
        return directory.resolve("journal-sequencer").toString();
    }

    private void writeTicks(final int count) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(directory, ChronicleJournalStore.MIN_BLOCK_LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        final int payload = MessageHeaderEncoder.ENCODED_LENGTH + ClockTickEncoder.BLOCK_LENGTH;
        long chain = 0;
        try (Journal journal = store.open("journal-sequencer")) {
            for (int sequence = 1; sequence <= count; sequence++) {
                final long timestampNs = 1_800_000_000_000_000_000L + sequence * 100_000_000L;
                new ClockTickEncoder()
                        .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                        .tickTimeNs(timestampNs);
                Frame.encodeUnstamped(buffer, 0, payload, FrameType.SEQUENCER, 1, 0, 0, 0);
                chain = Frame.stamp(buffer, 0, 1, sequence, timestampNs, chain);
                journal.append(buffer, 0, Frame.HEADER_LENGTH + payload);
            }
        }
    }
}
