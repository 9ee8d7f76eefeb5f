package org.isochron.replay.sim;

import org.isochron.sequencer.edge.FaultList;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.memory.MemoryEventStore;

/** The disk of one host, with one journal and the snapshots on it. It outlives the host's processes. */
final class Disk {
    private static final int MOST_BLOCKS_LOST = 3;
    /** Any block of events has so many bytes. */
    private static final int SHORTEST_BLOCK = 64;

    private final String name;
    private DiskFile file = new DiskFile();
    private final SnapshotShelf snapshots;
    private MemoryEventStore events = new MemoryEventStore();
    private FaultList faults = new FaultList();
    private boolean eventsStruck;
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

    /** What the node's core has failed on, and what is skipped. */
    FaultRecord faults() {
        return faults;
    }

    /** Of a matcher, what it has made of the journal. */
    MemoryEventStore events() {
        return events;
    }

    /** A loss of power: the last blocks of the event journal are gone, or its index. False where there is none. */
    boolean loseEvents(final Dice dice) {
        if (events.segments().isEmpty()) {
            return false;
        }
        final long last = events.segments().get(events.segments().size() - 1);
        final int blocks = events.blockCount(last);
        if (dice.oneIn(3)) {
            events.loseIndex(last);
        } else {
            events.loseBlocks(last, Math.max(0, blocks - 1 - dice.below(MOST_BLOCKS_LOST)));
        }
        eventsStruck = true;
        return true;
    }

    /** A byte of the event journal turns over. False where there is none. */
    boolean spoilEvents(final Dice dice) {
        if (events.segments().isEmpty()) {
            return false;
        }
        final long segment = events.segments().get(dice.below(events.segments().size()));
        final int blocks = events.blockCount(segment);
        if (blocks == 0) {
            return false;
        }
        events.flipByte(segment, dice.below(blocks), dice.below(SHORTEST_BLOCK));
        eventsStruck = true;
        return true;
    }

    /** Opens the journal after looking at every frame of it, as any store must. */
    SimulatedJournal open() {
        return new SimulatedJournal(name, this);
    }

    /** Somebody puts an empty disk in. */
    void replace() {
        file = new DiskFile();
        faults = new FaultList();
        snapshots.clear();
        setEventsAside();
    }

    /** Whether something has happened to the event journal. */
    boolean areEventsStruck() {
        return eventsStruck;
    }

    /** What an operator does with a damaged event journal: the next process makes it again from the log. */
    void setEventsAside() {
        events = new MemoryEventStore();
        eventsStruck = false;
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
