package org.isochron.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.junit.jupiter.api.Test;

class StatePrinterTest {
    private final MemoryJournal journal = new MemoryJournalStore().open("log");
    private final Venue replayed = new Venue();
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void shouldPrintTheSameBytesForTheSameStateHoweverItWasReached() throws Exception {
        final Venue live = run("liquidation");
        final ReplayReport report = replay();

        assertEquals(printAll(live, report.lastSequence()), printAll(replayed, report.lastSequence()));
    }

    @Test
    void shouldPrintAccountsThenInstrumentsThenTheVenueById() throws Exception {
        final List<String> lines = printAll(run("liquidation"), journal.lastSequence());

        final List<Long> accounts = new ArrayList<>();
        for (final String line : lines.subList(0, lines.size() - 2)) {
            accounts.add(mapper.readTree(line).at("/Account/id").longValue());
        }
        assertEquals(List.of(1L, 2L, 3L, 4_000_000_001L, 4_000_000_002L, 4_000_000_003L, 4_000_000_004L), accounts);
        assertEquals(
                "BTC-PERP",
                mapper.readTree(lines.get(7)).at("/Instrument/symbol").textValue());
        assertEquals("0", mapper.readTree(lines.get(8)).at("/Venue/zeroSum/USD").textValue());
    }

    @Test
    void shouldSayWhetherThereIsSuchAThing() {
        final List<String> lines = new ArrayList<>();
        final StatePrinter printer = new StatePrinter(replayed, lines::add);

        assertFalse(printer.printAccount(7));
        assertFalse(printer.printInstrument("BTC-PERP"));
        assertTrue(printer.printAccount(4_000_000_002L));
        assertEquals(1, lines.size());
    }

    @Test
    void shouldReportAReplayUnderTheNamesThatToolsRead() throws Exception {
        final Venue live = run("first-trade");
        final ReplayReport report = replay();

        final JsonNode json = mapper.readTree(report.toJson(new StatePrinter(replayed, line -> {}).zeroSum()));
        assertEquals(journal.lastSequence(), json.get("sequence").longValue());
        assertEquals(String.format("%016x", live.stateHash()), json.get("hash").textValue());
        assertEquals(0, json.get("hashesConfirmed").longValue());
        assertEquals(0, json.get("hashesRefuted").longValue());
        assertEquals(0, json.get("dissenters").size());
        assertTrue(json.get("commandsPerSecond").longValue() > 0);
        assertEquals(Map.of("USD", "0"), mapper.convertValue(json.get("zeroSum"), Map.class));
    }

    private Venue run(final String name) throws Exception {
        final ScriptRunner runner = new ScriptRunner(line -> {}, journal::append);
        try (BufferedReader script = Files.newBufferedReader(Path.of("scripts", name + ".jsonl"))) {
            runner.run(name, script);
        }
        return runner.venue();
    }

    private ReplayReport replay() {
        return new Replayer(replayed, EventConsumer.NONE).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
    }

    private static List<String> printAll(final Venue venue, final long sequence) {
        final List<String> lines = new ArrayList<>();
        new StatePrinter(venue, lines::add).printAll(sequence);
        return lines;
    }
}
