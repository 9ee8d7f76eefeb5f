package org.isochron.perf.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Makes a stream. Of a hundred commands 45 enter an order, 40 cancel one, 5 move one, 3 reduce one and 7 take. Prices lie
 * behind the opposite touch: for 60 % by an exponential distance with mean 6 ticks, for 40 % by 0 to 99 ticks, at most 140;
 * quantities are 1 to 100 lots. Half of the cancels name one of the last 256 orders, half any. Takers want 1 to 40 lots,
 * one in five 50 to 150, up to 4 ticks through the touch, and no more than there is. {@link FlowShape#spread()} multiplies
 * ticks. Whether the next of the 85 entering and cancelling commands enters or cancels leans towards the number of resting
 * orders wanted.
 */
public final class FlowGenerator {
    /** Price around which the book is filled. */
    public static final long MIDDLE_TICKS = 1_000_000;

    private static final int ADD_OR_CANCEL = 85;
    private static final int MOVE_BELOW = 90;
    private static final int REDUCE_BELOW = 93;
    /** Of the 85, those that enter when the book is exactly as full as wanted. */
    private static final double ADD_SHARE = 45.0 / ADD_OR_CANCEL;
    /** How strongly the share leans: an eighth more or less orders than wanted bends it by a fifth. */
    private static final double LEAN = 1.6;

    private static final double MEAN_TICKS = 6;
    private static final int UNIFORM_TICKS = 100;
    private static final int MAX_TICKS = 140;
    private static final int THROUGH_TICKS = 4;
    private static final int RECENT = 256;
    private static final int PROGRESS_INTERVAL = 8_192;

    private final FlowShape shape;
    private final SplittableRandom random;
    private final ReferenceBook book = new ReferenceBook();
    private final List<ReferenceBook.Resting> live = new ArrayList<>();
    private final ReferenceBook.Resting[] recent = new ReferenceBook.Resting[RECENT];
    private final long[] words;
    private TradeTape trades = new TradeTape(1024);
    private int entered;
    private long lastId;
    private int at;

    private FlowGenerator(final FlowShape shape, final long seed, final int commands) {
        this.shape = shape;
        random = new SplittableRandom(seed);
        words = new long[(shape.resting() + commands) * FlowCommand.LONGS];
    }

    /**
     * @param commands how many follow the fill.
     * @param progress told how many are made, now and then.
     */
    public static OrderFlow generate(
            final FlowShape shape, final long seed, final int commands, final LongConsumer progress) {
        return new FlowGenerator(shape, seed, commands).generate(progress);
    }

    private OrderFlow generate(final LongConsumer progress) {
        for (int i = 0; i < shape.resting(); i++) {
            add(i % 2 == 0);
        }
        while (at < words.length) {
            next();
            if (at % PROGRESS_INTERVAL == 0) {
                progress.accept(at / FlowCommand.LONGS);
            }
        }
        return new OrderFlow(words, shape.resting(), trades.count(), trades.hash());
    }

    private void next() {
        final int dice = random.nextInt(100);
        if (live.size() < 2 || book.isEmpty(true) || book.isEmpty(false)) {
            add(book.isEmpty(true));
        } else if (dice < ADD_OR_CANCEL) {
            if (random.nextDouble() < addShare()) {
                add(random.nextBoolean());
            } else {
                cancel();
            }
        } else if (dice < MOVE_BELOW) {
            move(any());
        } else if (dice < REDUCE_BELOW) {
            reduce(any());
        } else {
            take(random.nextBoolean());
        }
    }

    private double addShare() {
        return ADD_SHARE + LEAN * (shape.resting() - live.size()) / shape.resting();
    }

    private void add(final boolean buy) {
        final ReferenceBook.Resting order =
                new ReferenceBook.Resting(nextId(), buy, price(buy), 1 + random.nextInt(100));
        book.add(order);
        order.place = live.size();
        live.add(order);
        recent[entered++ % RECENT] = order;
        put(FlowCommand.ADD, buy, order.lots, order.price, order.id);
    }

    private void cancel() {
        final ReferenceBook.Resting order = random.nextBoolean() ? recent() : any();
        put(FlowCommand.CANCEL, order.buy, 0, 0, order.id);
        book.remove(order);
        forget(order);
    }

    private void move(final ReferenceBook.Resting order) {
        book.remove(order);
        // Behind the opposite touch, which the order itself is not part of.
        order.price = book.isEmpty(!order.buy) ? order.price : price(order.buy);
        book.add(order);
        put(FlowCommand.MOVE, order.buy, order.lots, order.price, order.id);
    }

    private void reduce(final ReferenceBook.Resting order) {
        if (order.lots == 1) {
            // Nothing to take off: the command becomes a cancel, as a reduce by everything is one everywhere.
            put(FlowCommand.CANCEL, order.buy, 0, 0, order.id);
            book.remove(order);
            forget(order);
            return;
        }
        final long off = 1 + random.nextLong(order.lots - 1);
        order.lots -= off;
        put(FlowCommand.REDUCE, order.buy, off, order.lots, order.id);
    }

    private void take(final boolean buy) {
        final long through = (long) THROUGH_TICKS * shape.spread();
        final long touch = book.best(!buy);
        final long limit = buy ? touch + through : Math.max(1, touch - through);
        final long wanted = random.nextInt(5) == 0 ? 50 + random.nextInt(101) : 1 + random.nextInt(40);
        final long lots = book.depth(!buy, limit, wanted);
        final long id = nextId();
        put(FlowCommand.TAKE, buy, lots, limit, id);
        book.take(!buy, id, lots, this::traded);
    }

    private void traded(final ReferenceBook.Resting maker, final long lots, final long takerId) {
        if (trades.isFull()) {
            trades = trades.larger();
        }
        trades.trade(maker.price, lots, maker.id, takerId);
        if (maker.lots == 0) {
            forget(maker);
        }
    }

    private ReferenceBook.Resting any() {
        return live.get(random.nextInt(live.size()));
    }

    /** One of the last orders entered that is still there; any live one when the draw finds none. */
    private ReferenceBook.Resting recent() {
        for (int i = 0; i < RECENT; i++) {
            final ReferenceBook.Resting order = recent[random.nextInt(Math.min(entered, RECENT))];
            if (order.place >= 0) {
                return order;
            }
        }
        return any();
    }

    private void forget(final ReferenceBook.Resting order) {
        final ReferenceBook.Resting last = live.remove(live.size() - 1);
        if (last != order) {
            live.set(order.place, last);
            last.place = order.place;
        }
        order.place = -1;
    }

    private long price(final boolean buy) {
        final double distance = random.nextInt(10) < 6
                ? -Math.log(1 - random.nextDouble()) * MEAN_TICKS * shape.spread()
                : random.nextInt(UNIFORM_TICKS * shape.spread());
        final long ticks = 1 + Math.min((long) distance, (long) MAX_TICKS * shape.spread());
        final long touch = book.isEmpty(!buy) ? MIDDLE_TICKS : book.best(!buy);
        return Math.max(1, buy ? touch - ticks : touch + ticks);
    }

    private long nextId() {
        final long id = ++lastId;
        return shape.scrambledIds() ? ScrambledIds.of(id) : id;
    }

    private void put(final int kind, final boolean buy, final long lots, final long price, final long id) {
        words[at] = FlowCommand.pack(kind, buy, lots, price);
        words[at + 1] = id;
        at += FlowCommand.LONGS;
    }
}
