package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.EventSegment;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.isochron.sequencer.edge.EventStore;

/**
 * Events on disk. Each segment is a directory named by its first command, with a Chronicle Queue of one file for each day of
 * event timestamps (UTC), and its index in a file beside. Owned by one process.
 */
public final class ChronicleEventStore implements EventStore {
    static final RollCycle ROLL_CYCLE = LargeRollCycles.LARGE_DAILY;

    /**
     * Files grow by so many bytes, sparse, and are mapped in such pieces, which overlap by a quarter: the longest block,
     * all events of one command, is in one piece.
     */
    private static final long BLOCK_LENGTH = 16L << 20;

    /** What can be read in one piece wherever it begins. */
    static final long MAX_EXCERPT_LENGTH = BLOCK_LENGTH / 4;

    private static final long DEAD_WRITER_TIMEOUT_MS = 500;
    private static final String NAME_PATTERN = "[0-9]{20}";

    static {
        ChronicleSettings.apply();
    }

    private final Path directory;
    private final DirectoryLock lock;

    private ChronicleEventStore(final Path directory, final DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens it.
     *
     * @param directory made when it is not there; nobody else's.
     * @throws DirectoryLock.InUseException when a process has it open.
     */
    public static ChronicleEventStore open(final Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make the event journal's directory " + directory, e);
        }
        return new ChronicleEventStore(directory, DirectoryLock.take(directory));
    }

    @Override
    public List<Long> segments() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(NAME_PATTERN))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot list the event journal " + directory, e);
        }
    }

    @Override
    public EventSegment create(final long firstMatchSeq) {
        try {
            for (final long name : segments()) {
                if (name >= firstMatchSeq) {
                    delete(path(name));
                }
            }
            Files.createDirectory(path(firstMatchSeq));
            return new ChronicleEventSegment(path(firstMatchSeq));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot begin a segment of the event journal " + directory, e);
        }
    }

    @Override
    public EventSegmentReader read(final long firstMatchSeq) {
        return new ChronicleEventSegmentReader(path(firstMatchSeq));
    }

    @Override
    public long usableBytes() {
        return directory.toFile().getUsableSpace();
    }

    @Override
    public void close() {
        lock.close();
    }

    static SingleChronicleQueue queue(final Path segment, final TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(segment)
                .rollCycle(ROLL_CYCLE)
                .timeProvider(time)
                .blockSize(BLOCK_LENGTH)
                .syncMode(SyncMode.ASYNC)
                .timeoutMS(DEAD_WRITER_TIMEOUT_MS)
                .checkInterrupts(false)
                .build();
    }

    private Path path(final long firstMatchSeq) {
        return directory.resolve(String.format("%020d", firstMatchSeq));
    }

    private static void delete(final Path segment) throws IOException {
        final List<Path> files;
        try (Stream<Path> found = Files.list(segment)) {
            files = found.toList();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
        Files.delete(segment);
    }
}
