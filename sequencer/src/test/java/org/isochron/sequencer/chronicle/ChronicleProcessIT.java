package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal between two processes: one appends and is killed, the other looks on. */
@Timeout(600)
final class ChronicleProcessIT {
    private static final String NAME = "sequencer";

    @TempDir
    private Path root;

    @Test
    void shouldLoseNothingThatAKilledProcessSaidItHadAppended() throws IOException, InterruptedException {
        final ChronicleJournalStore store = store(root);
        long acknowledged = 0;
        for (int kill = 0; kill < 3; kill++) {
            acknowledged = Math.max(acknowledged, runAndKill(store));
            try (ChronicleJournal journal = store.open(NAME)) {
                assertTrue(journal.lastSequence() >= acknowledged, journal.lastSequence() + " < " + acknowledged);
            }
        }
    }

    private long runAndKill(final ChronicleJournalStore store) throws IOException, InterruptedException {
        final Process process = start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long acknowledged = Long.parseLong(output.readLine());
            final JournalException refusal = assertThrows(JournalException.class, () -> store.open(NAME));
            assertEquals(Reason.IN_USE, refusal.reason());
            assertTrue(refusal.getMessage().contains("pid=" + process.pid()), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(root.toString()), refusal.getMessage());
            try (JournalReader reader = store.read(NAME)) {
                reader.seek(acknowledged);
                assertTrue(reader.poll((buffer, offset, length) -> {}, 1_000) > 0);
            }
            for (int i = 0; i < 20; i++) {
                acknowledged = Long.parseLong(output.readLine());
            }
            // Through its handle, which leaves the pipe open: what is left in it was said before the kill, except for
            // a line cut short.
            process.toHandle().destroyForcibly();
            String line;
            String whole = null;
            while ((line = output.readLine()) != null) {
                if (whole != null) {
                    acknowledged = Long.parseLong(whole);
                }
                whole = line;
            }
            return acknowledged;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // Surefire's own class path is a jar that only points to the real one.
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(Appender.class.getName(), root.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ChronicleJournalStore store(final Path path) {
        return new ChronicleJournalStore(path, ChronicleJournalStore.MIN_BLOCK_LENGTH);
    }

    /** The other process: appends until it is killed, and says how far it is. */
    static final class Appender {
        private Appender() {}

        public static void main(final String[] args) throws IOException {
            final ChronicleJournal journal = store(Path.of(args[0])).open(NAME);
            final Frames frames = new Frames();
            while (frames.sequence() < journal.lastSequence()) {
                frames.next();
            }
            while (true) {
                frames.appendTo(journal, 50);
                System.out.println(journal.lastSequence());
                System.out.flush();
            }
        }
    }
}
