package org.isochron.sequencer.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Where a node begins: with the state of its newest snapshot that is sound and of its journal, or at genesis. Snapshots
 * that cannot be used are passed over, by name; the tail of the journal to be replayed is the longer then.
 *
 * @param machine  the core, in that state.
 * @param snapshot what the snapshot says of itself, null at genesis.
 * @param notes    what was passed over and why, and what was taken.
 */
public record StartingPoint<M extends StoredMachine>(M machine, SnapshotHeader snapshot, List<String> notes) {
    /** A new core that has applied nothing. */
    public static <M extends StoredMachine> StartingPoint<M> genesis(final M machine) {
        return new StartingPoint<>(machine, null, List.of());
    }

    /**
     * Finds it.
     *
     * @param cores makes new cores.
     * @throws UnreadableVersionException when the newest snapshot is sound but of another version.
     */
    public static <M extends StoredMachine> StartingPoint<M> of(
            final SnapshotStore store, final Journal journal, final Supplier<M> cores) {
        return of(store, journal, Long.MAX_VALUE, cores);
    }

    /**
     * The same for a node that has to apply some commands itself.
     *
     * @param toSequence no later state is wanted.
     */
    public static <M extends StoredMachine> StartingPoint<M> of(
            final SnapshotStore store, final Journal journal, final long toSequence, final Supplier<M> cores) {
        try (JournalReader reader = journal.newReader()) {
            return of(store, reader, journal.faults(), journal.lastSequence(), toSequence, cores);
        }
    }

    /**
     * The same for whoever only reads.
     *
     * @param faults       of the core that took the snapshots.
     * @param lastSequence of the journal.
     * @param toSequence   no later state is wanted.
     */
    public static <M extends StoredMachine> StartingPoint<M> of(
            final SnapshotStore store,
            final JournalReader journal,
            final FaultRecord faults,
            final long lastSequence,
            final long toSequence,
            final Supplier<M> cores) {
        final List<String> notes = new ArrayList<>();
        for (final SnapshotFile left : store.unfinished()) {
            notes.add(left.name() + " was never finished and is passed over");
        }
        final StateImage image = new StateImage();
        for (final SnapshotFile file : store.newestFirst()) {
            try {
                final SnapshotHeader header = file.header();
                if (header.sequence() > toSequence) {
                    continue;
                }
                header.requireSchema(file.name());
                requireOfJournal(file, header, journal, lastSequence);
                if (faults.spoils(header.sequence())) {
                    throw new SnapshotException(
                            file.name() + ": it holds the effect of a command that the log later skipped");
                }
                final M machine = SnapshotStore.verify(file, image, cores, bytes -> {});
                notes.add("state of " + file.name() + ", then the journal from " + (header.sequence() + 1));
                return new StartingPoint<>(machine, header, List.copyOf(notes));
            } catch (final SnapshotException ex) {
                notes.add(ex.getMessage() + "; passed over");
            }
        }
        notes.add("no snapshot to begin with: the journal from its first frame");
        return new StartingPoint<>(cores.get(), null, List.copyOf(notes));
    }

    private static void requireOfJournal(
            final SnapshotFile file, final SnapshotHeader header, final JournalReader journal, final long last) {
        if (header.sequence() > last) {
            throw new SnapshotException(
                    file.name() + ": the journal ends at " + last + ", before sequence " + header.sequence());
        }
        final Frame frame = new Frame();
        final long[] chain = new long[1];
        journal.seek(header.sequence());
        final int read = journal.poll(
                (buffer, offset, length) -> {
                    frame.wrap(buffer, offset);
                    chain[0] = frame.chain();
                },
                1);
        if (read != 1 || chain[0] != header.chain()) {
            throw new SnapshotException(String.format(
                    "%s: its chain at %d is %016x, the journal's is %016x",
                    file.name(), header.sequence(), header.chain(), chain[0]));
        }
    }

    /** Sequence of the last command in the state, 0 at genesis. */
    public long sequence() {
        return snapshot == null ? 0 : snapshot.sequence();
    }
}
