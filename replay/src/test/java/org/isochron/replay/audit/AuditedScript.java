package org.isochron.replay.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.Replayer;
import org.isochron.replay.script.ScriptException;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.edge.memory.MemoryJournal;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;

/** A script's journal, to be replayed for audits. */
final class AuditedScript {
    private final MemoryJournal journal = new MemoryJournalStore().open("journal");

    private AuditedScript(final String script) {
        try {
            new ScriptRunner(line -> {}, journal::append).run("script", new BufferedReader(new StringReader(script)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final ScriptException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static AuditedScript of(final String script) {
        return new AuditedScript(script);
    }

    /** The test resource with book, INSURANCE, deleveraging, a settlement and an inventory that is worked off. */
    static String cascade() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                AuditedScript.class.getResourceAsStream("/audit/cascade.jsonl"), StandardCharsets.UTF_8))) {
            return String.join("\n", reader.lines().toList()) + "\n";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the examples. */
    static String example(final String name) {
        try {
            return Files.readString(Path.of("scripts", name + ".jsonl"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LiquidationFindings liquidations(final EventConsumer before, final long rankingSequence) {
        final LiquidationAudit audit = new LiquidationAudit(rankingSequence);
        replay(new Venue(), before, audit);
        return audit.findings();
    }

    SolvencyFindings solvency(final EventConsumer before) {
        final Venue venue = new Venue();
        final SolvencyAudit audit = new SolvencyAudit(venue);
        replay(venue, before, audit);
        return audit.findings();
    }

    private void replay(final Venue venue, final EventConsumer before, final EventConsumer audit) {
        final EventConsumer both = (frame, events) -> {
            before.onEvents(frame, events);
            audit.onEvents(frame, events);
        };
        new Replayer(venue, both).replay(journal.newReader(), Long.MAX_VALUE, applied -> {});
    }
}
