package org.isochron.ops;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.Journal;

/** Journals of clock ticks on disk, and what may happen to them there. */
public final class TickJournal {
    private static final long FIRST_TICK_NS = 1_800_000_000_000_000_000L;
    private static final long TICK_NS = 100_000_000L;

    private TickJournal() {}

    /** Makes a journal of ticks alone, and closes it. */
    public static void write(final Path root, final String name, final int count) {
        try (Journal journal = new ChronicleJournalStore(root, ChronicleJournalStore.MIN_BLOCK_LENGTH).open(name)) {
            append(journal, count);
        }
    }

    /** Appends ticks to a journal that holds nothing else. */
    public static void append(final Journal journal, final int count) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
        final int payload = MessageHeaderEncoder.ENCODED_LENGTH + ClockTickEncoder.BLOCK_LENGTH;
        for (int i = 0; i < count; i++) {
            final long sequence = journal.lastSequence() + 1;
            new ClockTickEncoder()
                    .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, new MessageHeaderEncoder())
                    .tickTimeNs(timeNs(sequence));
            Frame.encodeUnstamped(buffer, 0, payload, FrameType.SEQUENCER, 1, 0, 0, 0);
            Frame.stamp(buffer, 0, 1, sequence, timeNs(sequence), journal.lastChain());
            journal.append(buffer, 0, Frame.HEADER_LENGTH + payload);
        }
    }

    /** Flips one bit of a frame's ClockTick, found by the time in it. */
    public static void flipABit(final Path journal, final long sequence) throws IOException {
        final byte[] tickTime = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(timeNs(sequence))
                .array();
        for (final Path file : dataFiles(journal)) {
            try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                final byte[] head = new byte[(int) Math.min(data.length(), 4 << 20)];
                data.readFully(head);
                // The stamp in the frame's header is the same number and comes first.
                final int at = indexOf(head, tickTime, indexOf(head, tickTime, 0) + 1);
                if (at > 0) {
                    data.seek(at);
                    data.write(head[at] ^ 1);
                    return;
                }
            }
        }
        throw new IllegalStateException("frame " + sequence + " is nowhere in " + journal);
    }

    private static List<Path> dataFiles(final Path journal) throws IOException {
        try (Stream<Path> files = Files.walk(journal)) {
            return files.filter(path -> path.toString().endsWith(".cq4")).toList();
        }
    }

    private static int indexOf(final byte[] bytes, final byte[] wanted, final int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Says in its properties that another build wrote it. */
    public static void claimSchemaVersion(final Path journal, final int version) throws IOException {
        final Path properties = journal.resolve("journal.properties");
        final String text = Files.readString(properties);
        Files.writeString(properties, text.replaceAll("schemaVersion=\\d+", "schemaVersion=" + version));
    }

    private static long timeNs(final long sequence) {
        return FIRST_TICK_NS + sequence * TICK_NS;
    }
}
