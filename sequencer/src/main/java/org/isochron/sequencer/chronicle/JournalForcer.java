package org.isochron.sequencer.chronicle;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.isochron.sequencer.replica.ReleasePoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces a journal to disk as fast as the disk takes it, on a thread of its own: whatever was appended while one force went
 * on is covered by the next, so a slower disk makes larger groups. The first failure is the last word: nothing is released
 * any more, and the node has to stop.
 */
final class JournalForcer implements ReleasePoint, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalForcer.class);
    private static final long IDLE_NS = TimeUnit.MICROSECONDS.toNanos(20);

    private final ChronicleJournal journal;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile long forcedSequence;
    private volatile RuntimeException failure;
    private volatile long forces;

    /** @param journal closed after this. */
    JournalForcer(final ChronicleJournal journal) {
        this.journal = journal;
        thread = new Thread(this::run, "force-" + journal.name());
        thread.setDaemon(true);
    }

    JournalForcer start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!isClosed) {
                if (journal.appendedSequence() > forcedSequence) {
                    forcedSequence = journal.force();
                    forces++;
                } else {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        } catch (final RuntimeException e) {
            failure = e;
            LOG.error("nothing leaves this node any more: {}", e.getMessage());
        }
    }

    /** Up to where frames survive a power cut. Any thread. */
    @Override
    public long sequence() {
        return forcedSequence;
    }

    /** Why nothing is forced any more, null while all is well. Any thread. */
    RuntimeException failure() {
        return failure;
    }

    /** Forces done. Any thread. */
    long forces() {
        return forces;
    }

    /** Waits for the force that goes on. */
    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
