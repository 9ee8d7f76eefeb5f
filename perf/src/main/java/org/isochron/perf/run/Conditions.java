package org.isochron.perf.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * What a run was measured under. Nothing is pinned.
 *
 * @param loadBefore the system's load average of a minute when the run began; -1 where there is none.
 * @param loadAfter  the same at its end.
 * @param timerNs    cost of reading the clock once.
 */
public record Conditions(
        String time,
        String jdk,
        String os,
        String cpu,
        int cores,
        double loadBefore,
        double loadAfter,
        int rounds,
        int commands,
        long timerNs) {

    /** Taken at the end of a run. */
    public static Conditions now(final double loadBefore, final int rounds, final int commands, final long timerNs) {
        return new Conditions(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.version() + " " + System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpuModel(Path.of("/proc/cpuinfo")),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                load(),
                rounds,
                commands,
                timerNs);
    }

    /** The system's load average of the last minute; -1 where there is none. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpuModel(final Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (final IOException ex) {
            // A system without the file: the figures are good all the same.
            return "unknown";
        }
    }
}
