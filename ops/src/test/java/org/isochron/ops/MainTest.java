package org.isochron.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String NAME = "journal-sequencer";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "start",
                "feed",
                "load",
                "script",
                "journal",
                "journal stat",
                "journal print",
                "journal repair",
                "journal archive",
                "replay",
                "audit",
                "audit funding",
                "audit liquidations",
                "audit solvency",
                "bench",
                "bench book",
                "bench core",
                "bench growth",
                "bench mark",
                "bench scan",
                "bench recovery",
                "snapshot",
                "snapshot list",
                "snapshot print",
                "snapshot verify"
            })
    void shouldExplainEveryCommandWithAnExampleWithinEightyColumns(final String command) {
        assertEquals(0, run((command + " --help").strip().split(" ")), err::toString);

        final String summary = out.toString()
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith(" "))
                .findFirst()
                .orElseThrow();
        assertAll(
                () -> assertTrue(summary.endsWith("."), summary),
                () -> assertTrue(out.toString().contains("Examples:"), out::toString),
                () -> assertTrue(out.toString().contains("isochron " + command), out::toString),
                () -> assertTrue(out.toString().contains("Exit codes:"), out::toString),
                () -> assertEquals(
                        0,
                        out.toString()
                                .lines()
                                .filter(line -> line.length() > 80)
                                .count(),
                        out::toString));
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
        assertTrue(err.toString().contains("stat, print, diff, repair, archive or damage"), err::toString);
    }

    @Test
    void shouldAskWhatToAudit() {
        assertEquals(2, run("audit"));
        assertTrue(err.toString().contains("audit what? funding, liquidations or solvency"), err::toString);
        assertEquals(2, run("audit", "deposits"));
        assertTrue(err.toString().contains("deposits"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"funding", "liquidations", "solvency"})
    void shouldRefuseToAuditWhatIsNotThereOrWithAnOptionThatDoesNotExist(final String what) {
        assertEquals(2, run("audit", what, directory.resolve("none").toString()));
        assertTrue(err.toString().contains("none: no such journal directory"), err::toString);
        assertEquals(2, run("audit", what, journal(), "--gently"));
        assertTrue(err.toString().contains("--gently"), err::toString);
        assertEquals(2, run("audit", what));
        assertTrue(err.toString().contains("DIR"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"liquidations", "solvency"})
    void shouldRefuseToAuditWithoutAPlaceForTheFindings(final String what) {
        writeTicks(1);

        assertEquals(
                2,
                run(
                        "audit",
                        what,
                        journal(),
                        "--json",
                        directory.resolve("none/out.json").toString()));
        assertTrue(
                err.toString().contains("none/out.json; it must be a file in a directory that exists"), err::toString);
    }

    @Test
    void shouldRefuseARankingOfACommandThatCannotBe() {
        writeTicks(1);

        assertEquals(2, run("audit", "liquidations", journal(), "--ranking", "0"));
        assertTrue(err.toString().contains("--ranking is 0; sequences count from 1"), err::toString);
    }

    @Test
    void shouldFindNothingToSayOfAJournalWithoutLiquidations() throws IOException {
        writeTicks(5);
        final Path html = directory.resolve("page.html");
        final Path json = directory.resolve("out.json");

        assertEquals(
                0,
                run(
                        "audit",
                        "liquidations",
                        journal(),
                        "--html",
                        html.toString(),
                        "--json",
                        json.toString(),
                        "--ranking",
                        "3"),
                err::toString);
        assertTrue(out.toString().contains("all agree"), out::toString);
        assertTrue(out.toString().contains("command 3 deleverages nobody"), out::toString);
        assertTrue(Files.readString(html).startsWith("<!DOCTYPE html>"));
        assertEquals(
                0,
                new ObjectMapper().readTree(json.toFile()).get("disagreements").longValue());

        assertEquals(0, run("audit", "solvency", journal()), err::toString);
        assertTrue(out.toString().contains("every sum is what it must be"), out::toString);
    }

    @Test
    void shouldAskWhatToMeasure() {
        assertEquals(2, run("bench"));
        assertTrue(err.toString().contains("book, core, growth, mark, recovery or scan"), err::toString);
        assertEquals(2, run("bench", "shelf"));
        assertTrue(err.toString().contains("shelf"), err::toString);
        assertEquals(2, run("bench", "book", "--workload", "main"));
        assertTrue(err.toString().contains("--workload"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"book", "core", "growth", "mark", "scan"})
    void shouldRefuseToMeasureWithoutRoundsOrWithoutAPlaceForTheFindings(final String what) {
        assertEquals(2, run("bench", what, "--rounds", "0"));
        assertTrue(err.toString().contains("--rounds is 0; 1 to 100 are possible"), err::toString);
        assertEquals(
                2,
                run("bench", what, "--json", directory.resolve("none/out.json").toString()));
        assertTrue(
                err.toString().contains("none/out.json; it must be a file in a directory that exists"), err::toString);
        assertEquals(2, run("bench", what, "--picture", directory.toString()));
        assertTrue(err.toString().contains("--picture is " + directory), err::toString);
    }

    @Test
    void shouldSayWhatIsMissingWhenThePeersAreNotThere() {
        // Tests run in ops/, which is not the root of the source tree.
        assertEquals(1, run("bench", "book"));
        assertTrue(err.toString().contains("perf/target/peers is missing"), err::toString);
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
    void shouldRunAScript() {
        assertEquals(0, run("script", "../replay/scripts/first-trade.jsonl"), err::toString);
        assertTrue(out.toString().contains("\"Fill\""), out::toString);
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

    private int run(final String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String journal() {
        return directory.resolve(NAME).toString();
    }

    private void writeTicks(final int count) {
        TickJournal.write(directory, NAME, count);
    }
}
