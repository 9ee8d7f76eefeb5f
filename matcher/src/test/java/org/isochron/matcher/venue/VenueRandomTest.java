package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.TradeDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.book.NaiveBook;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VenueRandomTest {
    private static final int TWIN_COMMANDS = 60_000;
    private static final int VERIFIED_COMMANDS = 4_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NaiveBook[] books = {new NaiveBook(true), new NaiveBook(false)};
    private final Map<Long, NaiveBook.Order> live = new HashMap<>();
    private final Map<NaiveBook.Order, Long> clientIds = new HashMap<>();
    private final Map<NaiveBook.Order, Boolean> sides = new HashMap<>();

    /** What the market sees of every accepted command is what sorted maps of queues would show. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldMatchAsTheNaiveBookDoes(final long seed) {
        final VenueBed bed = VenueBed.trading();
        final CommandMix mix = new CommandMix(seed, bed, 40, false);
        int accepted = 0;
        for (int i = 0; i < TWIN_COMMANDS; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
            final List<String> expected = new ArrayList<>();
            accepted += follow(mix, bed.batch, expected) ? 1 : 0;
            assertEquals(expected, market(bed.batch), "seed " + seed + ", command " + i);
        }
        assertTrue(accepted > TWIN_COMMANDS / 3, accepted + " accepted");
        bed.venue.verifyInFull();
    }

    private boolean follow(final CommandMix mix, final EventBatch batch, final List<String> expected) {
        final int record = batch.first();
        final int outcome = MessageShape.templateId(batch.buffer(), batch.messageOffset(record));
        final int at = batch.messageOffset(record);
        if (outcome == OrderAckDecoder.TEMPLATE_ID) {
            final long id = new OrderAckDecoder()
                    .wrapAndApplyHeader(batch.buffer(), at, header)
                    .priority();
            enter(
                    new NaiveBook.Order(id, mix.accountId, mix.ticks, mix.lots),
                    mix.clOrdId,
                    mix.buy,
                    mix.immediate,
                    expected);
            return true;
        }
        if (outcome == ReplaceAckDecoder.TEMPLATE_ID) {
            replace(mix, new ReplaceAckDecoder().wrapAndApplyHeader(batch.buffer(), at, header), expected);
            return true;
        }
        if (outcome == CancelledDecoder.TEMPLATE_ID) {
            final NaiveBook.Order gone = live.get(mix.origClOrdId);
            forget(gone);
            expected.add("delete " + gone.id);
            return true;
        }
        assertTrue(mix.templateId == NewOrderDecoder.TEMPLATE_ID
                || mix.templateId == CancelDecoder.TEMPLATE_ID
                || mix.templateId == ReplaceDecoder.TEMPLATE_ID);
        return false;
    }

    private void replace(final CommandMix mix, final ReplaceAckDecoder ack, final List<String> expected) {
        final NaiveBook.Order order = live.remove(mix.origClOrdId);
        final boolean buy = sides.get(order);
        if (ack.priorityKept() == 1) {
            assertTrue(order.ticks == mix.ticks && mix.lots < order.lots);
            order.lots = mix.lots;
            live.put(mix.clOrdId, order);
            clientIds.put(order, mix.clOrdId);
            expected.add("reduce " + order.id + " " + order.lots);
            return;
        }
        expected.add("delete " + order.id);
        live.put(mix.origClOrdId, order);
        forget(order);
        enter(new NaiveBook.Order(ack.priority(), order.owner, mix.ticks, mix.lots), mix.clOrdId, buy, false, expected);
    }

    private void enter(
            final NaiveBook.Order order,
            final long clientId,
            final boolean buy,
            final boolean immediate,
            final List<String> expected) {
        final NaiveBook other = books[buy ? 1 : 0];
        while (order.lots > 0 && other.meets(order.ticks)) {
            final NaiveBook.Order maker = other.best();
            if (maker.owner == order.owner) {
                forget(maker);
                expected.add("delete " + maker.id);
                continue;
            }
            final long lots = Math.min(order.lots, maker.lots);
            order.lots -= lots;
            maker.lots -= lots;
            expected.add("trade " + maker.id + " " + maker.ticks + " " + lots);
            if (maker.lots == 0) {
                forget(maker);
                expected.add("delete " + maker.id);
            } else {
                expected.add("reduce " + maker.id + " " + maker.lots);
            }
        }
        if (order.lots > 0 && !immediate) {
            books[buy ? 0 : 1].rest(order);
            live.put(clientId, order);
            clientIds.put(order, clientId);
            sides.put(order, buy);
            expected.add("add " + order.id + " " + order.ticks + " " + order.lots);
        }
    }

    private void forget(final NaiveBook.Order order) {
        books[sides.remove(order) ? 0 : 1].remove(order);
        live.remove(clientIds.remove(order));
    }

    private List<String> market(final EventBatch batch) {
        final List<String> lines = new ArrayList<>();
        for (int i = batch.first(); i != EventBatch.END; i = batch.next(i)) {
            final int at = batch.messageOffset(i);
            switch (MessageShape.templateId(batch.buffer(), at)) {
                case TradeDecoder.TEMPLATE_ID -> {
                    final TradeDecoder trade = new TradeDecoder().wrapAndApplyHeader(batch.buffer(), at, header);
                    lines.add("trade " + trade.restingOrderId() + " " + trade.price() / CommandMix.TICK + " "
                            + trade.quantity());
                }
                case OrderAddDecoder.TEMPLATE_ID -> {
                    final OrderAddDecoder add = new OrderAddDecoder().wrapAndApplyHeader(batch.buffer(), at, header);
                    lines.add("add " + add.orderId() + " " + add.price() / CommandMix.TICK + " " + add.quantity());
                }
                case OrderReduceDecoder.TEMPLATE_ID -> {
                    final OrderReduceDecoder reduce =
                            new OrderReduceDecoder().wrapAndApplyHeader(batch.buffer(), at, header);
                    lines.add("reduce " + reduce.orderId() + " " + reduce.leavesQuantity());
                }
                case OrderDeleteDecoder.TEMPLATE_ID ->
                    lines.add("delete "
                            + new OrderDeleteDecoder()
                                    .wrapAndApplyHeader(batch.buffer(), at, header)
                                    .orderId());
                default -> {
                    // private, or the best prices, which the books are compared by already
                }
            }
        }
        return lines;
    }

    /** Prices move, accounts are liquidated and mass-cancelled: nothing comes from nowhere, every hash is what it says. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void shouldBalanceAfterEveryCommand(final long seed) {
        final VenueBed bed = VenueBed.tradingInASmallVenue();
        bed.operator("Withdraw:{accountId:200,assetId:1,amount:'995000'}");
        bed.operator("Withdraw:{accountId:101,assetId:1,amount:'990000'}");
        final CommandMix mix = new CommandMix(seed, bed, 60, true);
        for (int i = 0; i < VERIFIED_COMMANDS; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
            bed.venue.verifyInFull();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void shouldGiveTheSameBytesAndHashesForTheSameFrames(final long seed) {
        final VenueBed bed = VenueBed.trading();
        final Venue twin = new Venue();
        final EventBatch twinBatch = new EventBatch();
        final Frame frame = new Frame();
        for (final byte[] bytes : bed.log()) {
            VenueBed.apply(twin, frame.wrap(new UnsafeBuffer(bytes), 0), twinBatch);
        }
        final CommandMix mix = new CommandMix(seed, bed, 60, true);
        for (int i = 0; i < 100_000; i++) {
            final Frame next = mix.next();
            VenueBed.apply(bed.venue, next, bed.batch);
            VenueBed.apply(twin, next, twinBatch);
            if (i % 7 == 0) {
                // A query is no command.
                bed.venue.inspection().account(100);
                bed.venue.inspection().summary();
            }
            assertArrayEquals(bytes(bed.batch), bytes(twinBatch), "seed " + seed + ", command " + i);
        }
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            assertEquals(bed.venue.hash(Noun.of(noun)), twin.hash(Noun.of(noun)));
        }
        assertEquals(bed.venue.stateHash(), twin.stateHash());
    }

    private static byte[] bytes(final EventBatch batch) {
        int end = 0;
        for (int i = batch.first(); i != EventBatch.END; i = batch.next(i)) {
            end = batch.messageOffset(i) + batch.messageLength(i);
        }
        final byte[] bytes = new byte[end];
        batch.buffer().getBytes(0, bytes);
        return bytes;
    }
}
