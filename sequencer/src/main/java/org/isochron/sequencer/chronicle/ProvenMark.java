package org.isochron.sequencer.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;

/**
 * How far a journal is known to be sound, so that the next opening need not read what is before. Two marks: one of the
 * present run of the machine, as memory outlives the process; one of what was forced to disk, for when the machine was
 * started anew. A mark counts only while the data files that it was made of are all there.
 *
 * <pre>
 * twice, at 0 and 64: sequence i64, chain i64, boot i64 (0: forced), file count i64, hash of the file names i64, check i64
 * </pre>
 */
final class ProvenMark implements AutoCloseable {
    private static final int SLOT_LENGTH = 64;
    private static final int FILE_LENGTH = 2 * SLOT_LENGTH;
    private static final int RUNNING = 0;
    private static final int FORCED = SLOT_LENGTH;
    private static final int SEQUENCE = 0;
    private static final int CHAIN = 8;
    private static final int BOOT = 16;
    private static final int FILE_COUNT = 24;
    private static final int FILES_HASH = 32;
    private static final int CHECK = 40;

    /** A frame known to be in the journal. */
    record Place(long sequence, long chain) {
        /** Before the first frame. */
        static final Place GENESIS = new Place(0, 0);
    }

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private long forcedSequence;
    private boolean isTakenBack;
    private boolean closed;

    private ProvenMark(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    /** Opens the file, making it when there is none. */
    static ProvenMark open(final Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new ProvenMark(channel.map(MapMode.READ_WRITE, 0, FILE_LENGTH));
        }
    }

    /** Has the next opening verify everything. */
    static void remove(final Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /**
     * The newest mark that counts.
     *
     * @param bootHash of the machine's present run.
     * @param files    the journal's data files, oldest first.
     */
    synchronized Place newest(final long bootHash, final List<Path> files) {
        final boolean isRunning = isSound(RUNNING, files) && buffer.getLong(RUNNING + BOOT, LITTLE_ENDIAN) == bootHash;
        final Place forced = isSound(FORCED, files) ? place(FORCED) : Place.GENESIS;
        final Place running = isRunning ? place(RUNNING) : Place.GENESIS;
        return running.sequence() > forced.sequence() ? running : forced;
    }

    /** All frames up to that one were verified when they were read or appended, in this run of the machine. */
    synchronized void running(final Place place, final long bootHash, final List<Path> files) {
        write(RUNNING, place, bootHash, files);
    }

    /** All frames up to that one are on the disk, too. */
    synchronized void forced(final Place place, final List<Path> files) {
        if (place.sequence() != forcedSequence) {
            write(FORCED, place, 0, files);
            mapped.force();
            forcedSequence = place.sequence();
        }
    }

    /** A frame before the marks has turned out to be damaged: no mark counts from now on, and the next opening reads all. */
    synchronized void takeBack() {
        isTakenBack = true;
        if (!closed) {
            buffer.putLong(RUNNING + CHECK, 0);
            buffer.putLong(FORCED + CHECK, 0);
            mapped.force();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            BufferUtil.free(mapped);
        }
    }

    private void write(final int slot, final Place place, final long bootHash, final List<Path> files) {
        if (isTakenBack || closed) {
            return;
        }
        buffer.putLong(slot + SEQUENCE, place.sequence(), LITTLE_ENDIAN);
        buffer.putLong(slot + CHAIN, place.chain(), LITTLE_ENDIAN);
        buffer.putLong(slot + BOOT, bootHash, LITTLE_ENDIAN);
        buffer.putLong(slot + FILE_COUNT, files.size(), LITTLE_ENDIAN);
        buffer.putLong(slot + FILES_HASH, hash(files), LITTLE_ENDIAN);
        buffer.putLong(slot + CHECK, check(slot), LITTLE_ENDIAN);
    }

    private Place place(final int slot) {
        return new Place(buffer.getLong(slot + SEQUENCE, LITTLE_ENDIAN), buffer.getLong(slot + CHAIN, LITTLE_ENDIAN));
    }

    private boolean isSound(final int slot, final List<Path> files) {
        final long count = buffer.getLong(slot + FILE_COUNT, LITTLE_ENDIAN);
        return buffer.getLong(slot + CHECK, LITTLE_ENDIAN) == check(slot)
                && count > 0
                && count <= files.size()
                && buffer.getLong(slot + FILES_HASH, LITTLE_ENDIAN) == hash(files.subList(0, (int) count));
    }

    /** Never 0 for a slot of zeroes. */
    private long check(final int slot) {
        return XxHash64.hash(buffer, slot, CHECK) | 1;
    }

    /** Files are added and grow; none goes, and none comes in between. */
    private static long hash(final List<Path> files) {
        final StringBuilder names = new StringBuilder();
        files.forEach(file -> names.append(file.getFileName()).append('\n'));
        final byte[] bytes = names.toString().getBytes(StandardCharsets.UTF_8);
        return XxHash64.hash(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
