package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.edge.JournalReader;

/** What tests do to a closed journal, and what they look at afterwards. */
final class Damage {
    private static final int BOOT_OFFSET = 40;
    private static final int RUNNING_MARK_LENGTH = 64;

    private static final Frames ALL = new Frames();
    private static final List<UnsafeBuffer> MADE = new ArrayList<>();

    private Damage() {}

    /** A journal of that many frames, closed. */
    static void write(final Path root, final String name, final int frames) {
        try (ChronicleJournal journal = store(root).open(name)) {
            new Frames().appendTo(journal, frames);
        }
    }

    /** A journal of that many frames on a machine that loses its power afterwards: the first {@code forced} were safe. */
    static void writeAndLosePower(final Path root, final String name, final int frames, final int forced)
            throws IOException {
        try (ChronicleJournal journal = store(root).open(name)) {
            final Frames made = new Frames().appendTo(journal, forced);
            journal.force();
            made.appendTo(journal, frames - forced);
        }
        startMachineAnew(root.resolve(name));
    }

    /** Lets head and mark say that they were written before the machine's last start. */
    static void startMachineAnew(final Path journal) throws IOException {
        try (FileChannel head = FileChannel.open(journal.resolve("head"), StandardOpenOption.WRITE)) {
            head.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, 77),
                    BOOT_OFFSET);
        }
        // The mark of the machine's present run would not count either.
        try (FileChannel proven = FileChannel.open(journal.resolve("proven"), StandardOpenOption.WRITE)) {
            proven.write(ByteBuffer.allocate(RUNNING_MARK_LENGTH), 0);
        }
    }

    static ChronicleJournalStore store(final Path root) {
        return new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH);
    }

    /** Newest data file. */
    static Path dataFile(final Path journal) throws IOException {
        return dataFiles(journal).get(dataFiles(journal).size() - 1);
    }

    static List<Path> dataFiles(final Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    /** Where a frame begins in its file. */
    static int offsetOf(final Path file, final long sequence) throws IOException {
        return offsetOf(Files.readAllBytes(file), 0, sequence);
    }

    /** Where a frame begins in those bytes, at or after a place. */
    static int offsetOf(final byte[] bytes, final int from, final long sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Frame frame = new Frame();
        for (int i = from; i < bytes.length - Frame.HEADER_LENGTH; i += 4) {
            frame.wrap(buffer, i);
            if (frame.sequence() == sequence && frame.damage(bytes.length - i) == null) {
                return i;
            }
        }
        throw new AssertionError("no frame " + sequence);
    }

    static void overwrite(final Path file, final long offset, final byte... bytes) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.seek(offset);
            data.write(bytes);
        }
    }

    static void flip(final Path file, final long offset) throws IOException {
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.seek(offset);
            final int before = data.read();
            data.seek(offset);
            data.write(~before);
        }
    }

    static void truncate(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (final Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    static void delete(final Path directory) throws IOException {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
    }

    /** Whoever reads the journal finds exactly the first {@code count} frames of {@link Frames}. */
    static void assertHolds(final Path root, final String name, final int count, final String why) {
        final int[] next = new int[1];
        final List<UnsafeBuffer> expected = frames(count);
        try (JournalReader reader = store(root).read(name)) {
            final int read = reader.poll(
                    (buffer, offset, length) -> assertEquals(
                            0, expected.get(next[0]++).compareTo(new UnsafeBuffer(buffer, offset, length)), why),
                    count + 1);
            assertEquals(count, read, why);
        }
    }

    /** Made once: whoever damages a journal thousands of times compares it with the same frames each time. */
    private static List<UnsafeBuffer> frames(final int count) {
        while (MADE.size() < count + 1) {
            final UnsafeBuffer frame = ALL.next();
            final byte[] copy = new byte[ALL.length()];
            frame.getBytes(0, copy);
            MADE.add(new UnsafeBuffer(copy));
        }
        return MADE;
    }

    /** The frames of {@link Frames} from behind that one. */
    static Frames after(final long sequence) {
        final Frames frames = new Frames();
        while (frames.sequence() < sequence) {
            frames.next();
        }
        return frames;
    }
}
