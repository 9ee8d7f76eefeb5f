package org.isochron.ops.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.IoUtil;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.sequencer.chronicle.DamageReport;
import org.isochron.sequencer.chronicle.DamageTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code journal damage}: damages a journal of its own in many ways, and shows that none goes unnoticed. */
@Command(
        name = "damage",
        description = {
            "Damage a journal made for it in many ways, and prove that none goes unnoticed.",
            "",
            "Cuts its file off at every byte of the last 64 KiB, as a power cut may leave it, and changes bits, bytes and"
                    + " pages anywhere. A cut behind what was forced to disk has to be recovered to the last whole frame,"
                    + " one before it refused; a changed frame has to be named by its sequence; and no frame may be"
                    + " handed over that is not the one written. No journal of a venue is touched.",
            "",
            "JSON keys: truncations, tornRecovered, lossRefused, flips, flipsDetected, flipsHarmless, repaired, missed,"
                    + " replayed."
        },
        footer = {
            "  isochron journal damage --json damage.json",
            "  isochron journal damage --truncations 1000 --flips 1000 --seed 7"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every damage was noticed", "1:one was not", "2:wrong usage or bad input"})
final class JournalDamageCommand extends ReportingCommand {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Option(
            names = "--truncations",
            paramLabel = "N",
            defaultValue = "65536",
            description = "Cuts, evenly over the last 64 KiB; default ${DEFAULT-VALUE}, at every byte.")
    private int truncations;

    @Option(
            names = "--flips",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Bits, bytes and pages to change; default ${DEFAULT-VALUE}.")
    private int flips;

    @Option(names = "--seed", paramLabel = "S", description = "Decides what is changed where; default is a new one.")
    private Long seed;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where a folder for the journal is made, and removed; default is memory.")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        require("--truncations", truncations, DamageTrial.TAIL_LENGTH);
        require("--flips", flips, Integer.MAX_VALUE);
        // Read by logback.xml when the first logger is made: each recovery is a warning, and there are thousands.
        System.setProperty("isochron.log.level", "ERROR");
        final long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        final Path place = Files.createTempDirectory(folder(), "isochron-damage-");
        err().println("seed " + chosen + ", folder " + place);
        final DamageReport report;
        try (Progress progress = Progress.of("damaging", "trials", (long) truncations + flips, err())) {
            report = new DamageTrial(place, chosen).run(truncations, flips, progress::at);
        } finally {
            IoUtil.delete(place.toFile(), false);
        }
        print(report);
        if (json != null) {
            Files.writeString(json, report.toJson() + "\n");
        }
        return report.isPassed() ? Failures.OK : Failures.FAILED;
    }

    private static void require(final String option, final int value, final int most) {
        if (value < 0 || value > most) {
            throw new BadInputException(option + " is " + value + ", 0 to " + most + " is possible");
        }
    }

    private Path folder() {
        if (directory != null && !Files.isDirectory(directory)) {
            throw new BadInputException(
                    "--directory is " + directory + ", which is no directory; give one that exists");
        }
        if (directory != null) {
            return directory;
        }
        return Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void print(final DamageReport report) {
        row(
                "truncations",
                String.format(
                        "%,d: %,d torn tails recovered, %,d losses of what was on the disk refused",
                        report.truncations(), report.tornRecovered(), report.lossRefused()));
        row(
                "flips",
                String.format(
                        "%,d: %,d detected, %,d of what nobody ever reads",
                        report.flips(), report.flipsDetected(), report.flipsHarmless()));
        row("repaired", String.format("%,d of the detected, from another journal", report.repaired()));
        row("missed", Long.toString(report.missed()));
        row("replayed", Long.toString(report.replayed()));
        if (!report.firstFault().isEmpty()) {
            row("first fault", report.firstFault());
        }
        out().flush();
    }

    private void row(final String name, final String value) {
        out().println(String.format("%-15s %s", name, value));
    }
}
