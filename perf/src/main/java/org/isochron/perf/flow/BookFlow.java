package org.isochron.perf.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes the commands for one book. Of a hundred commands 45 enter an order, 40 cancel one, 5 move one, 3 reduce one and 7 take. Prices lie
 * behind the opposite touch: for 60 % by an exponential distance with mean 6 ticks, for 40 % by 0 to 99 ticks, at most 140;
 * quantities are 1 to 100 lots. Half of the cancels name one of the last 256 orders, half any. Takers want 1 to 40 lots,
 * one in five 50 to 150, up to 4 ticks through the touch, and no more than there is. {@link FlowShape#spread()} multiplies
 * ticks. Whether the next of the 85 entering and cancelling commands enters or cancels leans towards the number of resting
 * orders wanted.
 */
final class BookFlow {
    /** Price around which the book is filled. */
    static final long MIDDLE_TICKS = 1_000_000;

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

    /** Which live order a cancel, move or reduce names. */
    enum Access {
        /** As the workload says. */
        WORKLOAD,
        /** The youngest most often: by Zipf's law with exponent 0.99. */
        ZIPF,
        UNIFORM
    }

    /** Receives the commands. */
    interface Sink {
        /**
         * A command, after the reference book has carried it out.
         *
         * @param order the order it names or brings; of a taker a mere description.
         * @param lots  what an order brings, or what a reduce takes off; 0 for a cancel, what is left for a move.
         */
        void command(int kind, ReferenceBook.Resting order, long lots);

        /** A command is about to bring this order: the sink may say whose it is. */
        void entering(ReferenceBook.Resting order, boolean takes);

        void traded(ReferenceBook.Resting maker, long lots, ReferenceBook.Resting taker);

        /** Id for the next order. */
        long nextId();
    }

    private final int resting;
    private final int spread;
    private final Access access;
    private final SplittableRandom random;
    private final Sink sink;
    private final ReferenceBook book = new ReferenceBook();
    private final List<ReferenceBook.Resting> live = new ArrayList<>();
    private final ReferenceBook.Resting[] recent = new ReferenceBook.Resting[RECENT];
    private int entered;

    /** @param resting orders wanted in the book. */
    BookFlow(final int resting, final int spread, final Access access, final long seed, final Sink sink) {
        this.resting = resting;
        this.spread = spread;
        this.access = access;
        this.sink = sink;
        random = new SplittableRandom(seed);
    }

    /** One order more that rests; the fill is made of these. */
    void fill() {
        add(entered % 2 == 0);
    }

    /** The next command. */
    void next() {
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
        return ADD_SHARE + LEAN * (resting - live.size()) / resting;
    }

    private void add(final boolean buy) {
        final ReferenceBook.Resting order =
                new ReferenceBook.Resting(sink.nextId(), buy, price(buy), 1 + random.nextInt(100));
        sink.entering(order, false);
        book.add(order);
        order.place = live.size();
        live.add(order);
        recent[entered++ % RECENT] = order;
        sink.command(FlowCommand.ADD, order, order.lots);
    }

    private void cancel() {
        cancel(access == Access.WORKLOAD && random.nextBoolean() ? recent() : any());
    }

    private void cancel(final ReferenceBook.Resting order) {
        book.remove(order);
        forget(order);
        sink.command(FlowCommand.CANCEL, order, 0);
    }

    private void move(final ReferenceBook.Resting order) {
        book.remove(order);
        // Behind the opposite touch, which the order itself is not part of.
        order.price = book.isEmpty(!order.buy) ? order.price : price(order.buy);
        book.add(order);
        sink.command(FlowCommand.MOVE, order, order.lots);
    }

    private void reduce(final ReferenceBook.Resting order) {
        if (order.lots == 1) {
            // Nothing to take off: the command becomes a cancel, as a reduce by everything is one everywhere.
            cancel(order);
            return;
        }
        final long off = 1 + random.nextLong(order.lots - 1);
        order.lots -= off;
        sink.command(FlowCommand.REDUCE, order, off);
    }

    private void take(final boolean buy) {
        final long through = (long) THROUGH_TICKS * spread;
        final long touch = book.best(!buy);
        final long limit = buy ? touch + through : Math.max(1, touch - through);
        final long wanted = random.nextInt(5) == 0 ? 50 + random.nextInt(101) : 1 + random.nextInt(40);
        final ReferenceBook.Resting taker =
                new ReferenceBook.Resting(sink.nextId(), buy, limit, book.depth(!buy, limit, wanted));
        sink.entering(taker, true);
        sink.command(FlowCommand.TAKE, taker, taker.lots);
        book.take(taker, this::traded);
    }

    private void traded(final ReferenceBook.Resting maker, final long lots, final ReferenceBook.Resting taker) {
        sink.traded(maker, lots, taker);
        if (maker.lots == 0) {
            forget(maker);
        }
    }

    private ReferenceBook.Resting any() {
        final int size = live.size();
        // New orders are put at the end.
        return live.get(access == Access.ZIPF ? size - 1 - Zipf.rank(random, size) : random.nextInt(size));
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
                ? -Math.log(1 - random.nextDouble()) * MEAN_TICKS * spread
                : random.nextInt(UNIFORM_TICKS * spread);
        final long ticks = 1 + Math.min((long) distance, (long) MAX_TICKS * spread);
        final long touch = book.isEmpty(!buy) ? MIDDLE_TICKS : book.best(!buy);
        return Math.max(1, buy ? touch - ticks : touch + ticks);
    }
}
