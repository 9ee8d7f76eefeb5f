package org.isochron.sequencer.replica;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The snapshots of one node, in a directory of their own. One gets its name only after it was written, brought to the disk,
 * read back, loaded into a new core and found to have the hashes it says; the last {@value #KEPT} are kept. What a crash
 * left unfinished has another name and is never taken for one.
 */
public final class SnapshotStore {
    /** Snapshots kept: a damaged one costs a longer tail of the journal, no more. */
    public static final int KEPT = 3;

    private static final String PREFIX = "snapshot-";
    private static final String SUFFIX = ".isn";
    private static final String AHEAD = ".ahead";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;

    /** @param directory made with the first snapshot. */
    public SnapshotStore(final Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    /** Those that count, the newest first; whether they are still sound is seen when they are read. */
    public List<SnapshotFile> newestFirst() {
        return files(SUFFIX);
    }

    /** What a crash has left. */
    public List<SnapshotFile> unfinished() {
        return files(UNFINISHED);
    }

    private List<SnapshotFile> files(final String suffix) {
        final List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PREFIX + "*" + suffix)) {
                found.forEach(paths::add);
            } catch (final IOException | DirectoryIteratorException ex) {
                throw new SnapshotException(directory + " cannot be listed: " + ex.getMessage(), ex);
            }
        }
        // Sequences in names have all their digits, so names sort as sequences do.
        paths.sort(Comparator.comparing((Path path) -> path.getFileName().toString())
                .reversed());
        return paths.stream().map(SnapshotFile::new).toList();
    }

    /**
     * Writes a snapshot, checks it, lets it count and deletes what is older than the last {@value #KEPT}.
     *
     * @param image   the state; holds the same afterwards, read back from the file.
     * @param scratch makes a core to check it with.
     * @throws SnapshotException when it could not be written or does not hold what it should; it does not count then.
     */
    public SnapshotFile add(
            final SnapshotHeader header, final StateImage image, final Supplier<? extends StoredMachine> scratch) {
        final String name = String.format("%s%019d", PREFIX, header.sequence());
        final SnapshotFile file = new SnapshotFile(directory.resolve(name + UNFINISHED));
        final Path path = directory.resolve(name + SUFFIX);
        try {
            Files.createDirectories(directory);
            for (final SnapshotFile left : unfinished()) {
                Files.delete(left.path());
            }
            file.write(header, image);
            verify(file, image, scratch, bytes -> {});
            Files.move(file.path(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force();
            setAside(header.sequence());
            for (final SnapshotFile old : newestFirst().stream().skip(KEPT).toList()) {
                Files.delete(old.path());
            }
        } catch (final IOException ex) {
            throw new SnapshotException("snapshot " + path + ": " + ex.getMessage(), ex);
        }
        return new SnapshotFile(path);
    }

    /** A snapshot ahead of the log is one of another log: it would be kept in place of those that count. */
    private void setAside(final long sequence) throws IOException {
        for (final SnapshotFile file : newestFirst()) {
            if (sequenceOf(file) > sequence) {
                final Path aside = file.path().resolveSibling(file.name() + AHEAD);
                Files.move(file.path(), aside, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** By its name: a damaged header may say anything. */
    private static long sequenceOf(final SnapshotFile file) {
        final String digits = file.name().substring(PREFIX.length(), file.name().length() - SUFFIX.length());
        return digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : 0;
    }

    /** The rename survives a crash of the machine only when the directory is on the disk, too. */
    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads a snapshot and loads it into a new core.
     *
     * @param image receives the state.
     * @return the core, which has the hashes the snapshot says.
     * @throws SnapshotException          when the file or the state in it is not sound.
     * @throws UnreadableVersionException when it is of another version.
     */
    public static <M extends StoredMachine> M verify(
            final SnapshotFile file, final StateImage image, final Supplier<M> cores, final LongConsumer progress) {
        final SnapshotHeader header = file.read(image, progress);
        final M core = cores.get();
        try {
            core.load(image);
        } catch (final RuntimeException ex) {
            throw new SnapshotException(file.name() + ": cannot be loaded: " + ex.getMessage(), ex);
        }
        final Noun dissent = header.dissent(core);
        if (dissent != null) {
            throw new SnapshotException(String.format(
                    "%s: the hash of %s is %016x, the state in it has %016x",
                    file.name(), dissent, header.hash(dissent), core.hash(dissent)));
        }
        return core;
    }
}
