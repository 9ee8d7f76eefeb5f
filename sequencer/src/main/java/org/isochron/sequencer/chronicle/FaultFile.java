package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.isochron.sequencer.edge.FaultRecord;

/** A node's faults in a small text file beside its journal: {@code stoppedAt}, {@code stops}, and {@code skip.N=M}. */
final class FaultFile implements FaultRecord {
    private static final String STOPPED_AT = "stoppedAt";
    private static final String STOPS = "stops";
    private static final String SKIP = "skip.";

    private final Path path;
    /** By the command skipped: where the log says so. */
    private final TreeMap<Long, Long> skips = new TreeMap<>();

    private long stoppedAt;
    private int stops;

    /**
     * Reads the file, when there is one.
     *
     * @throws IOException when it cannot be read, or is not such a file.
     */
    FaultFile(final Path path) throws IOException {
        this.path = path;
        if (Files.exists(path)) {
            final Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(path)) {
                properties.load(reader);
            }
            try {
                properties.stringPropertyNames().forEach(key -> read(key, properties.getProperty(key)));
            } catch (final NumberFormatException e) {
                throw new IOException(
                        path + " is not a list of faults (" + e.getMessage() + "); restore it, or remove it: the"
                                + " node then finds them out anew",
                        e);
            }
        }
    }

    private void read(final String key, final String value) {
        if (key.equals(STOPPED_AT)) {
            stoppedAt = Long.parseLong(value);
        } else if (key.equals(STOPS)) {
            stops = Integer.parseInt(value);
        } else if (key.startsWith(SKIP)) {
            skips.put(Long.parseLong(key.substring(SKIP.length())), Long.parseLong(value));
        }
    }

    @Override
    public long stoppedAt() {
        return stoppedAt;
    }

    @Override
    public int stops() {
        return stops;
    }

    @Override
    public void stopped(final long sequence) {
        stops = sequence == stoppedAt ? stops + 1 : 1;
        stoppedAt = sequence;
        write();
    }

    @Override
    public void skip(final long sequence, final long saidAt) {
        skips.put(sequence, saidAt);
        write();
    }

    @Override
    public boolean isSkipped(final long sequence) {
        return !skips.isEmpty() && skips.containsKey(sequence);
    }

    @Override
    public boolean spoils(final long stateSequence) {
        for (final Map.Entry<Long, Long> skip : skips.entrySet()) {
            if (stateSequence >= skip.getKey() && stateSequence < skip.getValue()) {
                return true;
            }
        }
        return false;
    }

    private void write() {
        final Path draft = path.resolveSibling(path.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                writer.write(STOPPED_AT + "=" + stoppedAt + "\n" + STOPS + "=" + stops + "\n");
                for (final Map.Entry<Long, Long> skip : skips.entrySet()) {
                    writer.write(SKIP + skip.getKey() + "=" + skip.getValue() + "\n");
                }
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("the faults of this node cannot be written to " + path, e);
        }
    }
}
