package org.isochron.ops.command;

import java.nio.file.Path;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.HashDissent;
import org.isochron.replay.JournalDiff;
import org.isochron.replay.JournalPrinter;
import org.isochron.sequencer.edge.JournalReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code journal diff}. */
@Command(
        name = "diff",
        description = {
            "Compare two journals of one venue: the first sequence at which they differ and in what, which of them goes"
                    + " further, and which state hash reports contradict each other.",
            "",
            "Exit code 1 when a frame differs or reports do."
        },
        footer = "  isochron journal diff run/venue/journal-matcher-A run/venue/journal-matcher-B")
final class JournalDiffCommand extends ReportingCommand {
    @Parameters(index = "0", paramLabel = "DIR_A", description = "Directory of one journal.")
    private Path first;

    @Parameters(index = "1", paramLabel = "DIR_B", description = "Directory of the other.")
    private Path second;

    @Override
    public Integer call() {
        final JournalDirectory a = new JournalDirectory(first);
        final JournalDirectory b = new JournalDirectory(second);
        final JournalDiff.Result result;
        try (JournalReader readerA = a.read();
                JournalReader readerB = b.read();
                Progress progress =
                        Progress.of("comparing", "frames", Math.min(a.lastSequence(), b.lastSequence()), err())) {
            result = new JournalDiff().compare(readerA, readerB, progress::at);
        }
        out().println("A             " + first + ", last sequence " + result.lastA());
        out().println("B             " + second + ", last sequence " + result.lastB());
        out().println("the same      " + (result.common() == 0 ? "nothing" : "sequence 1 to " + result.common()));
        if (result.isSameLog()) {
            printTail(result);
        } else {
            printDifference(a, b, result);
        }
        result.dissenting().forEach(this::printDissent);
        out().flush();
        return result.isSameLog() && result.dissenting().isEmpty() ? Failures.OK : Failures.FAILED;
    }

    private void printTail(final JournalDiff.Result result) {
        final long more = result.lastA() - result.lastB();
        out().println("tail          "
                + (more == 0 ? "both end there" : (more > 0 ? "A" : "B") + " has " + Math.abs(more) + " frames more"));
    }

    private void printDifference(final JournalDirectory a, final JournalDirectory b, final JournalDiff.Result result) {
        final long sequence = result.common() + 1;
        out().println("first to differ  sequence " + sequence);
        for (final JournalDiff.FieldDifference field : result.fields()) {
            out().println(String.format("  %-16s A %s, B %s", field.name(), field.inA(), field.inB()));
        }
        print("A", a, sequence);
        print("B", b, sequence);
    }

    private void print(final String name, final JournalDirectory journal, final long sequence) {
        try (JournalReader reader = journal.read()) {
            new JournalPrinter(line -> out().println("  " + name + " " + line)).print(reader, sequence, sequence);
        }
    }

    private void printDissent(final HashDissent.Finding finding) {
        out().println(String.format(
                "dissent       after sequence %d node %d reports %s %016x, node %d %016x",
                finding.sequence(),
                finding.nodeId(),
                finding.noun(),
                finding.hash(),
                finding.otherNode(),
                finding.otherHash()));
    }
}
