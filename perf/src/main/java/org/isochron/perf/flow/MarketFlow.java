package org.isochron.perf.flow;

import java.util.SplittableRandom;

/**
 * Commands for a venue of several books and accounts, packed into {@link #LONGS} longs each, and the trades they must make.
 * The first long is that of {@link FlowCommand}, save that a reduce has its order's price and the lots that stay. Instruments
 * and accounts are numbers from 0.
 */
public final class MarketFlow implements BookFlow.Sink {
    /** Longs a command takes. */
    public static final int LONGS = 3;
    /** Revisions an order's id has room for. */
    public static final int REVISION_BITS = 12;

    private static final int INSTRUMENT_BITS = 16;
    private static final int ACCOUNT_BITS = 24;
    private static final int FIRST_TRADES = 1_024;
    /** Ranks are spread over the accounts, so that the busiest are no neighbours in memory. */
    private static final long SPREAD = 1_000_003;

    private final MarketShape shape;
    private final SplittableRandom random;
    private final BookFlow[] books;
    private final long[] words;
    private final int fill;
    private TradeTape trades = new TradeTape(FIRST_TRADES);
    private int instrument;
    private long lastId;
    private int at;

    private MarketFlow(final MarketShape shape, final BookFlow.Access access, final long seed, final int commands) {
        this.shape = shape;
        random = new SplittableRandom(seed);
        books = new BookFlow[shape.instruments()];
        final int each = shape.resting() / shape.instruments();
        fill = each * shape.instruments();
        words = new long[(fill + commands) * LONGS];
        for (int i = 0; i < books.length; i++) {
            books[i] = new BookFlow(each, 1, access, random.nextLong(), this);
        }
    }

    /** The mix of the main workload, accounts and instruments picked as the shape says. */
    public static MarketFlow ofMain(final MarketShape shape, final long seed, final int commands) {
        return new MarketFlow(shape, BookFlow.Access.WORKLOAD, seed, commands).generate();
    }

    /** The same mix, orders too picked as the shape says. */
    public static MarketFlow ofGrowth(final MarketShape shape, final long seed, final int commands) {
        return new MarketFlow(shape, shape.skewed() ? BookFlow.Access.ZIPF : BookFlow.Access.UNIFORM, seed, commands)
                .generate();
    }

    /** A market in one word, for the JVM that measures it: the same word makes the same commands. */
    public static String describe(final MarketShape shape, final boolean growth, final long seed, final int commands) {
        return String.join(
                ",",
                growth ? "growth" : "main",
                Integer.toString(shape.instruments()),
                Integer.toString(shape.accounts()),
                Integer.toString(shape.resting()),
                Boolean.toString(shape.skewed()),
                Long.toString(seed),
                Integer.toString(commands));
    }

    /** Makes the commands of a market that {@link #describe} wrote down. */
    public static MarketFlow parse(final String description) {
        final String[] words = description.split(",");
        final MarketShape shape = new MarketShape(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Boolean.parseBoolean(words[4]));
        final long seed = Long.parseLong(words[5]);
        final int commands = Integer.parseInt(words[6]);
        return "growth".equals(words[0]) ? ofGrowth(shape, seed, commands) : ofMain(shape, seed, commands);
    }

    private MarketFlow generate() {
        for (int i = 0; i < fill; i++) {
            instrument = i % books.length;
            books[instrument].fill();
        }
        while (at < words.length) {
            instrument = pick(books.length);
            books[instrument].next();
        }
        return this;
    }

    private int pick(final int count) {
        return shape.skewed() ? Zipf.rank(random, count) : random.nextInt(count);
    }

    @Override
    public void entering(final ReferenceBook.Resting order, final boolean takes) {
        final int takers = shape.takers();
        final int count = takes ? takers : shape.accounts() - takers;
        final int picked = (int) (pick(count) * SPREAD % count);
        order.owner = takes ? picked : takers + picked;
    }

    @Override
    public void command(final int kind, final ReferenceBook.Resting order, final long lots) {
        final boolean reduces = kind == FlowCommand.REDUCE;
        if (reduces || kind == FlowCommand.MOVE) {
            order.revision++;
        }
        if (order.revision >= (1 << REVISION_BITS) - 1) {
            throw new IllegalStateException("order " + order.id + " changed " + order.revision + " times");
        }
        words[at] = FlowCommand.pack(kind, order.buy, reduces ? order.lots : lots, order.price);
        words[at + 1] = order.id << REVISION_BITS | order.revision;
        words[at + 2] = (reduces ? lots : 0) << INSTRUMENT_BITS + ACCOUNT_BITS
                | (long) order.owner << INSTRUMENT_BITS
                | instrument;
        at += LONGS;
    }

    @Override
    public void traded(final ReferenceBook.Resting maker, final long lots, final ReferenceBook.Resting taker) {
        trades = trades.withRoom();
        recordTrade(trades, instrument, maker.price, lots, maker.owner, taker.owner);
    }

    /** Writes a trade of a venue to a tape, so that its hash can be compared with {@link #tradesHash}. */
    public static void recordTrade(
            final TradeTape tape,
            final int instrument,
            final long price,
            final long lots,
            final int maker,
            final int taker) {
        tape.trade((long) instrument << 40 | price, lots, maker, taker);
    }

    @Override
    public long nextId() {
        return ++lastId;
    }

    public MarketShape shape() {
        return shape;
    }

    /** How many of the first commands only fill the books. */
    public int fill() {
        return fill;
    }

    /** Commands in all, those of the fill included. */
    public int length() {
        return words.length / LONGS;
    }

    public int trades() {
        return trades.count();
    }

    public long tradesHash() {
        return trades.hash();
    }

    /** What a command is: see {@link FlowCommand}. */
    public long word(final int command) {
        return words[command * LONGS];
    }

    /** Id of the order a command is about, without its revision. */
    public long orderId(final int command) {
        return words[command * LONGS + 1] >>> REVISION_BITS;
    }

    /** Id and revision; a move or reduce makes the next revision, which stands here. */
    public long revisedId(final int command) {
        return words[command * LONGS + 1];
    }

    /** Lots a reduce takes off. */
    public long lotsOff(final int command) {
        return words[command * LONGS + 2] >>> INSTRUMENT_BITS + ACCOUNT_BITS;
    }

    public int account(final int command) {
        return (int) (words[command * LONGS + 2] >>> INSTRUMENT_BITS) & (1 << ACCOUNT_BITS) - 1;
    }

    public int instrument(final int command) {
        return (int) words[command * LONGS + 2] & (1 << INSTRUMENT_BITS) - 1;
    }
}
