package org.isochron.replay.sim;

import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;

/** The disk of one host, with one journal and the snapshots on it. It outlives the host's processes. */
final class Disk {
    private final String name;
    private DiskFile file = new DiskFile();
    private final SnapshotShelf snapshots;
    private boolean full;

    /**
     * @param name  of the journal.
     * @param proof of snapshots, shared by all disks of a world.
     */
    Disk(final String name, final SnapshotProof proof) {
        this.name = name;
        snapshots = new SnapshotShelf(proof);
    }

    DiskFile file() {
        return file;
    }

    SnapshotShelf snapshots() {
        return snapshots;
    }

    /** Opens the journal after looking at every frame of it, as any store must. */
    SimulatedJournal open() {
        return new SimulatedJournal(name, this);
    }

    /** Somebody puts an empty disk in. */
    void replace() {
        file = new DiskFile();
        snapshots.clear();
    }

    void full(final boolean isFull) {
        full = isFull;
    }

    boolean isFull() {
        return full;
    }

    void checkRoom(final long sequence) {
        if (full) {
            throw new JournalException(
                    Reason.UNUSABLE, sequence, "journal " + name + " cannot grow: the disk is full", null);
        }
    }
}
