package org.isochron.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
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
    private static final long FIRST_TICK_NS = 1_800_000_000_000_000_000L;
    private static final long TICK_NS = 100_000_000L;

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

    @Test
    void shouldPrintTheSameBytesOnEveryReplay() {
        writeTicks(5);

        assertEquals(0, run("replay", journal(), "--state"), err::toString);
        final String first = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run("replay", journal(), "--state"), err::toString);

        assertEquals(first, out.toString());
        assertTrue(first.contains("sequence    5"), first);
    }

    @Test
    void shouldWriteTheFindingsOfAReplayAsJson() throws IOException {
        writeTicks(5);
        final Path json = directory.resolve("replay.json");

        assertEquals(0, run("replay", journal(), "--to", "4", "--json", json.toString()), err::toString);

        final JsonNode findings = new ObjectMapper().readTree(json.toFile());
        assertEquals(4, findings.get("sequence").longValue());
        assertEquals(0, findings.get("hashesConfirmed").longValue());
        assertEquals(16, findings.get("hash").textValue().length());
        assertTrue(findings.has("commandsPerSecond"));
    }

    @Test
    void shouldNameTheFrameWhereAJournalIsDamaged() throws IOException {
        writeTicks(5);
        flipAByteOf(directory.resolve("journal-sequencer"));

        assertEquals(1, run("replay", journal()));
        assertTrue(err.toString().contains("sequence 3") || err.toString().contains("frame 3"), err::toString);
    }

    @Test
    void shouldRunAScript() {
        assertEquals(0, run("script", "../replay/scripts/first-trade.jsonl"), err::toString);
        assertTrue(out.toString().contains("\"Fill\""), out::toString);
    }

    @Test
    void shouldNameTheLineOfAScriptThatCannotBeRun() throws IOException {
        final Path script = Files.writeString(directory.resolve("script.jsonl"), "# a comment\n{\"at\":\n");

        assertEquals(2, run("script", script.toString()));
        assertTrue(err.toString().contains("script.jsonl:2: "), err::toString);
    }

    @Test
    void shouldRefuseSpeedsAndRatesThatAreNone() {
        assertEquals(2, run("feed", "capture.jsonl", "--speed", "fast"));
        assertTrue(err.toString().contains("--speed is 'fast'"), err::toString);
        assertEquals(2, run("demo", "--rate", "0"));
        assertTrue(err.toString().contains("rate is 0"), err::toString);
    }

    @Test
    void shouldRefuseMoreMakersThanHaveASecret() {
        assertEquals(2, run("load", "--config", "config/venue.conf", "--makers", "9"));
        assertTrue(err.toString().contains("no secret for session 109"), err::toString);
    }

    @Test
    void shouldAskWhichMatcherToStart() {
        assertEquals(2, run("start", "matcher", "--config", "config/venue.conf"));
        assertTrue(err.toString().contains("--name is missing"), err::toString);
    }

    /** Flips a byte of the third frame's ClockTick, found by the time in it. */
    private static void flipAByteOf(final Path journal) throws IOException {
        try (Stream<Path> files = Files.walk(journal)) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                final byte[] tickTime = ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(FIRST_TICK_NS + 2 * TICK_NS)
                        .array();
                try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                    final byte[] head = new byte[(int) Math.min(data.length(), 4 << 20)];
                    data.readFully(head);
                    for (int at = 0; at < head.length - Long.BYTES; at++) {
                        if (Arrays.equals(head, at, at + Long.BYTES, tickTime, 0, Long.BYTES)) {
                            data.seek(at);
                            data.write(head[at] ^ 1);
                            return;
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("the third frame is nowhere in " + journal);
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
                final long timestampNs = FIRST_TICK_NS + (sequence - 1) * TICK_NS;
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
