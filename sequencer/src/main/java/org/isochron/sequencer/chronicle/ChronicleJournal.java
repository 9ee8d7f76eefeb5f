package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.DirectoryLock;
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
    private final ChronicleJournalReader verifier;
    private final FrameOrder order;
    private final FrameTime time = new FrameTime();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final Frame frame = new Frame();
    private boolean isFirstAppendProven;
    /** The newest data file at the last {@link #force()}: older ones are complete and safe. */
    private Path lastForced;

    private boolean closed;

    /**
     * Verifies all of it. Takes over the lock and the verifier on success only.
     *
     * @param verifier a reader that stands at the start.
     */
    ChronicleJournal(
            final JournalDirectory directory,
            final DirectoryLock lock,
            final JournalHead head,
            final ChronicleJournalReader verifier) {
        this.directory = directory;
        this.lock = lock;
        this.head = head;
        this.verifier = verifier;
        lastForced = directory.path();
        order = verifyAll(verifier);
        head.write(order.lastSequence(), order.lastChain());
        time.advanceTo(order.lastTimestampNs());
        SingleChronicleQueue opened = null;
        try {
            opened = directory.queue(time);
            opened.singleThreadedCheckDisabled(true);
            appender = opened.createAppender();
            appender.singleThreadedCheckDisabled(true);
            queue = opened;
        } catch (final RuntimeException | InternalError | AssertionError e) {
            if (opened != null) {
                opened.close();
            }
            throw order.corrupt(order.lastSequence() + 1, "the queue takes no appender (" + e + ")", e);
        }
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (closed) {
            throw new IllegalStateException("journal " + directory.name() + " is closed");
        }
        order.checkAppend(buffer, offset, length);
        time.advanceTo(frame.wrap(buffer, offset).timestampNs());
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
            head.force();
            return sequence;
        } catch (final IOException e) {
            throw new UncheckedIOException("journal " + directory.name() + " cannot be forced to disk", e);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            verifier.close();
            queue.close();
            head.close();
            lock.close();
        }
    }

    private static FrameOrder verifyAll(final ChronicleJournalReader reader) {
        while (reader.poll((buffer, offset, length) -> {}, 1024) > 0) {
            // The reader throws at the first frame that is not as it should be.
        }
        return reader.order();
    }

    private void write(final DirectBuffer buffer, final int offset, final int length) {
        try (DocumentContext excerpt = appender.writingDocument()) {
            try {
                final Bytes<?> bytes = excerpt.wire().bytes();
                // The queue maps its file with an overlap far larger than a frame, so its place is in one piece.
                target.wrap(bytes.addressForWrite(bytes.writePosition()), length);
                target.putBytes(0, buffer, offset, length);
                bytes.writeSkip(length);
            } catch (final RuntimeException | Error e) {
                excerpt.rollbackOnClose();
                throw e;
            }
        } catch (final RuntimeException | InternalError | AssertionError e) {
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
