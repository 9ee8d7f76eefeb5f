package org.isochron.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
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

    /** Opens a reader; the caller closes it. */
    JournalReader read() {
        return store.read(name);
    }

    /** The faults of the node that owns it. */
    FaultRecord faults() {
        return store.faults(name);
    }

    /** Sequence of the last frame, as its directory says. */
    long lastSequence() {
        return store.stat(name).lastSequence();
    }

    /** Bytes of the journal's files. */
    long fileLength() {
        return store.stat(name).fileLength();
    }
}
