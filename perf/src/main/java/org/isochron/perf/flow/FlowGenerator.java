package org.isochron.perf.flow;

import java.util.function.LongConsumer;

/** Makes a stream for one book: a fill, then the mix of {@link BookFlow}. */
public final class FlowGenerator implements BookFlow.Sink {
    private static final int PROGRESS_INTERVAL = 8_192;
    private static final int FIRST_TRADES = 1_024;

    private final FlowShape shape;
    private final long[] words;
    private TradeTape trades = new TradeTape(FIRST_TRADES);
    private long lastId;
    private int at;

    private FlowGenerator(final FlowShape shape, final int commands) {
        this.shape = shape;
        words = new long[(shape.resting() + commands) * FlowCommand.LONGS];
    }

    /**
     * @param commands how many follow the fill.
     * @param progress told how many are made, now and then.
     */
    public static OrderFlow generate(
            final FlowShape shape, final long seed, final int commands, final LongConsumer progress) {
        return new FlowGenerator(shape, commands).generate(seed, progress);
    }

    private OrderFlow generate(final long seed, final LongConsumer progress) {
        final BookFlow flow = new BookFlow(shape.resting(), shape.spread(), BookFlow.Access.WORKLOAD, seed, this);
        for (int i = 0; i < shape.resting(); i++) {
            flow.fill();
        }
        while (at < words.length) {
            flow.next();
            if (at % PROGRESS_INTERVAL == 0) {
                progress.accept(at / FlowCommand.LONGS);
            }
        }
        return new OrderFlow(words, shape.resting(), trades.count(), trades.hash());
    }

    @Override
    public void command(final int kind, final ReferenceBook.Resting order, final long lots) {
        words[at] = FlowCommand.pack(kind, order.buy, lots, kind == FlowCommand.REDUCE ? order.lots : order.price);
        words[at + 1] = order.id;
        at += FlowCommand.LONGS;
    }

    @Override
    public void entering(final ReferenceBook.Resting order, final boolean takes) {
        // One user: whose it is makes no difference.
    }

    @Override
    public void traded(final ReferenceBook.Resting maker, final long lots, final ReferenceBook.Resting taker) {
        trades = trades.withRoom();
        trades.trade(maker.price, lots, maker.id, taker.id);
    }

    @Override
    public long nextId() {
        final long id = ++lastId;
        return shape.scrambledIds() ? ScrambledIds.of(id) : id;
    }
}
