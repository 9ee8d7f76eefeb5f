package org.isochron.perf.flow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One stream of commands and what must come of it.
 *
 * @param words      the commands, {@link FlowCommand#LONGS} longs each; owned by the stream, not to be written.
 * @param fill       how many of the first commands only fill the book.
 * @param trades     trades of the whole stream.
 * @param tradesHash hash of all trades, as {@link TradeTape} computes it.
 */
public record OrderFlow(long[] words, int fill, int trades, long tradesHash) {
    private static final int HEADER_LONGS = 4;

    /** Commands in all, those of the fill included. */
    public int length() {
        return words.length / FlowCommand.LONGS;
    }

    /** Writes the stream to a file, which {@link #read} takes back. */
    public void write(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect((HEADER_LONGS + words.length) * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        final LongBuffer longs = bytes.asLongBuffer();
        longs.put(words.length).put(fill).put(trades).put(tradesHash).put(words);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** @throws IOException when the file is not a whole stream. */
    public static OrderFlow read(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final LongBuffer longs = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer();
            if (longs.remaining() < HEADER_LONGS || longs.get(0) != longs.remaining() - HEADER_LONGS) {
                throw new IOException(file + " is not a whole stream of commands");
            }
            final long[] words = new long[(int) longs.get()];
            final int fill = (int) longs.get();
            final int trades = (int) longs.get();
            final long hash = longs.get();
            longs.get(words);
            return new OrderFlow(words, fill, trades, hash);
        }
    }
}
