package org.isochron.sequencer.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.DirectoryLock;
import org.isochron.sequencer.edge.EventSegment;
import org.isochron.sequencer.edge.EventSegmentReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleEventStoreTest {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    /** All events that one command can have. */
    private static final int LONGEST_BLOCK = (1 << 16) + 4096 * 520;

    @TempDir
    private Path directory;

    private final List<byte[]> blocks = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();

    private void append(final EventSegment segment, final int length, final long timestampNs) {
        final byte[] block = new byte[length];
        new Random(blocks.size()).nextBytes(block);
        places.add(segment.append(new UnsafeBuffer(block), 0, length, timestampNs));
        blocks.add(block);
    }

    private static byte[] poll(final EventSegmentReader reader) {
        final byte[][] read = new byte[1][];
        reader.poll((buffer, offset, length) -> {
            read[0] = new byte[length];
            buffer.getBytes(offset, read[0]);
        });
        return read[0];
    }

    @Test
    void shouldReadBlocksOfAnyLengthFromAnyPlaceOnAcrossDays() {
        try (ChronicleEventStore store = ChronicleEventStore.open(directory);
                EventSegment segment = store.create(1);
                EventSegmentReader reader = store.read(1)) {
            for (int i = 0; i < 60; i++) {
                append(segment, i % 20 == 7 ? LONGEST_BLOCK : 64 + i * 1_000, i / 20 * DAY_NS);
            }
            for (int from = -1; from < 60; from += 7) {
                reader.seek(from < 0 ? EventSegmentReader.START : places.get(from));
                for (int i = Math.max(0, from); i < 60; i++) {
                    assertArrayEquals(blocks.get(i), poll(reader), "block " + i + " from " + from);
                }
                assertEquals(null, poll(reader));
            }
            append(segment, 100, 3 * DAY_NS);
            assertArrayEquals(blocks.get(60), poll(reader), "what was appended since");
        }
    }

    @Test
    void shouldBeginSegmentInPlaceOfThoseBehindItsFirstCommand() throws IOException {
        try (ChronicleEventStore store = ChronicleEventStore.open(directory)) {
            for (final long first : new long[] {1, 50, 70}) {
                try (EventSegment segment = store.create(first)) {
                    append(segment, 100, 0);
                    segment.appendIndex(new UnsafeBuffer(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 7}), 0, 9);
                }
            }
            assertEquals(List.of(1L, 50L, 70L), store.segments());
            store.create(50).close();
            assertEquals(List.of(1L, 50L), store.segments());
            final List<Integer> lengths = new ArrayList<>();
            store.read(1).readIndex((buffer, offset, length) -> lengths.add(length));
            store.read(50).readIndex((buffer, offset, length) -> lengths.add(length));
            assertEquals(List.of(9), lengths);
        }
    }

    @Test
    void shouldEndTheIndexWhereItIsTorn() throws IOException {
        try (ChronicleEventStore store = ChronicleEventStore.open(directory)) {
            store.create(1).close();
            final Path index = directory.resolve("00000000000000000001").resolve(ChronicleEventSegment.INDEX);
            Files.write(index, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 7, 100, 0, 0, 0, 0, 0, 0, 0});
            final List<Integer> lengths = new ArrayList<>();
            store.read(1).readIndex((buffer, offset, length) -> lengths.add(length));
            assertEquals(List.of(9), lengths);
        }
    }

    @Test
    void shouldFindNothingAtPlacesThatAreNone() {
        try (ChronicleEventStore store = ChronicleEventStore.open(directory);
                EventSegment segment = store.create(1);
                EventSegmentReader reader = store.read(1)) {
            append(segment, 100, 0);
            assertFalse(reader.seek(places.get(0) + 1_000_000));
            assertEquals(null, poll(reader));
        }
    }

    @Test
    void shouldBelongToOneOwner() {
        try (ChronicleEventStore store = ChronicleEventStore.open(directory)) {
            assertThrows(DirectoryLock.InUseException.class, () -> ChronicleEventStore.open(directory));
        }
    }
}
