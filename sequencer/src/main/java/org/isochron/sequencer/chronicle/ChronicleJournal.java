package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/**
 * A journal on disk, open for appending. An append copies the frame into the mapped file of the day and then moves the
 * head on; it survives the death of the process from there on, and a power cut once {@link #force()} has covered it.
 */
public final class ChronicleJournal implements Journal {
    private final JournalDirectory directory;
    private final DirectoryLock lock;
    private final JournalHead head;
    private final EpochFile epochs;
    private final FaultFile faults;
    private final ChronicleJournalReader verifier;
    private final FrameOrder order;
    private final FrameAppender appender;
    private final Preallocation preallocation;
    private final JournalRecovery recovery;
    private boolean isFirstAppendProven;
    /** The newest data file at the last {@link #force()}: older ones are complete and safe. */
    private Path lastForced;

    private final long verifiedEnd;
    private boolean closed;

    /**
     * Verifies all of it. Takes over the lock, the head and the verifier on success only.
     *
     * @param verifier a reader that stands at the start.
     * @param recovery what had to be mended first.
     */
    ChronicleJournal(
            final JournalDirectory directory,
            final DirectoryLock lock,
            final JournalHead head,
            final ChronicleJournalReader verifier,
            final JournalRecovery recovery) {
        this.directory = directory;
        this.lock = lock;
        this.head = head;
        this.verifier = verifier;
        this.recovery = recovery;
        lastForced = directory.path();
        order = verifyAll(verifier);
        verifiedEnd = verifier.endPosition();
        checkResidue();
        head.write(order.lastSequence(), order.lastChain());
        head.boot(BootId.hash());
        preallocation = new Preallocation(directory, directory.blockLength() / 2);
        try {
            faults = new FaultFile(directory.faultFile());
            epochs = EpochFile.open(directory.epochFile());
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
        try {
            appender = new FrameAppender(directory, order.lastTimestampNs());
        } catch (final Exception | InternalError | AssertionError e) {
            epochs.close();
            throw order.corrupt(order.lastSequence() + 1, "the queue takes no appender (" + e + ")", e);
        }
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (closed) {
            throw new IllegalStateException("journal " + directory.name() + " is closed");
        }
        order.checkAppend(buffer, offset, length);
        write(buffer, offset, length);
        if (isFirstAppendProven) {
            order.appended();
        } else {
            proveFirstAppend();
        }
        head.write(order.lastSequence(), order.lastChain());
    }

    @Override
    public long lastSequence() {
        return order.lastSequence();
    }

    @Override
    public long lastChain() {
        return order.lastChain();
    }

    @Override
    public int lastEpoch() {
        return order.lastEpoch();
    }

    @Override
    public long lastTimestampNs() {
        return order.lastTimestampNs();
    }

    @Override
    public JournalReader newReader() {
        return ChronicleJournalStore.newReader(directory);
    }

    /**
     * Makes everything appended before the call survive a power cut. Takes a disk's time, so call it from a thread of
     * its own; calls from several threads take turns.
     *
     * @return sequence up to which frames are safe.
     * @throws UncheckedIOException when the disk fails. Stop the node then and rebuild it from a peer: the kernel may
     *                              have dropped the pages, and a second call would wrongly succeed.
     */
    public synchronized long force() {
        if (closed) {
            throw new IllegalStateException("journal " + directory.name() + " is closed");
        }
        final long sequence = head.sequence();
        try {
            for (final Path file : directory.dataFiles()) {
                if (file.compareTo(lastForced) >= 0) {
                    force(file);
                    lastForced = file;
                }
            }
            directory.force();
            head.forced(sequence);
            head.force();
            return sequence;
        } catch (final IOException e) {
            throw new UncheckedIOException("journal " + directory.name() + " cannot be forced to disk", e);
        }
    }

    /**
     * Keeps blocks of the disk ready ahead of the appender: half a {@code blockLength}. To be called every now and then
     * from a thread other than the appender's.
     *
     * @return false when the disk has no room left for that: what is ready will still be filled.
     * @throws UncheckedIOException when the files cannot be looked at.
     */
    public synchronized boolean preallocate() {
        try {
            return closed || preallocation.keepAhead(Math.max(verifiedEnd, appender.endPosition()));
        } catch (final IOException e) {
            throw new UncheckedIOException("journal " + directory.name() + " cannot be preallocated", e);
        }
    }

    @Override
    public EpochPromise promise() {
        return epochs;
    }

    @Override
    public FaultRecord faults() {
        return faults;
    }

    /** What had to be mended when it was opened. */
    public JournalRecovery recovery() {
        return recovery;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            verifier.close();
            appender.close();
            epochs.close();
            head.close();
            lock.close();
        }
    }

    /** A record left unfinished is behind everything verified, or the verifier would have met it. */
    private void checkResidue() {
        final Path file = verifier.file();
        if (file == null) {
            return;
        }
        try {
            final long residue = TailResidue.find(file, verifier.endPosition());
            if (residue != TailResidue.NONE) {
                throw order.corrupt(
                        order.lastSequence() + 1,
                        "an unfinished record stands there, byte " + residue + " of " + file.getFileName());
            }
        } catch (final IOException e) {
            throw directory.unusable(e.toString(), e);
        }
    }

    private static FrameOrder verifyAll(final ChronicleJournalReader reader) {
        while (reader.poll((buffer, offset, length) -> {}, 1024) > 0) {
            // The reader throws at the first frame that is not as it should be.
        }
        return reader.order();
    }

    private void write(final DirectBuffer buffer, final int offset, final int length) {
        try {
            appender.append(buffer, offset, length);
        } catch (final Exception | InternalError | AssertionError e) {
            throw order.corrupt(order.lastSequence() + 1, "the queue does not take the frame (" + e + ")", e);
        }
    }

    /**
     * Reads the first frame appended back, which moves the shared order on. A damaged write position in the queue's own
     * header would send it, and all that follow, to a place where no reader ever finds them.
     */
    private void proveFirstAppend() {
        if (verifier.poll((buffer, offset, length) -> {}, 1) == 0) {
            throw order.corrupt(order.lastSequence() + 1, "the queue took the frame and put it where it is not found");
        }
        verifier.close();
        isFirstAppendProven = true;
    }

    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
