package org.isochron.sequencer.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;

/**
 * Where a journal ends, told by its appender: sequence and chain of the last frame. Two slots take turns, each with a
 * check word, so that a process killed half-way through a write leaves the one before intact.
 */
final class JournalHead implements AutoCloseable {
    private static final int SLOT_LENGTH = 64;
    private static final int FILE_LENGTH = 2 * SLOT_LENGTH;
    private static final int SEQUENCE_OFFSET = 0;
    private static final int CHAIN_OFFSET = 8;
    private static final int CHECK_OFFSET = 16;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private boolean closed;

    private JournalHead(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    static void create(final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (JournalHead head = new JournalHead(channel.map(MapMode.READ_WRITE, 0, FILE_LENGTH))) {
                head.write(0, 0);
                head.force();
            }
            channel.force(true);
        }
    }

    static JournalHead openForWriting(final Path file) throws IOException {
        return open(file, MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static JournalHead openForReading(final Path file) throws IOException {
        return open(file, MapMode.READ_ONLY, StandardOpenOption.READ);
    }

    /** Says that the frame with this sequence and chain stands in the journal. */
    void write(final long sequence, final long chain) {
        final int slot = slot(sequence);
        buffer.putLong(slot + CHAIN_OFFSET, chain, LITTLE_ENDIAN);
        buffer.putLong(slot + CHECK_OFFSET, check(sequence, chain), LITTLE_ENDIAN);
        buffer.putLongOrdered(slot + SEQUENCE_OFFSET, sequence);
    }

    /** Sequence of the last frame, 0 before the first, -1 when neither slot is sound. Any thread, any process. */
    long sequence() {
        return Math.max(soundSequence(0), soundSequence(SLOT_LENGTH));
    }

    /** True unless the head knows the frame with that sequence by another chain. */
    boolean agrees(final long sequence, final long chain) {
        final int slot = slot(sequence);
        return soundSequence(slot) != sequence || buffer.getLong(slot + CHAIN_OFFSET, LITTLE_ENDIAN) == chain;
    }

    void force() {
        mapped.force();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            BufferUtil.free(mapped);
        }
    }

    private long soundSequence(final int slot) {
        final long sequence = buffer.getLongVolatile(slot + SEQUENCE_OFFSET);
        final long chain = buffer.getLong(slot + CHAIN_OFFSET, LITTLE_ENDIAN);
        final long check = buffer.getLong(slot + CHECK_OFFSET, LITTLE_ENDIAN);
        return sequence >= 0 && check == check(sequence, chain) ? sequence : -1;
    }

    private static int slot(final long sequence) {
        return (int) (sequence & 1) * SLOT_LENGTH;
    }

    /** Never 0 for an unwritten slot, so that zeroes are not taken for a head. */
    private static long check(final long sequence, final long chain) {
        return XxHash64.mix(chain ^ XxHash64.mix(sequence + 1));
    }

    private static JournalHead open(final Path file, final MapMode mode, final StandardOpenOption... options)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            if (channel.size() != FILE_LENGTH) {
                throw new IOException(file + " has " + channel.size() + " bytes where " + FILE_LENGTH + " belong");
            }
            return new JournalHead(channel.map(mode, 0, FILE_LENGTH));
        }
    }
}
