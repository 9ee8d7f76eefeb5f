package org.isochron.ops.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.replay.script.ScriptException;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code script}: runs a scenario through the core. */
@Command(
        name = "script",
        description = {
            "Run a scenario file through the venue's own core and print every event.",
            "",
            "No network, no clock: the same file gives the same JSON lines on every run, byte for byte. A line that cannot"
                    + " be run ends the run with exit code 2, and the message names file and line. The format is described"
                    + " in replay/README.md."
        },
        footer = {
            "  isochron script scenario.jsonl",
            "  isochron script scenario.jsonl | grep Fill",
            "  isochron script --journal /tmp/scenario scenario.jsonl"
        })
public final class ScriptCommand extends ReportingCommand {
    @Parameters(paramLabel = "FILE", description = "Scenario, one JSON object a line, # for comments.")
    private Path file;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Also write what was sequenced to a new journal there, to be replayed or audited.")
    private Path journal;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + ": no such file");
        }
        if (journal == null) {
            run((frame, offset, length) -> {});
            return Failures.OK;
        }
        if (Files.exists(journal)) {
            throw new BadInputException(journal + ": is there already; name a directory that is not");
        }
        try (Journal log = JournalDirectory.create(journal)) {
            run(log::append);
        }
        return Failures.OK;
    }

    private void run(final FrameHandler frames) throws IOException {
        final PrintWriter out = out();
        // A reader that replaces what is no UTF-8: the parser sees it, and can name the line.
        try (BufferedReader script =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            new ScriptRunner(line -> out.write(line + "\n"), frames).run(file.toString(), script);
        } catch (final ScriptException ex) {
            throw new BadInputException(ex.getMessage(), ex);
        } finally {
            out.flush();
        }
    }
}
