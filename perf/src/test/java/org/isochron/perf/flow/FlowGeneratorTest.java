package org.isochron.perf.flow;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowGeneratorTest {
    private static final int COMMANDS = 200_000;

    @TempDir
    Path directory;

    @Test
    void shouldMakeTheSameStreamFromTheSameSeedAndAnotherFromAnother() {
        final OrderFlow first = generate(FlowShape.MAIN, 7);
        final OrderFlow again = generate(FlowShape.MAIN, 7);

        assertArrayEquals(first.words(), again.words());
        assertEquals(first.tradesHash(), again.tradesHash());
        assertFalse(Arrays.equals(first.words(), generate(FlowShape.MAIN, 8).words()));
    }

    @Test
    void shouldMixTheCommandsAsTheWorkloadSays() {
        final int[] kinds = new int[FlowCommand.KINDS];
        final OrderFlow flow = generate(FlowShape.MAIN, 7);
        for (int i = flow.fill(); i < flow.length(); i++) {
            kinds[FlowCommand.kind(word(flow, i))]++;
        }
        assertAll(
                () -> assertShare(45, kinds[FlowCommand.ADD]),
                () -> assertShare(40, kinds[FlowCommand.CANCEL]),
                () -> assertShare(5, kinds[FlowCommand.MOVE]),
                () -> assertShare(3, kinds[FlowCommand.REDUCE]),
                () -> assertShare(7, kinds[FlowCommand.TAKE]));
    }

    private static void assertShare(final double percent, final int count) {
        assertEquals(percent, 100.0 * count / COMMANDS, 1);
    }

    /** The name, the resting orders and the levels, each within a tenth; the latter two from tick to tick. */
    @ParameterizedTest
    @CsvSource({"main, 2500, 200", "wide, 20000, 3700", "randomIds, 2500, 200"})
    void shouldKeepTheBookAsFullAndAsWideAsTheWorkloadSays(final String name, final int resting, final int levels) {
        final Twin twin = new Twin();
        final OrderFlow flow = generate(FlowShape.named(name), 7);
        long restingSum = 0;
        long levelsSum = 0;
        int samples = 0;
        for (int i = 0; i < flow.length(); i++) {
            twin.apply(word(flow, i), id(flow, i));
            if (i > flow.length() / 2 && i % 1_000 == 0) {
                restingSum += twin.open.size();
                levelsSum += twin.book.levels();
                samples++;
            }
        }
        assertEquals(resting, restingSum / samples, resting * 0.1);
        assertEquals(levels, levelsSum / samples, levels * 0.1);
    }

    @Test
    void shouldNameLiveOrdersOnlyAndTakeNoMoreThanThereIs() {
        final Twin twin = new Twin();
        final OrderFlow flow = generate(FlowShape.MAIN, 11);
        for (int i = 0; i < flow.length(); i++) {
            twin.apply(word(flow, i), id(flow, i));
        }
        assertEquals(flow.trades(), twin.trades.count());
        assertEquals(flow.tradesHash(), twin.trades.hash());
    }

    @Test
    void shouldScrambleEveryIdToAnotherOfSixtyTwoBits() {
        final OrderFlow plain = generate(FlowShape.MAIN, 7);
        final OrderFlow scrambled = generate(FlowShape.RANDOM_IDS, 7);
        final Set<Long> ids = new HashSet<>();
        long bits = 0;
        for (int i = 0; i < plain.length(); i++) {
            assertEquals(word(plain, i), word(scrambled, i));
            assertEquals(ScrambledIds.of(id(plain, i)), id(scrambled, i));
            final int kind = FlowCommand.kind(word(plain, i));
            assertTrue(kind != FlowCommand.ADD && kind != FlowCommand.TAKE || ids.add(id(scrambled, i)));
            bits |= id(scrambled, i);
        }
        assertEquals((1L << 62) - 1, bits);
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        final Path file = directory.resolve("flow");
        final OrderFlow flow = generate(FlowShape.MAIN, 7);
        flow.write(file);

        final OrderFlow read = OrderFlow.read(file);

        assertArrayEquals(flow.words(), read.words());
        assertEquals(flow.fill(), read.fill());
        assertEquals(flow.trades(), read.trades());
        assertEquals(flow.tradesHash(), read.tradesHash());
    }

    @Test
    void shouldRefuseAFileThatIsNoWholeStream() throws IOException {
        final Path file = directory.resolve("flow");
        generate(FlowShape.MAIN, 7).write(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1_000));

        final IOException ex = assertThrows(IOException.class, () -> OrderFlow.read(file));
        assertTrue(ex.getMessage().contains("not a whole stream"), ex::getMessage);
    }

    private static OrderFlow generate(final FlowShape shape, final long seed) {
        return FlowGenerator.generate(shape, seed, COMMANDS, made -> {});
    }

    private static long word(final OrderFlow flow, final int command) {
        return flow.words()[command * FlowCommand.LONGS];
    }

    private static long id(final OrderFlow flow, final int command) {
        return flow.words()[command * FlowCommand.LONGS + 1];
    }

    /** Applies a stream from its words alone, and checks that each can be carried out. */
    private static final class Twin {
        final ReferenceBook book = new ReferenceBook();
        final Map<Long, ReferenceBook.Resting> open = new HashMap<>();
        final TradeTape trades = new TradeTape(COMMANDS);

        void apply(final long word, final long id) {
            final boolean buy = FlowCommand.isBuy(word);
            final long price = FlowCommand.price(word);
            final long lots = FlowCommand.lots(word);
            if (FlowCommand.kind(word) == FlowCommand.TAKE) {
                assertEquals(lots, book.depth(!buy, price, lots), "as deep as the aggressor wants");
                book.take(new ReferenceBook.Resting(id, buy, price, lots), this::traded);
                return;
            }
            if (FlowCommand.kind(word) == FlowCommand.ADD) {
                rest(new ReferenceBook.Resting(id, buy, price, lots));
                return;
            }
            final ReferenceBook.Resting order = open.get(id);
            assertTrue(order != null, "a live order");
            assertEquals(order.buy, buy);
            switch (FlowCommand.kind(word)) {
                case FlowCommand.CANCEL -> {
                    book.remove(order);
                    open.remove(id);
                }
                case FlowCommand.MOVE -> {
                    assertEquals(order.lots, lots);
                    book.remove(order);
                    order.price = price;
                    rest(order);
                }
                case FlowCommand.REDUCE -> {
                    order.lots -= lots;
                    assertEquals(order.lots, price, "lots that stay");
                    assertTrue(order.lots > 0);
                }
                default -> throw new AssertionError(word);
            }
        }

        private void rest(final ReferenceBook.Resting order) {
            final boolean crosses = !book.isEmpty(!order.buy)
                    && (order.buy ? order.price >= book.best(false) : order.price <= book.best(true));
            assertFalse(crosses, "an order that rests crosses nothing");
            book.add(order);
            open.put(order.id, order);
        }

        private void traded(final ReferenceBook.Resting maker, final long lots, final ReferenceBook.Resting taker) {
            trades.trade(maker.price, lots, maker.id, taker.id);
            if (maker.lots == 0) {
                open.remove(maker.id);
            }
        }
    }
}
