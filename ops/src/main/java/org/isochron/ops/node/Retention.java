package org.isochron.ops.node;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isochron.sequencer.chronicle.ChronicleJournal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.UnreadableVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves files of a node's journal to its archive, on a thread of its own, once the node could start without them twice over:
 * when all their frames are below its second newest snapshot.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long LOOK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int SECOND_NEWEST = 1;

    private final String node;
    private final ChronicleJournal journal;
    private final SnapshotStore snapshots;
    private final Path archive;
    private Thread mover;
    private long lookedNs = System.nanoTime() - LOOK_INTERVAL_NS;
    private long doneBelow;
    private volatile JournalException failure;

    /** @param archive null to move nothing. */
    Retention(final String node, final ChronicleJournal journal, final Path snapshots, final Path archive) {
        this.node = node;
        this.journal = journal;
        this.snapshots = archive == null ? null : new SnapshotStore(snapshots);
        this.archive = archive;
    }

    /** Looks now and then whether there is something to be moved. */
    void look() {
        final long nowNs = System.nanoTime();
        if (archive == null || nowNs - lookedNs < LOOK_INTERVAL_NS || mover != null && mover.isAlive()) {
            return;
        }
        lookedNs = nowNs;
        final long below = secondNewest();
        if (below > doneBelow) {
            mover = new Thread(() -> move(below), "archive-" + node);
            mover.setDaemon(true);
            mover.setPriority(Thread.MIN_PRIORITY);
            mover.start();
            doneBelow = below;
        }
    }

    private long secondNewest() {
        try {
            final List<SnapshotFile> files = snapshots.newestFirst();
            return files.size() > SECOND_NEWEST
                    ? files.get(SECOND_NEWEST).header().sequence()
                    : 0;
        } catch (final SnapshotException | UnreadableVersionException unreadable) {
            LOG.error("{}: nothing is moved to the archive: {}", node, unreadable.getMessage());
            return 0;
        }
    }

    private void move(final long below) {
        try {
            journal.archive(archive, below);
        } catch (final JournalException e) {
            failure = e;
        } catch (final UncheckedIOException e) {
            // The journal is whole; the next snapshot is the next occasion.
            LOG.error("{}: {}: {}", node, e.getMessage(), e.getCause().toString());
        }
    }

    /** Why the node has to stop, null while all is well: old frames are damaged, or the archive is not this journal's. */
    JournalException failure() {
        return failure;
    }
}
