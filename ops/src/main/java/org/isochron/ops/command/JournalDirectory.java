package org.isochron.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.chronicle.JournalRecovery;
import org.isochron.sequencer.chronicle.JournalStat;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/** One journal on disk as the tools open it: for reading, while its node may be appending. */
final class JournalDirectory {
    private final ChronicleJournalStore store;
    private final String name;

    /**
     * @throws BadInputException when there is no such directory.
     */
    JournalDirectory(final Path directory) {
        final Path whole = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(whole) || whole.getParent() == null) {
            throw new BadInputException(directory + ": no such journal directory");
        }
        store = new ChronicleJournalStore(whole.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        name = whole.getFileName().toString();
    }

    /** A new journal in a directory that is not there yet; the caller closes it. */
    static Journal create(final Path directory) {
        final Path whole = directory.toAbsolutePath().normalize();
        return new ChronicleJournalStore(whole.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH)
                .open(whole.getFileName().toString());
    }

    /** Opens it for appending, with its lock; the caller closes it. */
    Journal open() {
        return store.open(name);
    }

    /** Opens a reader; the caller closes it. */
    JournalReader read() {
        return store.read(name);
    }

    /** The faults of the node that owns it. */
    FaultRecord faults() {
        return store.faults(name);
    }

    /** Reads all of it, and mends it from others. */
    JournalRecovery repair(final List<Supplier<JournalReader>> peers, final boolean acceptsLoss) {
        return store.repair(name, peers, acceptsLoss);
    }

    /** Sequence of the last frame, as its directory says. */
    long lastSequence() {
        return store.stat(name).lastSequence();
    }

    /** Where old frames are, in words: empty when all are in the journal's own files. */
    String archived() {
        final JournalStat stat = store.stat(name);
        return stat.archivedTo() == 0
                ? ""
                : "frames 1 to " + stat.archivedTo() + " are in the archive " + stat.archive();
    }

    /** Last frame that is in the archive, 0 when none is. */
    long archivedTo() {
        return store.stat(name).archivedTo();
    }

    /** Moves files below a sequence to the archive; the node must not run. */
    int archive(final Path archive, final long below) {
        try (ChronicleJournal journal = store.open(name)) {
            return journal.archive(archive, below);
        }
    }

    /** Bytes of the journal's files. */
    long fileLength() {
        return store.stat(name).fileLength();
    }
}
