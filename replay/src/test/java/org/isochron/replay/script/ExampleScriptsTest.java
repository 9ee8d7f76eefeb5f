package org.isochron.replay.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.NounHashes;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.replay.audit.LiquidationAudit;
import org.isochron.replay.audit.SolvencyAudit;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the examples and compares what they print with what they printed when somebody last read it. After a deliberate
 * change: {@code mvn -pl replay -am test -Dtest=ExampleScriptsTest -Disochron.write.expected=true}, then read the
 * difference. Where only hashes differ, the layout of the state has changed: journals written before no longer confirm.
 */
class ExampleScriptsTest {
    private static final Path SCRIPTS = Path.of("scripts");
    private static final Path EXPECTED = Path.of("src", "test", "resources", "scripts");

    static Stream<String> names() throws IOException {
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            return scripts
                    .map(script -> script.getFileName().toString().replace(".jsonl", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private final MemoryJournalStore store = new MemoryJournalStore();

    @ParameterizedTest
    @MethodSource("names")
    void shouldPrintWhatIsExpectedByteForByteEachTime(final String name) throws Exception {
        final byte[] once = run(name, store.open("once"));
        final byte[] again = run(name, store.open("again"));

        assertArrayEquals(once, again);
        final Path expected = EXPECTED.resolve(name + ".expected.jsonl");
        if (Boolean.getBoolean("isochron.write.expected")) {
            Files.write(expected, once);
        }
        assertEquals(Files.readString(expected), new String(once, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReplayToTheSameStateFromItsOwnJournal(final String name) throws Exception {
        final MemoryJournal journal = store.open(name);
        final ScriptRunner runner = new ScriptRunner(line -> {}, journal::append);
        try (BufferedReader script = Files.newBufferedReader(script(name))) {
            runner.run(name, script);
        }

        final ReplayReport report = replay(journal);

        assertEquals(journal.lastSequence(), report.lastSequence());
        assertEquals(NounHashes.of(runner.venue()), report.nouns());
        assertTrue(report.isConfirmed());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldFindEveryDecisionAndEverySumRightInAnAudit(final String name) throws Exception {
        final MemoryJournal journal = store.open("audited");
        run(name, journal);

        final LiquidationAudit liquidations = new LiquidationAudit(0);
        new Replayer(new Venue(), liquidations).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
        final Venue venue = new Venue();
        final SolvencyAudit solvency = new SolvencyAudit(venue);
        new Replayer(venue, solvency).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});

        assertEquals(List.of(), liquidations.findings().findings());
        assertTrue(solvency.findings().isClean());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 17, 40})
    void shouldNameTheFrameOfAFlippedByte(final long sequence) throws Exception {
        final MemoryJournal journal = store.open("log");
        run("first-trade", journal);
        store.flipByte("log", sequence, Frame.HEADER_LENGTH + 3);

        assertEquals(
                sequence,
                assertThrows(JournalException.class, () -> replay(journal)).sequence());
    }

    private static ReplayReport replay(final MemoryJournal journal) {
        return new Replayer(new Venue(), EventConsumer.NONE).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
    }

    private static byte[] run(final String name, final MemoryJournal journal) throws IOException, ScriptException {
        final StringBuilder printed = new StringBuilder();
        try (BufferedReader script = Files.newBufferedReader(script(name))) {
            new ScriptRunner(line -> printed.append(line).append('\n'), journal::append).run(name, script);
        }
        return printed.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Path script(final String name) {
        return SCRIPTS.resolve(name + ".jsonl");
    }
}
