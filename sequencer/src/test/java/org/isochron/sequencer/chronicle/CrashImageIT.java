package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.isochron.sequencer.edge.Frames;
import org.isochron.sequencer.replica.ReleasePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut, as far as software can make one: a process appends to a journal on a disk that is a file, and is stopped;
 * the file as it is then, with nothing of what the kernel still holds for it, is the disk that a machine starts with
 * again. What was said to be forced is there. Wants to mount, and is skipped where that is not permitted. The long form:
 * {@code -Dit.test=CrashImageIT -Disochron.images=200}.
 */
@Timeout(900)
final class CrashImageIT {
    private static final String NAME = "matcher-a";
    private static final int IMAGES = Integer.getInteger("isochron.images", 2);
    private static final long IMAGE_LENGTH = 64L << 20;
    private static final int LINES = 40;

    @TempDir
    private Path root;

    private final List<Path> mounted = new ArrayList<>();

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        for (final Path place : mounted) {
            run("umount", place.toString());
        }
    }

    @Test
    void shouldHaveOnTheDiskWhatWasSaidToBeForced() throws IOException, InterruptedException {
        long appendedOnly = 0;
        for (int i = 0; i < IMAGES; i++) {
            final Path disk = root.resolve("disk-" + i);
            final Path image = root.resolve("image-" + i);
            final Path place = mountNew(disk);
            final long forced = appendAndCutPower(place, disk, image);
            final Path found = mount(image, root.resolve("found-" + i));
            Damage.startMachineAnew(found.resolve(NAME));
            try (ChronicleJournal journal = Damage.store(found).open(NAME)) {
                assertTrue(journal.lastSequence() >= forced, journal.lastSequence() + " of " + forced + " forced");
                appendedOnly += journal.lastSequence() - forced;
                Damage.assertHolds(found, NAME, (int) journal.lastSequence(), "image " + i);
                Damage.after(journal.lastSequence()).appendTo(journal, 1);
            }
            unmount();
            mounted.clear();
            Files.delete(disk);
            Files.delete(image);
        }
        System.out.println(IMAGES + " images, 0 forced frames lost, " + appendedOnly + " more were there");
    }

    private long appendAndCutPower(final Path place, final Path disk, final Path image)
            throws IOException, InterruptedException {
        final Process process = start(place);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long forced = 0;
            for (int i = 0; i < LINES; i++) {
                forced = Long.parseLong(output.readLine());
            }
            run("kill", "-STOP", Long.toString(process.pid()));
            Files.copy(disk, image, StandardCopyOption.REPLACE_EXISTING);
            return forced;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Path mountNew(final Path disk) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(IMAGE_LENGTH);
        }
        Assumptions.assumeTrue(
                run("mkfs.ext4", "-q", "-F", disk.toString()) == 0, "skipped: there is no mkfs.ext4 to be run");
        return mount(disk, root.resolve("on-" + disk.getFileName()));
    }

    private Path mount(final Path disk, final Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        Assumptions.assumeTrue(
                run("mount", "-o", "loop", disk.toString(), place.toString()) == 0,
                "skipped: loop devices must not be mounted here");
        mounted.add(0, place);
        return place;
    }

    /** @return exit code, -1 when there is no such program. */
    private static int run(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (final IOException e) {
            return -1;
        }
    }

    private static Process start(final Path place) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(Appender.class.getName(), place.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The other process: appends, and says how far the disk has it, as the gate before a matcher's outlets would be told. */
    static final class Appender {
        private static final int PORTION = 3;

        private Appender() {}

        public static void main(final String[] args) {
            final ChronicleJournal journal = Damage.store(Path.of(args[0])).open(NAME);
            final ReleasePoint forced = journal.startForcing();
            final Frames frames = new Frames();
            long told = 0;
            while (journal.failure() == null) {
                frames.appendTo(journal, PORTION);
                while (forced.sequence() == told && journal.failure() == null) {
                    Thread.onSpinWait();
                }
                told = forced.sequence();
                System.out.println(told);
                System.out.flush();
            }
            assertEquals(null, journal.failure());
        }
    }
}
