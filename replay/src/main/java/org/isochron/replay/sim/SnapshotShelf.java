package org.isochron.replay.sim;

import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.isochron.codecs.frame.Frame;
import org.isochron.replay.check.Violation;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StateImage;
import org.isochron.sequencer.replica.StoredMachine;

/**
 * The snapshots on a simulated disk, the newest first, as many as {@link SnapshotStore} keeps. As there, one counts only
 * after it was loaded into a core of its own and has the hashes it says, and one that is damaged, or not of the journal
 * beside it, is passed over at start.
 */
final class SnapshotShelf {
    private static final long PRIME = 0x9E3779B185EBCA87L;

    private final ArrayDeque<Snapshot> newestFirst = new ArrayDeque<>();
    private final SnapshotProof proof;

    /** @param proof shared by all shelves of a world. */
    SnapshotShelf(final SnapshotProof proof) {
        this.proof = proof;
    }

    /** @param checksum of the state as it was written. */
    private record Snapshot(SnapshotHeader header, long[] state, long checksum) {
        Snapshot withBitTurned(final int cell, final int bit) {
            // Other disks may hold the same array.
            final long[] spoilt = state.clone();
            spoilt[cell] ^= 1L << bit;
            return new Snapshot(header, spoilt, checksum);
        }
    }

    /**
     * Where a node begins.
     *
     * @param snapshot whose state the core has, null at genesis.
     */
    record Start(StoredMachine core, SnapshotHeader snapshot) {}

    /**
     * Puts the state of a core on the disk.
     *
     * @param cores makes cores to check it with.
     */
    void add(final StoredMachine core, final Frame mark, final long chain, final Supplier<StoredMachine> cores) {
        final StateImage image = proof.image();
        core.save(image);
        final SnapshotHeader header =
                SnapshotHeader.of(core, mark.sequence(), mark.epoch(), mark.timestampNs(), chain, image.size());
        if (!proof.covers(header)) {
            final long[] state = copyOut(image);
            final Snapshot unproven = new Snapshot(header, state, 0);
            final Noun dissent = header.dissent(load(unproven, cores));
            if (dissent != null) {
                throw new Violation(
                        "snapshot-is-state",
                        "the snapshot taken at " + header.sequence() + " holds another state of " + dissent
                                + " than the core it was taken of");
            }
            proof.proved(header, state, checksum(state));
        }
        final Snapshot snapshot = new Snapshot(header, proof.state(), proof.checksum());
        newestFirst.removeIf(old -> old.header.sequence() >= header.sequence());
        newestFirst.addFirst(snapshot);
        while (newestFirst.size() > SnapshotStore.KEPT) {
            newestFirst.removeLast();
        }
    }

    /**
     * The newest one that is sound and of this journal, loaded; a new core when there is none.
     *
     * @param latest no later one is begun with.
     */
    Start start(final Journal journal, final long latest, final Supplier<StoredMachine> cores) {
        for (final Snapshot snapshot : newestFirst) {
            if (snapshot.header.sequence() <= latest
                    && !journal.faults().spoils(snapshot.header.sequence())
                    && checksum(snapshot.state) == snapshot.checksum
                    && isOf(journal, snapshot.header)) {
                final StoredMachine core = load(snapshot, cores);
                final Noun dissent = snapshot.header.dissent(core);
                if (dissent != null) {
                    throw new Violation(
                            "snapshot-is-state",
                            "the snapshot at " + snapshot.header.sequence() + " is sound and loads as another "
                                    + dissent);
                }
                return new Start(core, snapshot.header);
            }
        }
        return new Start(cores.get(), null);
    }

    private static boolean isOf(final Journal journal, final SnapshotHeader header) {
        if (header.sequence() > journal.lastSequence()) {
            return false;
        }
        final Frame frame = new Frame();
        final long[] chain = new long[1];
        try (JournalReader reader = journal.newReader()) {
            reader.seek(header.sequence());
            reader.poll(
                    (buffer, offset, length) ->
                            chain[0] = frame.wrap(buffer, offset).chain(),
                    1);
        }
        return chain[0] == header.chain();
    }

    private StoredMachine load(final Snapshot snapshot, final Supplier<StoredMachine> cores) {
        final StateImage image = proof.image();
        image.clear();
        int taken = 0;
        for (int block = 0; taken < snapshot.state.length; block++) {
            final int longs = Math.min(StateImage.BLOCK_LONGS, snapshot.state.length - taken);
            System.arraycopy(snapshot.state, taken, image.block(block), 0, longs);
            image.grow(longs);
            taken += longs;
        }
        final StoredMachine core = cores.get();
        try {
            core.load(image);
        } catch (final SnapshotException unusable) {
            throw new Violation(
                    "snapshot-is-state",
                    "the snapshot at " + snapshot.header.sequence() + " is sound and cannot be loaded: "
                            + unusable.getMessage(),
                    unusable);
        }
        return core;
    }

    private static long[] copyOut(final StateImage image) {
        final long[] state = new long[(int) image.size()];
        for (int taken = 0; taken < state.length; taken += StateImage.BLOCK_LONGS) {
            final int longs = Math.min(StateImage.BLOCK_LONGS, state.length - taken);
            System.arraycopy(image.block(taken / StateImage.BLOCK_LONGS), 0, state, taken, longs);
        }
        return state;
    }

    private static long checksum(final long[] state) {
        long sum = 0;
        for (final long cell : state) {
            sum = Long.rotateLeft(sum, 1) * PRIME + cell;
        }
        return sum;
    }

    /** A bit of one of them turns over; nothing happens where there is none. */
    boolean damage(final Dice dice) {
        if (newestFirst.isEmpty()) {
            return false;
        }
        final int struck = dice.below(newestFirst.size());
        final ArrayDeque<Snapshot> before = new ArrayDeque<>(newestFirst);
        newestFirst.clear();
        for (final Snapshot snapshot : before) {
            final boolean isStruck = newestFirst.size() == struck;
            newestFirst.addLast(
                    isStruck
                            ? snapshot.withBitTurned(dice.below(snapshot.state.length), dice.below(Long.SIZE))
                            : snapshot);
        }
        return true;
    }

    /** Somebody puts an empty disk in. */
    void clear() {
        newestFirst.clear();
    }
}
