package org.isochron.ops.command;

import java.nio.file.Path;
import java.util.List;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code journal archive}: moves old files of a journal whose node does not run. */
@Command(
        name = "archive",
        description = {
            "Move old files of a journal at rest to an archive folder.",
            "",
            "A node with snapshots does the same by itself when its configuration names an archive; the sequencer has none."
                    + " Moved is each hour's file whose frames are all below a sequence, verified on the way. Readers find"
                    + " the frames there as long as the folder is; nodes start without it."
        },
        footer = {
            "  isochron journal archive run/venue/journal-sequencer --to archive/sequencer \\",
            "      --snapshots run/venue/snapshots-matcher-A"
        })
final class JournalArchiveCommand extends ReportingCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--to", paramLabel = "ARCHIVE", required = true, description = "Folder of this journal alone.")
    private Path archive;

    @ArgGroup(multiplicity = "1")
    private Limit limit;

    /** Up to where. */
    static final class Limit {
        @Option(names = "--below", paramLabel = "SEQ", description = "Every frame from this one on stays.")
        private Long below;

        @Option(
                names = "--snapshots",
                paramLabel = "SNAPSHOT_DIR",
                description = "Every frame from the second newest snapshot here on stays.")
        private Path snapshots;
    }

    @Override
    public Integer call() {
        final JournalDirectory journal = new JournalDirectory(directory);
        // Whatever is there has to be a journal: none is made here.
        journal.lastSequence();
        final int moved = journal.archive(archive, below());
        out().println(moved + " files moved; "
                + (journal.archived().isEmpty() ? "nothing is in the archive" : journal.archived()));
        out().flush();
        return Failures.OK;
    }

    private long below() {
        if (limit.below != null) {
            if (limit.below < 1) {
                throw new BadInputException("--below is " + limit.below + "; sequences count from 1");
            }
            return limit.below;
        }
        final List<SnapshotFile> files = new SnapshotStore(limit.snapshots).newestFirst();
        if (files.size() < 2) {
            throw new BadInputException("--snapshots is " + limit.snapshots + " with " + files.size()
                    + " snapshots; two are needed, so that a damaged one costs nothing");
        }
        return files.get(1).header().sequence();
    }
}
