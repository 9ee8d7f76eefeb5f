package org.isochron.replay.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isochron.replay.JournalPrinter;
import org.isochron.replay.JournalStat;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {
    private static final String ASSET =
            "{\"at\":\"2026-01-05T14:30:00Z\",\"as\":1,\"AssetDefine\":{\"assetId\":1,\"symbol\":\"USD\",\"scale\":6}}";

    private final MemoryJournal journal = new MemoryJournalStore().open("script");
    private final List<String> printed = new ArrayList<>();

    @Test
    void shouldBeginLikeARealLogAndOpenASessionAtItsFirstUse() throws Exception {
        run(ASSET);

        assertEquals(
                List.of(
                        "EpochStart",
                        "GatewayStart",
                        "SessionOpen",
                        "SessionDefine",
                        "SessionOpen",
                        "SessionOpen",
                        "ScanCompleted",
                        "AssetDefine",
                        "ScanCompleted"),
                messagesOfTheLog());
    }

    @Test
    void shouldBeginWithoutARiskSessionWhenRiskIsOff() throws Exception {
        run("{\"Runner\":{\"risk\":\"off\"}}", ASSET);

        assertEquals(List.of("EpochStart", "GatewayStart", "SessionOpen", "AssetDefine"), messagesOfTheLog());
    }

    @Test
    void shouldLetTheVenueBeDefinedBeforeItsOwnRiskSession() throws Exception {
        run("{\"at\":\"2026-01-05T14:30:00Z\",\"as\":1,\"VenueDefine\":{\"maxAccounts\":10}}", ASSET);

        assertEquals(1, countPrinted("\"CommandAccepted\":{\"refSeqNum\":1,\"refTemplateId\":606}"));
        assertEquals(0, countPrinted("Reject"));
    }

    @Test
    void shouldNumberMessagesFromOneWhateverItSentItself() throws Exception {
        run(ASSET, "{\"at\":\"+1ms\",\"as\":1,\"FirmDefine\":{\"firmId\":10,\"symbol\":\"NORTH\"}}");

        assertEquals(1, countPrinted("\"CommandAccepted\":{\"refSeqNum\":1,\"refTemplateId\":600}"));
        assertEquals(1, countPrinted("\"CommandAccepted\":{\"refSeqNum\":2,\"refTemplateId\":603}"));
    }

    @Test
    void shouldTickOnTheGridBeforeACommandOfTheSameTime() throws Exception {
        run(
                "{\"Runner\":{\"risk\":\"off\"}}",
                "{\"at\":\"2026-01-05T14:30:00.05Z\",\"as\":1,\"AssetDefine\":{\"assetId\":1,\"symbol\":\"USD\",\"scale\":6}}",
                "{\"at\":\"2026-01-05T14:30:00.5Z\",\"as\":1,\"FirmDefine\":{\"firmId\":10,\"symbol\":\"NORTH\"}}");

        final List<String> log = log();
        assertEquals(11, log.size());
        assertTrue(log.get(4).contains("\"at\":\"2026-01-05T14:30:00.100000000Z\"")
                && log.get(4).contains("ClockTick"));
        assertTrue(log.get(8).contains("\"at\":\"2026-01-05T14:30:00.500000000Z\"")
                && log.get(8).contains("ClockTick"));
        assertTrue(log.get(9).contains("\"at\":\"2026-01-05T14:30:00.500000001Z\"")
                && log.get(9).contains("GatewayAlive"));
        assertTrue(log.get(10).contains("\"at\":\"2026-01-05T14:30:00.500000002Z\"")
                && log.get(10).contains("FirmDefine"));
    }

    @Test
    void shouldNeverStampPastATickThatIsDue() throws Exception {
        run(
                "{\"at\":\"2026-01-05T14:30:00.099999999Z\",\"as\":1,\"AssetDefine\":{\"assetId\":1,\"symbol\":\"USD\",\"scale\":6}}");

        assertEquals(
                1,
                log().stream()
                        .filter(line -> line.contains("\"at\":\"2026-01-05T14:30:00.100000000Z\"")
                                && line.contains("ClockTick"))
                        .count());
    }

    @Test
    void shouldTickThroughALongGapWithoutMissingOne() throws Exception {
        run(ASSET, "{\"at\":\"+1h\",\"as\":1,\"FirmDefine\":{\"firmId\":10,\"symbol\":\"NORTH\"}}");

        final Map<String, Long> frames = JournalStat.of(journal.newReader()).templates();
        assertEquals(36_000, frames.get("ClockTick"));
        assertEquals(7_200, frames.get("GatewayAlive"));
        // One round behind each tick, each GatewayAlive, the opening of session 1 and each of the two commands.
        assertEquals(36_000 + 7_200 + 3, frames.get("ScanCompleted"));
        assertEquals(1, countPrinted("\"refTemplateId\":603"));
    }

    @Test
    void shouldJudgeWhatItDidNotLookAtOnceRiskIsOnAgain() throws Exception {
        final List<String> script = new ArrayList<>(Files.readAllLines(Path.of("scripts", "liquidation.jsonl")));
        final int fall = indexOf(script, "\"price\":\"55000\"");
        script.add(fall, "{\"Runner\":{\"risk\":\"off\"}}");
        run(script.subList(0, fall + 2).toArray(String[]::new));
        assertEquals(0, countPrinted("LiquidationStarted"));

        printed.clear();
        script.add(fall + 2, "{\"Runner\":{\"risk\":\"on\"}}");
        script.add(fall + 3, "{\"at\":\"+1ms\",\"as\":1,\"FirmDefine\":{\"firmId\":11,\"symbol\":\"EAST\"}}");
        new ScriptRunner(printed::add)
                .run("test", new BufferedReader(new StringReader(String.join("\n", script.subList(0, fall + 4)))));
        assertEquals(2, countPrinted("LiquidationStarted"));
    }

    @Test
    void shouldPrintTheAcknowledgementsOfItsScansOnlyWhenVerbose() throws Exception {
        run(ASSET);
        assertEquals(0, countPrinted("\"refTemplateId\":631"));
        printed.clear();

        new ScriptRunner(printed::add)
                .run("test", new BufferedReader(new StringReader("{\"Runner\":{\"verbose\":true}}\n" + ASSET)));
        assertEquals(2, countPrinted("\"refTemplateId\":631"));
    }

    @Test
    void shouldNameFileAndLineOfAMessageThatCannotBeEncoded() {
        final ScriptException refused = assertThrows(
                ScriptException.class,
                () -> run("# comment", "", ASSET, "{\"at\":\"+1ms\",\"as\":1,\"FirmDefine\":{\"firmid\":10}}"));

        assertEquals(4, refused.lineNumber());
        assertEquals("test:4: FirmDefine has no field \"firmid\", it has seqNum, firmId, symbol", refused.getMessage());
    }

    @Test
    void shouldRefuseQueriesForWhatDoesNotExist() {
        assertThrows(ScriptException.class, () -> run(ASSET, "{\"Query\":{\"account\":7}}"));
        assertThrows(ScriptException.class, () -> run("{\"Query\":{\"instrument\":\"BTC-PERP\"}}"));
    }

    @Test
    void shouldAnswerAQueryBeforeTheFirstCommand() throws Exception {
        run("{\"Query\":{\"venue\":true}}");

        assertEquals(1, printed.size());
        assertTrue(printed.get(0).startsWith("{\"Venue\":{\"sequence\":\"0\""), printed.get(0));
    }

    @Test
    void shouldLeaveSessionsThatTheScriptClosedToTheScript() throws Exception {
        run(
                ASSET,
                "{\"at\":\"+1ms\",\"SessionClosed\":{\"sessionId\":1,\"gatewayId\":2,\"sessionVerId\":\"2\",\"code\":\"FINISHED\"}}",
                "{\"at\":\"+1ms\",\"as\":1,\"FirmDefine\":{\"firmId\":10,\"symbol\":\"NORTH\"}}");

        assertEquals(1, countPrinted("\"code\":\"SESSION_NOT_OPEN\""));
        assertFalse(printed.get(printed.size() - 1).contains("CommandAccepted"));
    }

    private void run(final String... lines) throws IOException, ScriptException {
        new ScriptRunner(printed::add, journal::append)
                .run("test", new BufferedReader(new StringReader(String.join("\n", lines))));
    }

    private static int indexOf(final List<String> lines, final String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no line has " + text);
    }

    private long countPrinted(final String text) {
        return printed.stream().filter(line -> line.contains(text)).count();
    }

    private List<String> log() {
        final List<String> frames = new ArrayList<>();
        new JournalPrinter(frames::add).print(journal.newReader(), 1, Long.MAX_VALUE);
        return frames;
    }

    private List<String> messagesOfTheLog() {
        return log().stream()
                .map(line -> line.replaceAll(".*?\"epoch\":1,\"(\\w+)\".*", "$1"))
                .toList();
    }
}
