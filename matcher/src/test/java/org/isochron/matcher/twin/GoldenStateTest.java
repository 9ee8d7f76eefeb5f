package org.isochron.matcher.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StateImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal and a snapshot from the middle of it, for each schema version ever released: this build must replay the one and
 * load the other, and come to the hashes they had. Those of the present version are written anew with {@code mvn -pl matcher
 * -am test -Dtest=GoldenStateTest -Dsurefire.failIfNoSpecifiedTests=false -Disochron.golden.write=true}; before a release
 * that is what a change of rules or of state needs, afterwards it is a sign that an old journal would replay otherwise.
 */
class GoldenStateTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");
    private static final long SEED = 20_260_105;
    private static final int COMMANDS = 1_500;
    private static final int SNAPSHOT_AT = 1_000;

    private final EventBatch batch = new EventBatch();
    private final Frame frame = new Frame();

    @TempDir
    private Path directory;

    @Test
    void shouldReplayEveryGoldenJournalToItsHashes() throws IOException {
        for (final Path golden : versions()) {
            final byte[] journal = unzipped(golden.resolve("journal.bin.gz"));
            final Properties expected = expected(golden);
            final Venue venue = new Venue();
            replay(venue, journal, 0, SNAPSHOT_AT);
            assertHashes(golden, expected, "snapshot", venue);
            replay(venue, journal, SNAPSHOT_AT, COMMANDS);
            assertHashes(golden, expected, "end", venue);
            venue.verifyInFull();
        }
    }

    @Test
    void shouldLoadEveryGoldenSnapshotAndReplayTheRestToTheSameHashes() throws IOException {
        for (final Path golden : versions()) {
            final Path file = directory.resolve("snapshot.isn");
            Files.write(file, unzipped(golden.resolve("snapshot.isn.gz")));
            final Venue venue = SnapshotStore.verify(new SnapshotFile(file), new StateImage(), Venue::new, bytes -> {});
            final Properties expected = expected(golden);
            assertHashes(golden, expected, "snapshot", venue);
            replay(venue, unzipped(golden.resolve("journal.bin.gz")), SNAPSHOT_AT, COMMANDS);
            assertHashes(golden, expected, "end", venue);
            venue.verifyInFull();
        }
    }

    @Test
    void shouldHaveAGoldenStateOfThePresentSchemaVersion() {
        assertTrue(Files.isDirectory(present()), present().toString());
    }

    @BeforeAll
    static void writeWhenAsked() throws IOException {
        if (Boolean.getBoolean("isochron.golden.write")) {
            new GoldenStateTest().write();
        }
    }

    private void write() throws IOException {
        Files.createDirectories(present());
        final Venue venue = new Venue();
        final EventLines lines = new EventLines();
        final NaiveVenue twin = new NaiveVenue(new PriorityRule(), lines::numberOf);
        final CommandStorm storm = new CommandStorm(SEED, venue.inspection(), twin.world, lines::idOf);
        final ByteArrayOutputStream journal = new ByteArrayOutputStream();
        final Properties hashes = new Properties();
        long chain = 0;
        for (int command = 1; command <= COMMANDS; command++) {
            final Frame next = storm.next();
            for (final Instrument instrument : twin.world.instruments.values()) {
                instrument.indexAverageTicks = venue.marks().indexAverageTicks(instrument.slot);
            }
            twin.onFrame(next);
            chain = Frame.stamp(
                    (UnsafeBuffer) next.buffer(), next.offset(), 1, next.sequence(), next.timestampNs(), chain);
            final byte[] bytes = new byte[next.length()];
            next.buffer().getBytes(next.offset(), bytes);
            journal.write(bytes);
            apply(venue, next);
            lines.read(batch);
            if (command == SNAPSHOT_AT) {
                put(hashes, "snapshot", venue);
                writeSnapshot(venue, next, chain);
            }
        }
        put(hashes, "end", venue);
        zip(journal.toByteArray(), present().resolve("journal.bin.gz"));
        final StringBuilder text = new StringBuilder();
        hashes.stringPropertyNames().stream()
                .sorted()
                .forEach(name ->
                        text.append(name).append(" = ").append(hashes.get(name)).append('\n'));
        Files.writeString(present().resolve("hashes.properties"), text);
    }

    private void writeSnapshot(final Venue venue, final Frame last, final long chain) throws IOException {
        final StateImage image = new StateImage();
        venue.save(image);
        final SnapshotFile file = new SnapshotFile(Files.createTempFile("golden", ".isn"));
        file.write(
                SnapshotHeader.of(venue, last.sequence(), last.epoch(), last.timestampNs(), chain, image.size()),
                image);
        zip(Files.readAllBytes(file.path()), present().resolve("snapshot.isn.gz"));
        Files.delete(file.path());
    }

    private static Path present() {
        return FOLDER.resolve("schema-" + Frame.SCHEMA_VERSION);
    }

    private static Iterable<Path> versions() throws IOException {
        try (Stream<Path> found = Files.list(FOLDER)) {
            return found.sorted().toList();
        }
    }

    /** Applies the frames behind one command up to another, each checked against its checksum and the chain. */
    private void replay(final Venue venue, final byte[] journal, final long behind, final long upTo) {
        final UnsafeBuffer buffer = new UnsafeBuffer(journal);
        long chain = 0;
        for (int offset = 0; offset < journal.length; offset += frame.length()) {
            frame.wrap(buffer, offset);
            assertEquals(null, frame.damage(frame.length()));
            assertEquals(chain, frame.prevChain(), "chain before " + frame.sequence());
            chain = frame.chain();
            if (frame.sequence() > behind && frame.sequence() <= upTo) {
                apply(venue, frame);
            }
        }
    }

    private void apply(final Venue venue, final Frame command) {
        batch.begin(command);
        venue.onCommand(command, batch);
    }

    private static void put(final Properties hashes, final String at, final Venue venue) {
        for (final Noun noun : Noun.values()) {
            hashes.setProperty(at + "." + noun, String.format("%016x", venue.hash(noun)));
        }
    }

    private static void assertHashes(final Path golden, final Properties expected, final String at, final Venue venue) {
        for (final Noun noun : Noun.values()) {
            assertEquals(
                    expected.getProperty(at + "." + noun),
                    String.format("%016x", venue.hash(noun)),
                    golden.getFileName() + ": " + noun + " at " + at);
        }
    }

    private static Properties expected(final Path golden) throws IOException {
        final Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(golden.resolve("hashes.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    private static byte[] unzipped(final Path path) throws IOException {
        try (InputStream file = new GZIPInputStream(Files.newInputStream(path))) {
            return file.readAllBytes();
        }
    }

    private static void zip(final byte[] bytes, final Path path) throws IOException {
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(path))) {
            file.write(bytes);
        }
    }
}
