package org.isochron.ops.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StateImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SnapshotCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private SnapshotFile file;

    @BeforeEach
    void takeOne() {
        final Venue venue = new Venue();
        final StateImage image = new StateImage();
        venue.save(image);
        file = new SnapshotStore(directory)
                .add(SnapshotHeader.of(venue, 42, 1, 1_767_623_400_000_000_000L, 7, image.size()), image, Venue::new);
    }

    private int run(final String... words) {
        return new CommandLine(new SnapshotCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::onFailure)
                .execute(words);
    }

    @Test
    void shouldListByWhatSnapshotsSayOfThemselves() {
        assertEquals(0, run("list", directory.toString()));
        assertTrue(out.toString().contains("            42  2026-01-05T14:30:00"), out::toString);
    }

    @Test
    void shouldPrintEveryTable() {
        assertEquals(0, run("print", directory.toString()));
        assertTrue(out.toString().contains("sequence     42"), out::toString);
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("positions ")), out::toString);
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("orders ")), out::toString);
    }

    @Test
    void shouldSayThatThereIsNoneTakenAtASequence() {
        assertEquals(2, run("print", directory.toString(), "--at", "43"));
        assertTrue(err.toString().contains("no snapshot taken at sequence 43"), err::toString);
    }

    @Test
    void shouldFindADamagedOneAndFail() throws IOException {
        assertEquals(0, run("verify", directory.toString()));
        assertTrue(out.toString().contains("1 of 1 sound"), out::toString);

        final byte[] bytes = Files.readAllBytes(file.path());
        bytes[bytes.length / 2] ^= 4;
        Files.write(file.path(), bytes);
        assertEquals(1, run("verify", directory.toString()));
        assertTrue(out.toString().contains("is damaged"), out::toString);
        assertTrue(out.toString().contains("0 of 1 sound"), out::toString);
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() {
        assertEquals(2, run("list", directory.resolve("nowhere").toString()));
    }
}
