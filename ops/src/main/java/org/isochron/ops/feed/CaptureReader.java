package org.isochron.ops.feed;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.isochron.ops.terminal.BadInputException;

/**
 * Reads and parses a capture ahead on a thread of its own, so that bursts are not stretched by parsing. Plain or gzip, told
 * apart by the first bytes.
 */
public final class CaptureReader implements AutoCloseable {
    /** Messages parsed ahead. */
    private static final int AHEAD = 1 << 14;

    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int BUFFER_LENGTH = 1 << 16;

    private final Path file;
    private final BufferedReader lines;
    private final BlockingQueue<CaptureMessage> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile IOException failure;
    private volatile boolean ended;

    /**
     * @throws BadInputException when the file is missing, empty, or cannot be opened.
     */
    public CaptureReader(final Path file) {
        this.file = file;
        lines = open(file);
        thread = new Thread(this::readAhead, "capture-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens a capture for reading its lines.
     *
     * @throws BadInputException when the file is missing, empty, or cannot be opened.
     */
    static BufferedReader open(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + ": no such file");
        }
        try {
            if (Files.size(file) == 0) {
                throw new BadInputException(file + " is empty");
            }
            return new BufferedReader(new InputStreamReader(plain(file), StandardCharsets.UTF_8), BUFFER_LENGTH);
        } catch (final IOException ex) {
            throw unreadable(file, ex);
        }
    }

    private static InputStream plain(final Path file) throws IOException {
        final InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_LENGTH);
        try {
            raw.mark(2);
            final int magic = raw.read() << 8 | raw.read();
            raw.reset();
            if (magic == GZIP_MAGIC) {
                return new GZIPInputStream(raw, BUFFER_LENGTH);
            }
            if (file.getFileName().toString().endsWith(".gz")) {
                throw new BadInputException(file + " is called .gz but is no gzip file");
            }
            return raw;
        } catch (final IOException | RuntimeException ex) {
            raw.close();
            throw ex;
        }
    }

    /** What to say of a file that cannot be read on. */
    static BadInputException unreadable(final Path file, final IOException cause) {
        final boolean isDamaged = cause instanceof ZipException || cause instanceof EOFException;
        return new BadInputException(
                file + (isDamaged ? " is a damaged gzip file: " : " cannot be read: ") + cause.getMessage(), cause);
    }

    private void readAhead() {
        final CaptureParser parser = new CaptureParser();
        try {
            String line = lines.readLine();
            while (line != null && !Thread.currentThread().isInterrupted()) {
                queue.put(parser.parse(line));
                line = lines.readLine();
            }
        } catch (final IOException ex) {
            failure = ex;
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    /**
     * The next message, or null when none is parsed yet or the file has ended.
     *
     * @throws BadInputException when the file turns out damaged, once everything before the damage has been handed over.
     */
    CaptureMessage poll() {
        final boolean wasEnded = ended;
        final CaptureMessage message = queue.poll();
        if (message == null && wasEnded && failure != null) {
            throw unreadable(file, failure);
        }
        return message;
    }

    /** True when everything has been handed over. */
    boolean hasEnded() {
        return ended && failure == null && queue.isEmpty();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            lines.close();
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (final IOException ex) {
            throw new BadInputException(file + " cannot be closed: " + ex.getMessage(), ex);
        }
    }
}
