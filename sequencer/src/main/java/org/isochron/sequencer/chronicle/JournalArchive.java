package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;

/**
 * A folder with the old data files of one journal and a manifest of them: which frames each holds, the chain before its
 * first and that of its last, its size and SHA-256. Files are only added; deleting one, or all, is an operator's own act.
 *
 * <pre>
 * isochron-journal-archive 1
 * FILE FIRST LAST PREV_CHAIN CHAIN LENGTH SHA256      for each, in order
 * check XXH64                                         of all lines before
 * </pre>
 */
final class JournalArchive {
    private static final String MANIFEST = "manifest";
    private static final String TITLE = "isochron-journal-archive 1";
    private static final String CHECK = "check ";
    private static final int FIELDS = 7;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final Path directory;

    /** @param directory made when the first file is added. */
    JournalArchive(final Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** One data file. */
    record Segment(String file, long first, long last, long prevChain, long chain, long length, String sha256) {
        private String line() {
            return file + " " + first + " " + last + " " + Long.toHexString(prevChain) + " " + Long.toHexString(chain)
                    + " " + length + " " + sha256;
        }

        private static Segment of(final String line) {
            final String[] fields = line.split(" ");
            if (fields.length != FIELDS) {
                throw new NumberFormatException(line);
            }
            return new Segment(
                    fields[0],
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseUnsignedLong(fields[3], 16),
                    Long.parseUnsignedLong(fields[4], 16),
                    Long.parseLong(fields[5]),
                    fields[6]);
        }
    }

    Path directory() {
        return directory;
    }

    Path path(final Segment segment) {
        return directory.resolve(segment.file());
    }

    /**
     * What is in it by its manifest, in order, and without a gap.
     *
     * @throws JournalException when there is no manifest, or it is damaged, or one of its files is missing.
     */
    List<Segment> segments() {
        final List<Segment> segments = manifest();
        Segment before = null;
        for (final Segment segment : segments) {
            if (before != null && (segment.first() != before.last() + 1 || segment.prevChain() != before.chain())) {
                throw wrong(
                        segment.first(),
                        "segment " + segment.file() + " begins at frame " + segment.first() + ", "
                                + before.file() + " before it ends at " + before.last()
                                + ": one is missing, doubled or out of order in the manifest");
            }
            if (!Files.isRegularFile(path(segment))) {
                throw wrong(
                        segment.first(),
                        "segment " + segment.file() + " with frames " + segment.first() + " to " + segment.last()
                                + " is missing; put it back from a copy");
            }
            before = segment;
        }
        return segments;
    }

    /**
     * Reads every file and holds it against its size and SHA-256.
     *
     * @throws JournalException that names the first that is another one than was archived.
     */
    void verify() {
        for (final Segment segment : segments()) {
            requireUnchanged(segment);
        }
    }

    /** As {@link #verify}, of one file. */
    void requireUnchanged(final Segment segment) {
        try {
            final long length = Files.size(path(segment));
            if (length != segment.length() || !sha256(path(segment)).equals(segment.sha256())) {
                throw wrong(
                        segment.first(),
                        "segment " + segment.file() + " is not the file that was archived with frames "
                                + segment.first() + " to " + segment.last() + " (" + length + " bytes, "
                                + segment.length()
                                + " archived): damaged, or an older copy was put there; put the right one back");
            }
        } catch (final IOException e) {
            throw wrong(segment.first(), "segment " + segment.file() + " cannot be read (" + e + ")");
        }
    }

    /** Adds a file, on the disk with its line in the manifest when this returns; the original stays where it is. */
    void add(final Path file, final Segment segment) throws IOException {
        Files.createDirectories(directory);
        final List<Segment> all = new ArrayList<>(Files.exists(directory.resolve(MANIFEST)) ? segments() : List.of());
        if (all.contains(segment)) {
            // Added before a crash that came before the journal knew.
            requireUnchanged(segment);
            return;
        }
        if (!all.isEmpty() && all.get(all.size() - 1).last() + 1 != segment.first()) {
            throw wrong(
                    segment.first(),
                    "it ends at frame " + all.get(all.size() - 1).last() + ", so segment " + segment.file()
                            + " that begins at " + segment.first() + " is not of this archive; give another folder");
        }
        copy(file, path(segment));
        all.add(segment);
        write(all);
    }

    /** The same file under two names where the disk allows it. */
    private void copy(final Path file, final Path place) throws IOException {
        final Path draft = place.resolveSibling(place.getFileName() + ".part");
        Files.deleteIfExists(draft);
        try {
            Files.createLink(draft, file);
        } catch (final FileSystemException | UnsupportedOperationException anotherDisk) {
            Files.copy(file, draft);
        }
        DurableFile.replace(place, draft);
    }

    private List<Segment> manifest() {
        final Path file = directory.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new JournalException(
                    Reason.UNUSABLE,
                    0,
                    "there is no journal archive in " + directory + " (no file " + MANIFEST
                            + "), and frames from there are wanted; mount it, or begin with a snapshot",
                    null);
        }
        try {
            final List<String> lines = Files.readAllLines(file);
            final int last = lines.size() - 1;
            if (last < 1 || !lines.get(0).equals(TITLE) || !lines.get(last).equals(check(lines.subList(0, last)))) {
                throw wrong(0, "its manifest is damaged; put it back from a copy");
            }
            return lines.subList(1, last).stream().map(Segment::of).toList();
        } catch (final IOException | NumberFormatException e) {
            throw wrong(0, "its manifest cannot be read (" + e + "); put it back from a copy");
        }
    }

    private void write(final List<Segment> segments) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(TITLE);
        segments.forEach(segment -> lines.add(segment.line()));
        lines.add(check(lines));
        DurableFile.replace(directory.resolve(MANIFEST), lines);
    }

    private static String check(final List<String> lines) {
        return CHECK + DurableFile.check(lines);
    }

    static String sha256(final Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            final byte[] buffer = new byte[BUFFER_LENGTH];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private JournalException wrong(final long sequence, final String what) {
        return new JournalException(Reason.CORRUPT, sequence, "journal archive " + directory + ": " + what, null);
    }
}
