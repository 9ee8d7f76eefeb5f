package org.isochron.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.isochron.codecs.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of journals, scripts and configurations that it cannot use: one line, and an exit code. */
class BadInputTest {
    private static final String NAME = "journal-sequencer";
    private static final int FRAMES = 5;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    // Journals

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay",
                "replay --state",
                "replay --to 4",
                "journal stat",
                "audit funding",
                "audit liquidations",
                "audit solvency"
            })
    void shouldNameTheSequenceOfAFlippedBitAndTellNothingOfTheRest(final String command) throws IOException {
        TickJournal.write(directory, NAME, FRAMES);
        TickJournal.flipABit(directory.resolve(NAME), 3);

        assertEquals(1, runOnJournal(command));
        assertOneLine("corrupt at sequence 3: ");
        assertEquals("", out.toString());
    }

    @Test
    void shouldRepairAJournalOnlyFromOnesThatHaveTheFramesOrGiveUpWhatNobodyHas() throws IOException {
        TickJournal.write(directory, NAME, FRAMES);
        TickJournal.write(directory, "journal-matcher-A", FRAMES);
        TickJournal.flipABit(directory.resolve(NAME), 3);
        final String peer = directory.resolve("journal-matcher-A").toString();

        assertEquals(1, runOnJournal("journal repair"));
        assertOneLine("give up what nobody has with --accept-loss");
        final String own = directory.resolve(NAME).toString();
        assertEquals(2, run("journal", "repair", own, "--from", own));
        assertEquals(0, run("journal", "repair", own, "--from", peer), err::toString);
        assertTrue(out.toString().contains("1 frames from sequence 3 on were taken"), out::toString);

        TickJournal.flipABit(directory.resolve(NAME), 4);
        assertEquals(0, run("journal", "repair", own, "--accept-loss"), err::toString);
        assertTrue(out.toString().contains("it ends at sequence 3 now"), out::toString);
        assertEquals(0, runOnJournal("journal repair"), err::toString);
        assertTrue(out.toString().contains("sound, nothing to mend: 3 frames"), out::toString);
    }

    @Test
    void shouldReplayUpToTheFrameBeforeAFlippedBit() throws IOException {
        TickJournal.write(directory, NAME, FRAMES);
        TickJournal.flipABit(directory.resolve(NAME), 3);

        assertEquals(0, runOnJournal("replay --to 2"), err::toString);
        assertTrue(out.toString().contains("sequence    2"), out::toString);
    }

    @Test
    void shouldPrintTheFramesBeforeAFlippedBitAndThenNameIt() throws IOException {
        TickJournal.write(directory, NAME, FRAMES);
        TickJournal.flipABit(directory.resolve(NAME), 3);

        assertEquals(1, runOnJournal("journal print"));
        assertOneLine("corrupt at sequence 3: ");
        assertEquals(2, out.toString().lines().count(), out::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "journal stat", "journal print"})
    void shouldRefuseAJournalOfAnotherSchemaVersionAndNameBoth(final String command) throws IOException {
        TickJournal.write(directory, NAME, FRAMES);
        TickJournal.claimSchemaVersion(directory.resolve(NAME), 9);

        assertEquals(1, runOnJournal(command));
        assertOneLine("has schemaVersion 9, this build reads schemaVersion " + Frame.SCHEMA_VERSION
                + "; read it with the build that wrote it");
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay",
                "journal stat",
                "journal print",
                "audit funding",
                "audit liquidations",
                "audit solvency"
            })
    void shouldRefuseADirectoryThatIsNoJournal(final String command) throws IOException {
        Files.createDirectory(directory.resolve(NAME));

        assertEquals(1, runOnJournal(command));
        assertOneLine("there is no journal.properties in it");
    }

    // Scripts

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"at\": | not a JSON object at column",
                "{\"at\":\"+1ms\",\"as\":1,\"AsetDefine\":{}} | did you mean \"AssetDefine\"?",
                "{\"at\":\"+1ms\",\"as\":1,\"AssetDefine\":{\"asset\":2}} | asset",
                "{\"at\":\"+1ms\",\"as\":1,\"Deposit\":{\"accountId\":7,\"assetId\":\"EUR\",\"amount\":\"1\"}} | EUR",
                "{\"at\":\"+1ms\",\"as\":1,\"Deposit\":{\"accountId\":7,\"assetId\":\"USD\",\"amount\":\"1.0000001\"}} | 1.0000001",
                "{\"at\":\"+1ms\",\"as\":7,\"NewOrder\":{\"side\":\"LONG\"}} | LONG",
                "{\"at\":\"+1ms\",\"as\":7,\"NewOrder\":{\"quantity\":\"9223372036854775808\"}} | 9223372036854775808",
                "{\"at\":\"2026-01-05T14:29:59Z\",\"as\":1,\"AssetDefine\":{}} | goes back",
                "{\"Query\":{\"account\":7}} | there is no account 7",
            })
    void shouldNameFileAndLineOfAScriptLineThatCannotBeRun(final String line, final String complaint)
            throws IOException {
        assertEquals(2, runScript((line + "\n").getBytes(StandardCharsets.UTF_8)));
        assertOneLine("script.jsonl:3: ");
        assertTrue(err.toString().contains(complaint), err::toString);
        assertTrue(out.toString().contains("CommandAccepted"), "the lines before it were run: " + out);
    }

    @Test
    void shouldNameTheLineOfAScriptThatIsNoUtf8() throws IOException {
        final byte[] line = "{\"at\":\"+1ms\",\"as\":1,\"FirmDefine\":{\"firmId\":1,\"symbol\":\"N\u00d6RTH\"}}\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(2, runScript(line));
        assertOneLine("script.jsonl:3: the line is not UTF-8 text");
    }

    @Test
    void shouldRefuseAScriptThatIsNotThere() {
        assertEquals(2, run("script", directory.resolve("none.jsonl").toString()));
        assertOneLine("none.jsonl: no such file");
    }

    /** Runs a script whose third line is given, after a comment and a definition. */
    private int runScript(final byte[] thirdLine) throws IOException {
        final Path script = directory.resolve("script.jsonl");
        final String head = "# a comment\n"
                + "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":1,\"AssetDefine\":{\"assetId\":1,\"symbol\":\"USD\",\"scale\":6}}\n";
        Files.write(script, head.getBytes(StandardCharsets.UTF_8));
        Files.write(script, thirdLine, StandardOpenOption.APPEND);
        return run("script", script.toString());
    }

    // Configurations

    @ParameterizedTest
    @ValueSource(strings = {"start sequencer", "start matcher --name A", "start risk", "load"})
    void shouldRefuseAConfigurationWithAKeyThatDoesNotExist(final String command) throws IOException {
        final Path config = directory.resolve("venue.conf");
        final String sample = Files.readString(Path.of("config/venue.conf"));
        Files.writeString(config, sample.replaceFirst("voters = 3", "voters = 3\n  colour = blue"));
        Files.copy(Path.of("config/secrets.conf"), directory.resolve("secrets.conf"));

        assertEquals(2, run((command + " --config " + config).split(" ")));
        assertOneLine("matchers.A.colour is not a key");
        assertAll(
                () -> assertTrue(err.toString().contains("venue.conf:"), err::toString),
                () -> assertFalse(Files.exists(directory.resolve("run")), "nothing was started"));
    }

    private int runOnJournal(final String command) {
        return run((command + " " + directory.resolve(NAME)).split(" "));
    }

    private int run(final String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private void assertOneLine(final String part) {
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("isochron "), err::toString);
        assertTrue(err.toString().contains(part), err::toString);
    }
}
