package org.isochron.sequencer.chronicle;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again, behind the back of a node that runs, what its opening took on trust: every frame before the place proven
 * earlier. On a thread of its own that rests nine times as long as it works. Whoever reads a frame verifies it, so nothing
 * depends on this; it finds the damage of frames that nobody would read for months while other nodes still have them.
 */
final class JournalPatrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalPatrol.class);
    private static final int PORTION = 1_024;
    private static final int REST_FACTOR = 9;
    private static final long JOIN_MS = 2_000;

    private final String name;
    private final Supplier<? extends JournalReader> readers;
    private final long lastSequence;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile boolean isDone;
    private volatile long verifiedSequence;
    private volatile JournalException damage;

    /**
     * @param readers      opens a reader that stands at the first frame of the journal's own files; it is opened on the
     *                     patrol's thread.
     * @param lastSequence the last frame to be read again.
     */
    JournalPatrol(final String name, final Supplier<? extends JournalReader> readers, final long lastSequence) {
        this.name = name;
        this.readers = readers;
        this.lastSequence = lastSequence;
        thread = new Thread(this::walk, "patrol-" + name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    JournalPatrol start() {
        thread.start();
        return this;
    }

    private void walk() {
        try (JournalReader reader = readers.get()) {
            verifiedSequence = reader.nextSequence() - 1;
            while (!isClosed && reader.nextSequence() <= lastSequence) {
                final long startNs = System.nanoTime();
                reader.poll((buffer, offset, length) -> {}, (int)
                        Math.min(PORTION, lastSequence - reader.nextSequence() + 1));
                verifiedSequence = reader.nextSequence() - 1;
                LockSupport.parkNanos(REST_FACTOR * (System.nanoTime() - startNs));
            }
            isDone = verifiedSequence >= lastSequence;
        } catch (final JournalException found) {
            damage = found;
            LOG.error("journal {}: found when it was read again: {}", name, found.getMessage());
        }
    }

    /** What was found, null while nothing was. Any thread. */
    JournalException damage() {
        return damage;
    }

    /** Everything was read again and found sound. Any thread. */
    boolean isDone() {
        return isDone;
    }

    /** Last frame read again. Any thread. */
    long verifiedSequence() {
        return verifiedSequence;
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
