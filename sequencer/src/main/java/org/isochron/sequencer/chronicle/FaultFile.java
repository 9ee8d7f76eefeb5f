package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.isochron.sequencer.edge.FaultList;
import org.isochron.sequencer.edge.FaultRecord;

/** A node's faults in a small text file beside its journal: {@code stoppedAt}, {@code stops}, and {@code skip.N=M}. */
final class FaultFile implements FaultRecord {
    private static final String STOPPED_AT = "stoppedAt";
    private static final String STOPS = "stops";
    private static final String SKIP = "skip.";

    private final Path path;
    private final FaultList faults;

    /**
     * Reads the file, when there is one.
     *
     * @throws IOException when it cannot be read, or is not such a file.
     */
    FaultFile(final Path path) throws IOException {
        this.path = path;
        faults = Files.exists(path) ? read(path) : new FaultList();
    }

    private static FaultList read(final Path path) throws IOException {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        }
        try {
            final Map<Long, Long> skips = new TreeMap<>();
            for (final String key : properties.stringPropertyNames()) {
                if (key.startsWith(SKIP)) {
                    skips.put(
                            Long.parseLong(key.substring(SKIP.length())), Long.parseLong(properties.getProperty(key)));
                }
            }
            return new FaultList(
                    Long.parseLong(properties.getProperty(STOPPED_AT, "0")),
                    Integer.parseInt(properties.getProperty(STOPS, "0")),
                    skips);
        } catch (final NumberFormatException e) {
            throw new IOException(
                    path + " is not a list of faults (" + e.getMessage() + "); restore it, or remove it: the node then"
                            + " finds them out anew",
                    e);
        }
    }

    @Override
    public long stoppedAt() {
        return faults.stoppedAt();
    }

    @Override
    public int stops() {
        return faults.stops();
    }

    @Override
    public void stopped(final long sequence) {
        faults.stopped(sequence);
        write();
    }

    @Override
    public void skip(final long sequence, final long saidAt) {
        faults.skip(sequence, saidAt);
        write();
    }

    @Override
    public boolean isSkipped(final long sequence) {
        return faults.isSkipped(sequence);
    }

    @Override
    public boolean spoils(final long stateSequence) {
        return faults.spoils(stateSequence);
    }

    private void write() {
        final List<String> lines = new ArrayList<>(List.of(STOPPED_AT + "=" + stoppedAt(), STOPS + "=" + stops()));
        faults.skips().forEach((skipped, saidAt) -> lines.add(SKIP + skipped + "=" + saidAt));
        try {
            DurableFile.replace(path, lines);
        } catch (final IOException e) {
            throw new UncheckedIOException("the faults of this node cannot be written to " + path, e);
        }
    }
}
