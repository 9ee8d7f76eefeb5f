package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;

/** The files of one journal: what they are called, whether they are ours, and how the queue among them is opened. */
final class JournalDirectory {
    /** One file for each hour: what is moved to the archive is moved in these pieces. Room for 4 G frames in each. */
    private static final RollCycle HOURLY = LargeRollCycles.LARGE_HOURLY;

    /** One file for each day, of journals that were laid out before there was an archive. They stay as they are. */
    private static final RollCycle DAILY = LargeRollCycles.LARGE_DAILY;

    /** Suffix of the files that hold frames. */
    static final String DATA_SUFFIX = ".cq4";

    private static final String PROPERTIES = "journal.properties";
    private static final String LAYOUT = "layout";
    private static final String LAYOUT_DAILY = "1";
    private static final String LAYOUT_HOURLY = "2";
    private static final String SCHEMA_VERSION = "schemaVersion";

    /**
     * How long the queue waits for another writer to finish before it takes a half-written excerpt for a dead one's.
     * Our lock keeps other writers out, so whoever left it is dead.
     */
    private static final long DEAD_WRITER_TIMEOUT_MS = 500;

    private final String name;
    private final Path path;
    private final long blockLength;
    private RollCycle rollCycle = HOURLY;

    JournalDirectory(final String name, final Path path, final long blockLength) {
        this.name = name;
        this.path = path;
        this.blockLength = blockLength;
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

    long blockLength() {
        return blockLength;
    }

    /** The same journal's files elsewhere. */
    JournalDirectory at(final Path elsewhere) {
        final JournalDirectory other = new JournalDirectory(name, elsewhere, blockLength);
        other.rollCycle = rollCycle;
        return other;
    }

    /** The queue's own list of its files. */
    Path listingFile() {
        return path.resolve("metadata" + DATA_SUFFIX + "t");
    }

    Path headFile() {
        return path.resolve("head");
    }

    Path epochFile() {
        return path.resolve("epoch");
    }

    Path faultFile() {
        return path.resolve("faults");
    }

    private Path baseFile() {
        return path.resolve("base");
    }

    /** How the queue names its files; known after {@link #check}. */
    RollCycle rollCycle() {
        return rollCycle;
    }

    /**
     * Where the files here begin, read afresh: the journal's owner may move files at any time.
     *
     * @throws JournalException when nothing says so.
     */
    JournalBase base() {
        try {
            return JournalBase.read(baseFile());
        } catch (final IOException e) {
            throw new JournalException(
                    Reason.CORRUPT,
                    0,
                    "journal " + name + " in " + path + ": " + e.getMessage()
                            + "; set it aside and rebuild it from another node's journal",
                    e);
        }
    }

    void moveBase(final JournalBase base) throws IOException {
        base.write(baseFile());
    }

    Path provenFile() {
        return path.resolve("proven");
    }

    /** Lays out an empty directory; leaves one that is laid out alone. */
    void layOut() throws IOException {
        if (!Files.exists(path.resolve(PROPERTIES))) {
            if (!dataFiles().isEmpty()) {
                throw unusable("it has data files but no " + PROPERTIES);
            }
            JournalHead.create(headFile());
            writeProperties();
        }
    }

    /**
     * @throws JournalException when this is no journal, or one that this build cannot read.
     */
    void check() throws IOException {
        checkSuspect();
        final Path file = path.resolve(PROPERTIES);
        if (!Files.isRegularFile(file)) {
            throw unusable("there is no " + PROPERTIES + " in it");
        }
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        checkVersion(SCHEMA_VERSION, Integer.toString(Frame.SCHEMA_VERSION), properties);
        rollCycle = LAYOUT_DAILY.equals(properties.getProperty(LAYOUT)) ? DAILY : HOURLY;
        if (rollCycle == HOURLY) {
            checkVersion(LAYOUT, LAYOUT_HOURLY, properties);
        }
    }

    SingleChronicleQueue queue(final TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(path)
                .rollCycle(rollCycle)
                .timeProvider(time)
                .blockSize(blockLength)
                .syncMode(SyncMode.ASYNC)
                .timeoutMS(DEAD_WRITER_TIMEOUT_MS)
                .checkInterrupts(false)
                .build();
    }

    /** Files that hold frames, oldest first. */
    List<Path> dataFiles() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, "*" + DATA_SUFFIX)) {
            stream.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    /**
     * Holds the files against each other: each begins behind where the one before begins. Whether they are sound and none is
     * missing shows when they are read.
     *
     * @throws JournalException when an old file was put back, or one was given another's name, or the first is missing.
     */
    void checkOrder() throws IOException {
        Path before = null;
        long beforeSequence = base().sequence();
        for (final Path file : dataFiles()) {
            final long sequence = DataFile.firstSequence(file);
            if (sequence > 0) {
                if (before == null && sequence > beforeSequence + 1) {
                    throw new JournalException(
                            Reason.CORRUPT,
                            beforeSequence + 1,
                            "journal " + name + " in " + path + " is corrupt at sequence " + (beforeSequence + 1)
                                    + ": its first data file " + file.getFileName() + " begins with frame " + sequence
                                    + ", the file with those before is missing",
                            null);
                }
                if (sequence <= beforeSequence) {
                    throw new JournalException(
                            Reason.CORRUPT,
                            0,
                            "journal " + name + " in " + path + ": data file " + file.getFileName()
                                    + " begins with frame " + sequence + " and "
                                    + (before == null ? "the archive ends" : before.getFileName())
                                    + " with frame " + beforeSequence
                                    + ", so one of them is an old copy or has the other's name; move it away or name it"
                                    + " as it was",
                            null);
                }
                before = file;
                beforeSequence = sequence;
            }
        }
    }

    /** Makes the names of new files survive a power cut. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Remembers that a force failed: what the machine still reads of the files may never have reached the disk.
     *
     * @param failure told by whoever finds the mark; what goes wrong here is added to it.
     */
    void markSuspect(final UncheckedIOException failure) {
        try {
            Files.writeString(suspectFile(), failure.getMessage() + "\n");
            force();
        } catch (final IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Path suspectFile() {
        return path.resolve("suspect");
    }

    private void checkSuspect() throws IOException {
        if (Files.exists(suspectFile())) {
            throw new JournalException(
                    Reason.UNUSABLE,
                    0,
                    "journal " + name + " in " + path + " is suspect (" + suspectFile() + " says: "
                            + Files.readString(suspectFile()).strip()
                            + "); check the disk, set the directory aside and start with none: the node takes the log from"
                            + " the other nodes' journals",
                    null);
        }
    }

    JournalException unusable(final String what) {
        return unusable(what, null);
    }

    JournalException unusable(final String what, final Throwable cause) {
        return new JournalException(
                Reason.UNUSABLE,
                0,
                "journal " + name + " in " + path + ": " + what + "; give the path of a journal, or of an empty folder",
                cause);
    }

    private void checkVersion(final String key, final String expected, final Properties properties) {
        final String found = properties.getProperty(key);
        if (!expected.equals(found)) {
            throw new JournalException(
                    Reason.SCHEMA_VERSION,
                    0,
                    "journal " + name + " in " + path + " has " + key + " " + found + ", this build reads " + key + " "
                            + expected + "; read it with the build that wrote it",
                    null);
        }
    }

    private void writeProperties() throws IOException {
        DurableFile.replace(
                path.resolve(PROPERTIES),
                List.of(LAYOUT + "=" + LAYOUT_HOURLY, SCHEMA_VERSION + "=" + Frame.SCHEMA_VERSION));
    }
}
