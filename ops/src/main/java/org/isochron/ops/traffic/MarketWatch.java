package org.isochron.ops.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.isochron.codecs.BookHashDecoder;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.LiquidationPrintDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TradeDecoder;
import org.isochron.codecs.TradingState;
import org.isochron.ops.client.Contract;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.sequencer.client.BookBuilder;
import org.isochron.sequencer.client.InstrumentBook;
import org.isochron.sequencer.client.MarketDataClient;
import org.isochron.sequencer.client.MarketDataListener;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Transport;

/** Public market data as any client sees it, from both feeds: every book, the index, the last trade. */
public final class MarketWatch implements MarketDataListener, AutoCloseable {
    /** Levels of a side shown. */
    public static final int SHOWN_LEVELS = 8;

    private final BookBuilder books = new BookBuilder();
    private final Int2ObjectHashMap<Prices> prices = new Int2ObjectHashMap<>();
    private final List<Contract> contracts;
    private final MarketDataClient client;
    private final Map<String, Long> states = new TreeMap<>();
    private final Map<String, Long> liquidations = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LiquidationPrintDecoder print = new LiquidationPrintDecoder();
    private long auctionTrades;
    private long fundingRates;
    private long lostMessages;

    /** @param contracts instruments to watch; they are defined already, so the feed does not say what a tick is. */
    public MarketWatch(final VenueAccess access, final Transport transport, final List<Contract> contracts) {
        this.contracts = List.copyOf(contracts);
        contracts.forEach(contract -> books.define(contract.instrumentId(), contract.tickE9()));
        final List<Channel> feeds = access.marketData();
        client = new MarketDataClient(transport, feeds.get(0), feeds.get(feeds.size() - 1), access.clock(), this);
    }

    /** One duty cycle; returns packets received. */
    public int poll() {
        return client.poll();
    }

    /** Index of an instrument in units of 1e-9; 0 before its first valid one. */
    public long indexE9(final int instrumentId) {
        return pricesOf(instrumentId).indexE9;
    }

    /** What an instrument accepts; {@link TradingState#OPEN} until the feed says otherwise. */
    public TradingState state(final int instrumentId) {
        return pricesOf(instrumentId).state;
    }

    /** What the feed has told so far. */
    public MarketFigures figures() {
        return new MarketFigures(
                states,
                auctionTrades,
                fundingRates,
                liquidations,
                sum(InstrumentBook::hashesCompared),
                sum(InstrumentBook::hashesMissed),
                lostMessages);
    }

    private long sum(final ToLongFunction<InstrumentBook> figure) {
        return contracts.stream()
                .map(contract -> books.book(contract.instrumentId()))
                .mapToLong(figure)
                .sum();
    }

    /** What to show of one instrument. */
    public MarketView view(final Contract contract) {
        final Prices last = pricesOf(contract.instrumentId());
        final InstrumentBook book = books.book(contract.instrumentId());
        return new MarketView(
                contract.symbol(),
                last.state,
                book == null ? List.of() : levels(book, Side.BUY),
                book == null ? List.of() : levels(book, Side.SELL),
                last.indexE9,
                last.tradeE9,
                book != null && book.isStale());
    }

    private static List<MarketView.Level> levels(final InstrumentBook book, final Side side) {
        final List<MarketView.Level> levels = new ArrayList<>();
        final int count = Math.min(SHOWN_LEVELS, book.levels(side));
        for (int depth = 0; depth < count; depth++) {
            levels.add(new MarketView.Level(
                    book.price(side, depth), book.quantity(side, depth), book.orders(side, depth)));
        }
        return levels;
    }

    private Prices pricesOf(final int instrumentId) {
        return prices.computeIfAbsent(instrumentId, id -> new Prices());
    }

    @Override
    public void onOrderAdd(final OrderAddDecoder add) {
        books.onOrderAdd(add);
    }

    @Override
    public void onOrderReduce(final OrderReduceDecoder reduce) {
        books.onOrderReduce(reduce);
    }

    @Override
    public void onOrderDelete(final OrderDeleteDecoder delete) {
        books.onOrderDelete(delete);
    }

    @Override
    public void onTrade(final TradeDecoder trade) {
        pricesOf((int) trade.stamp().instrumentId()).tradeE9 = trade.price();
        if (trade.aggressorSide() == Side.NULL_VAL) {
            auctionTrades++;
        }
    }

    @Override
    public void onMarkIndex(final MarkIndexDecoder markIndex) {
        if (markIndex.state() == IndexState.VALID) {
            pricesOf((int) markIndex.stamp().instrumentId()).indexE9 = markIndex.indexPrice();
        }
    }

    @Override
    public void onSecurityStatus(final SecurityStatusDecoder status) {
        pricesOf((int) status.stamp().instrumentId()).state = status.state();
        states.merge(status.state() + "_" + status.reason(), 1L, Long::sum);
    }

    @Override
    public void onOther(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        switch (templateId) {
            case FundingRateDecoder.TEMPLATE_ID -> fundingRates++;
            case LiquidationPrintDecoder.TEMPLATE_ID ->
                liquidations.merge(
                        print.wrapAndApplyHeader(buffer, offset, header).kind().name(), 1L, Long::sum);
            case MarketSettledDecoder.TEMPLATE_ID -> liquidations.merge("SETTLED", 1L, Long::sum);
            default -> {
                // Other messages, newer ones among them, concern nothing it shows.
            }
        }
    }

    @Override
    public void onBookHash(final BookHashDecoder hash) {
        books.onBookHash(hash);
    }

    @Override
    public void onGap(final long fromSeqNum, final long toSeqNum) {
        lostMessages += toSeqNum - fromSeqNum + 1;
        books.onGap(fromSeqNum, toSeqNum);
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Prices {
        private long indexE9;
        private long tradeE9;
        private TradingState state = TradingState.OPEN;
    }
}
