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
 * check word, so that a process killed half-way through a write leaves the one before intact. Beside them stands what a power
 * cut would leave: the sequence that the last force to disk covered, and the boot of the machine that the rest belongs to.
 */
final class JournalHead implements AutoCloseable {
    private static final int SLOT_LENGTH = 64;
    private static final int FILE_LENGTH = 2 * SLOT_LENGTH;
    private static final int SEQUENCE_OFFSET = 0;
    private static final int CHAIN_OFFSET = 8;
    private static final int CHECK_OFFSET = 16;
    /** In the first slot only: what the last force to disk covered, its check word, and the boot of the last owner. */
    private static final int FORCED_OFFSET = 24;

    private static final int FORCED_CHECK_OFFSET = 32;
    private static final int BOOT_OFFSET = 40;

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
                head.forced(0);
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

    /** Where the last frame is; before the first when the file is damaged. Any thread: the appender may go on meanwhile. */
    ProvenMark.Place last() {
        while (true) {
            final long sequence = sequence();
            if (sequence <= 0) {
                return ProvenMark.Place.GENESIS;
            }
            final int slot = slot(sequence);
            final long chain = buffer.getLong(slot + CHAIN_OFFSET, LITTLE_ENDIAN);
            // A slot that the appender has reached again meanwhile holds another sequence.
            if (soundSequence(slot) == sequence && agrees(sequence, chain)) {
                return new ProvenMark.Place(sequence, chain);
            }
        }
    }

    /** True unless the head knows the frame with that sequence by another chain. */
    boolean agrees(final long sequence, final long chain) {
        final int slot = slot(sequence);
        return soundSequence(slot) != sequence || buffer.getLong(slot + CHAIN_OFFSET, LITTLE_ENDIAN) == chain;
    }

    /** Says that frames up to that sequence are on the disk. */
    void forced(final long sequence) {
        buffer.putLong(FORCED_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(FORCED_CHECK_OFFSET, check(sequence, FORCED_OFFSET), LITTLE_ENDIAN);
    }

    /** Says in which boot of the machine the journal is written from now on. */
    void boot(final long bootHash) {
        buffer.putLong(BOOT_OFFSET, bootHash, LITTLE_ENDIAN);
    }

    /** The boot of the machine in which the journal was written last, 0 for none. */
    long boot() {
        return buffer.getLong(BOOT_OFFSET, LITTLE_ENDIAN);
    }

    /** Takes back what was said of the frames behind that one. */
    void reset(final long sequence, final long chain) {
        final int other = SLOT_LENGTH - slot(sequence);
        buffer.putLong(other + CHECK_OFFSET, 0, LITTLE_ENDIAN);
        write(sequence, chain);
        forced(sequence);
    }

    /**
     * The sequence up to which frames must be there: all that were appended, as memory outlives the process that wrote
     * it; when the machine was started anew since, only those forced to disk. -1 when the file is damaged.
     *
     * @param bootHash of the machine's present run.
     */
    long survivingSequence(final long bootHash) {
        final long appended = sequence();
        final long boot = buffer.getLong(BOOT_OFFSET, LITTLE_ENDIAN);
        final long forced = buffer.getLong(FORCED_OFFSET, LITTLE_ENDIAN);
        final boolean isForcedKnown = forced >= 0
                && forced <= appended
                && buffer.getLong(FORCED_CHECK_OFFSET, LITTLE_ENDIAN) == check(forced, FORCED_OFFSET);
        return boot == 0 || boot == bootHash || !isForcedKnown ? appended : forced;
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
