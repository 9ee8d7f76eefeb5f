package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.isochron.ops.terminal.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CaptureReaderTest {
    private static final String LINE = "1 {\"e\":\"bookTicker\",\"s\":\"XY\",\"b\":\"1\",\"a\":\"2\"}\n";

    @TempDir
    Path directory;

    @Test
    void shouldReadPlainTextAndGzipAlike() throws IOException {
        assertEquals(3, count(write("a.jsonl", LINE.repeat(3).getBytes(StandardCharsets.UTF_8))));
        assertEquals(3, count(write("a.jsonl.gz", gzip(LINE.repeat(3)))));
    }

    @Test
    void shouldReadMoreLinesThanItReadsAhead() throws IOException {
        assertEquals(40_000, count(write("a.jsonl.gz", gzip(LINE.repeat(40_000)))));
    }

    @Test
    void shouldRefuseAFileThatIsMissingOrEmptyOrNoGzip() throws IOException {
        final Path empty = write("empty.jsonl", new byte[0]);
        final Path plain = write("plain.jsonl.gz", LINE.getBytes(StandardCharsets.UTF_8));

        assertTrue(refusal(directory.resolve("none.jsonl")).contains("no such file"));
        assertTrue(refusal(empty).contains("is empty"));
        assertTrue(refusal(plain).contains("is no gzip file"));
        assertTrue(refusal(directory).contains("no such file"));
    }

    @Test
    void shouldTellATruncatedGzipAfterWhatItCouldRead() throws IOException {
        final byte[] whole = gzip(LINE.repeat(1_000));
        final Path file = write("a.jsonl.gz", Arrays.copyOf(whole, whole.length - 9));

        final BadInputException refusal = assertThrows(BadInputException.class, () -> count(file));

        assertTrue(refusal.getMessage().contains("damaged gzip"), refusal::getMessage);
    }

    private String refusal(final Path file) {
        return assertThrows(BadInputException.class, () -> new CaptureReader(file))
                .getMessage();
    }

    private static int count(final Path file) {
        int count = 0;
        try (CaptureReader reader = new CaptureReader(file)) {
            while (!reader.hasEnded()) {
                if (reader.poll() == null) {
                    Thread.onSpinWait();
                } else {
                    count++;
                }
            }
        }
        return count;
    }

    private Path write(final String name, final byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] gzip(final String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
