package org.isochron.matcher.book;

import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.Writes;
import org.isochron.sequencer.replica.StateImage;

/** What the books know that is in no order: the hash of what rests, and what moved between sessions. */
final class QueueSums implements StatePart {
    private static final String NAME = "queues";

    private static final long RESTING_FACTOR = 0x165667B19E3779F9L;
    private static final long MOVES_FACTOR = 0x27D4EB2F165667C5L;

    private final OrderQueues queues;
    private final OrderOwners owners;

    QueueSums(final OrderQueues queues, final OrderOwners owners) {
        this.queues = queues;
        this.owners = owners;
    }

    /** A queue changes with its orders. */
    @Override
    public void notes(final Writes writes) {}

    @Override
    public long hash() {
        return queues.restingHash() * RESTING_FACTOR + owners.movesHash() * MOVES_FACTOR;
    }

    /** Held against the orders with all that is derived from them. */
    @Override
    public void verify() {}

    @Override
    public void save(final StateImage image) {
        image.beginSection(NAME, 1, 1, hash());
        image.put(owners.movesHash());
        image.endSection();
    }

    /** The other part of the hash follows from the orders. */
    @Override
    public void load(final StateImage image) {
        image.openSection(NAME, 1, 1);
        owners.movesHash(image.get());
        image.closeSection();
    }
}
