package org.isochron.sequencer.replica;

import java.util.function.Supplier;
import org.isochron.codecs.frame.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a snapshot of a replica's core at a mark in the log, without holding up anybody else. On the replica's thread it
 * only copies the state; writing and checking go on in a thread of their own while the replica catches up on what it
 * missed meanwhile. One at a time: a mark that comes before the last snapshot is finished is passed over. Memory: one copy
 * of the state, kept for the next time, and one more core while a snapshot is checked.
 */
public final class SnapshotTaker implements Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String name;
    private final SnapshotStore store;
    private final StoredMachine machine;
    private final Supplier<? extends StoredMachine> scratch;
    private final StateImage image = new StateImage();
    private Thread writer;

    private volatile boolean isBusy;
    private volatile long newestSequence;
    private volatile long copyNs;
    private volatile long writeNs;
    private volatile long passedOver;
    private volatile long failed;

    /**
     * @param name    of the node, for its thread and messages.
     * @param machine the core whose state is copied.
     * @param scratch makes cores to check snapshots with.
     */
    public SnapshotTaker(
            final String name,
            final SnapshotStore store,
            final StoredMachine machine,
            final Supplier<? extends StoredMachine> scratch) {
        this.name = name;
        this.store = store;
        this.machine = machine;
        this.scratch = scratch;
    }

    @Override
    public void onMark(final Frame mark, final long chain) {
        if (isBusy) {
            passedOver++;
            LOG.warn(
                    "{}: mark {} passed over, the snapshot before is not finished; {} so far",
                    name,
                    mark.sequence(),
                    passedOver);
            return;
        }
        final long startNs = System.nanoTime();
        machine.save(image);
        final SnapshotHeader header =
                SnapshotHeader.of(machine, mark.sequence(), mark.epoch(), mark.timestampNs(), chain, image.size());
        copyNs = System.nanoTime() - startNs;
        isBusy = true;
        writer = new Thread(() -> finish(header), "snapshot-" + name);
        writer.setDaemon(true);
        writer.start();
    }

    private void finish(final SnapshotHeader header) {
        final long startNs = System.nanoTime();
        try {
            final SnapshotFile file = store.add(header, image, scratch);
            writeNs = System.nanoTime() - startNs;
            newestSequence = header.sequence();
            LOG.info(
                    "{}: {} is verified: {} bytes, copied in {} ms, written and checked in {} ms",
                    name,
                    file.name(),
                    file.length(),
                    copyNs / NANOS_PER_MILLI,
                    writeNs / NANOS_PER_MILLI);
        } catch (final SnapshotException ex) {
            failed++;
            LOG.error("{}: no snapshot at {}: {}", name, header.sequence(), ex.getMessage());
        } catch (final RuntimeException | Error ex) {
            // The thread's end would tell nobody that snapshots are not taken any more.
            failed++;
            LOG.error("{}: no snapshot at {}", name, header.sequence(), ex);
        } finally {
            isBusy = false;
        }
    }

    /** Whether a snapshot is being written or checked. Any thread. */
    public boolean isBusy() {
        return isBusy;
    }

    @Override
    public long newestSequence() {
        return newestSequence;
    }

    /** How long the core's thread took to copy the state last. Any thread. */
    public long copyNs() {
        return copyNs;
    }

    /** How long writing and checking took last. Any thread. */
    public long writeNs() {
        return writeNs;
    }

    /** Marks that came while a snapshot was being written. Any thread. */
    public long passedOver() {
        return passedOver;
    }

    /** Snapshots that could not be written, or did not hold what they should. Any thread. */
    public long failed() {
        return failed;
    }

    /** Waits for the snapshot being written, if any. */
    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.join();
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
