package org.isochron.perf.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What one trial measured.
 *
 * @param nsPerOp    of the pass in which no command is timed by itself.
 * @param p50        percentiles of single commands, ns, the clock's own cost included.
 * @param bytesPerOp bytes allocated per command, in the pass of {@code nsPerOp}.
 * @param timerNs    the clock's own cost.
 */
public record Figures(
        double nsPerOp, long p50, long p99, long p999, long max, double bytesPerOp, int trades, long timerNs) {

    /** Commands of one thread, or one pipeline, a second. */
    public double commandsPerSecond() {
        return 1e9 / nsPerOp;
    }

    /** Writes them for {@link #of}, by way of a file. */
    public void write(final Path file) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            toProperties().store(stream, null);
        }
    }

    /** For {@link #of}. */
    public Properties toProperties() {
        final Properties properties = new Properties();
        properties.setProperty("nsPerOp", Double.toString(nsPerOp));
        properties.setProperty("p50", Long.toString(p50));
        properties.setProperty("p99", Long.toString(p99));
        properties.setProperty("p999", Long.toString(p999));
        properties.setProperty("max", Long.toString(max));
        properties.setProperty("bytesPerOp", Double.toString(bytesPerOp));
        properties.setProperty("trades", Integer.toString(trades));
        properties.setProperty("timerNs", Long.toString(timerNs));
        return properties;
    }

    public static Figures of(final Properties properties) {
        return new Figures(
                Double.parseDouble(properties.getProperty("nsPerOp")),
                Long.parseLong(properties.getProperty("p50")),
                Long.parseLong(properties.getProperty("p99")),
                Long.parseLong(properties.getProperty("p999")),
                Long.parseLong(properties.getProperty("max")),
                Double.parseDouble(properties.getProperty("bytesPerOp")),
                Integer.parseInt(properties.getProperty("trades")),
                Long.parseLong(properties.getProperty("timerNs")));
    }
}
