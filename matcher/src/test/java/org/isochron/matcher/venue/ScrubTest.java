package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isochron.risk.state.Scrub;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.StateVisitor;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.Replica;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bit of a venue's memory turns over by itself, where nobody reads or writes. */
class ScrubTest {
    private static final int COMMANDS = 3_000;
    private static final int FLIPS = 60;

    private final VenueBed bed = VenueBed.trading();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldFindAnyFlippedBitWithinOneCycleInExactlyOneSlice(final long seed) throws ReflectiveOperationException {
        final CommandMix mix = new CommandMix(seed, bed, 40, false);
        for (int i = 0; i < COMMANDS; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
        }
        final int cycle = (int) new Scrub().cycle(bed.venue.state());
        final long[] sound = slices(cycle);
        final long[] nouns = nouns();
        final List<Field> cells = new ArrayList<>();
        final List<StatePart> parts = parts(cells);
        final Random random = new Random(seed);
        for (int flip = 0; flip < FLIPS; flip++) {
            final int part = random.nextInt(parts.size());
            final long[] memory = (long[]) cells.get(part).get(parts.get(part));
            final int cell = cellOfAHashedRow(parts.get(part), memory, random);
            final int bit = random.nextInt(Long.SIZE);
            memory[cell] ^= 1L << bit;

            final String where = parts.get(part) + ", cell " + cell + ", bit " + bit;
            assertEquals(List.of(1), differences(sound, slices(cycle)), where);
            assertArrayEquals(nouns, nouns(), "nobody has written: " + where);
            memory[cell] ^= 1L << bit;
        }
        assertTrue((long) cycle * Replica.REPORT_INTERVAL < 4_000_000, "a cycle of " + cycle + " reports");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3})
    void shouldCoverEveryRowOfEveryPartOnceInACycle(final long seed) {
        final CommandMix mix = new CommandMix(seed, bed, 40, false);
        for (int i = 0; i < COMMANDS; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
        }
        final long[] expected = new long[1];
        bed.venue.state().visit(new StateVisitor() {
            @Override
            public void part(final StatePart part) {
                for (int row = 0; row < part.rows(); row++) {
                    expected[0] += part.rowHash(row);
                }
            }
        });
        long sum = 0;
        for (final long slice : slices((int) new Scrub().cycle(bed.venue.state()))) {
            sum += slice;
        }
        assertNotEquals(0, sum);
        assertEquals(expected[0], sum);
    }

    private static List<Integer> differences(final long[] before, final long[] after) {
        int count = 0;
        for (int i = 0; i < before.length; i++) {
            count += before[i] == after[i] ? 0 : 1;
        }
        return List.of(count);
    }

    private long[] slices(final int cycle) {
        final long[] hashes = new long[cycle];
        for (int i = 0; i < cycle; i++) {
            hashes[i] = bed.venue.scrub(i);
        }
        return hashes;
    }

    private long[] nouns() {
        final long[] hashes = new long[Noun.COUNT];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = bed.venue.hash(Noun.of(i));
        }
        return hashes;
    }

    /** Tables, whose cells are all hashed; what else has rows hashes some in other ways. */
    private List<StatePart> parts(final List<Field> cells) {
        final List<StatePart> parts = new ArrayList<>();
        bed.venue.state().visit(new StateVisitor() {
            @Override
            public void part(final StatePart part) {
                try {
                    if (part.getClass().getSimpleName().equals("StateTable") && part.rows() > 0) {
                        cells.add(accessible(part.getClass().getDeclaredField("cells")));
                        parts.add(part);
                    } else if (part.getClass().getSimpleName().equals("Orders")) {
                        cells.add(accessible(part.getClass().getDeclaredField("rows")));
                        parts.add(part);
                    }
                } catch (final NoSuchFieldException e) {
                    throw new AssertionError(part.toString(), e);
                }
            }
        });
        assertTrue(parts.size() > 50, parts.size() + " parts");
        return parts;
    }

    private static Field accessible(final Field field) {
        field.setAccessible(true);
        return field;
    }

    /** Of the orders one of the fields of a row that has been in use; its sixth long is the sum that is kept. */
    private static int cellOfAHashedRow(final StatePart part, final long[] memory, final Random random) {
        if (part.getClass().getSimpleName().equals("StateTable")) {
            return random.nextInt(memory.length);
        }
        final int used = (int) Arrays.stream(memory).filter(cell -> cell != 0).count() / 8;
        return random.nextInt(used) * 8 + random.nextInt(5);
    }
}
