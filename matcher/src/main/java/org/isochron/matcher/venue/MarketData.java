package org.isochron.matcher.venue;

import org.isochron.codecs.AuctionIndicativeEncoder;
import org.isochron.codecs.BboEncoder;
import org.isochron.codecs.BookHashEncoder;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.IndexSource;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.MarkIndexEncoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MarketSession;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.OrderAddEncoder;
import org.isochron.codecs.OrderDeleteEncoder;
import org.isochron.codecs.OrderReduceEncoder;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.SecurityDefinitionEncoder;
import org.isochron.codecs.SecurityStatusEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TradeEncoder;
import org.isochron.codecs.TradingState;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.marks.PrimaryMarkets;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Writes public market data. The best bid and offer of an instrument is told once, at the end of a command that changed
 * it; what was told last is state.
 */
final class MarketData implements StateOwner {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final int BID_TICKS = 0;
    private static final int BID_LOTS = 1;
    private static final int BID_ORDERS = 2;
    private static final int ASK_TICKS = 3;
    private static final int ASK_LOTS = 4;
    private static final int ASK_ORDERS = 5;
    private static final int FIELDS = 6;

    private final EventWriter events;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Marks marks;
    private final Books books;
    private final ChangedInstruments changed;
    private final LastPrices lastPrices;
    private final StateTable told;
    /** Instruments whose book this command has touched, in the order it did. */
    private int[] touched;

    private boolean[] isTouched;
    private boolean[] hasTraded;
    private int touchedCount;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAddEncoder orderAdd = new OrderAddEncoder();
    private final OrderReduceEncoder orderReduce = new OrderReduceEncoder();
    private final OrderDeleteEncoder orderDelete = new OrderDeleteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BboEncoder bbo = new BboEncoder();
    private final MarkIndexEncoder markIndex = new MarkIndexEncoder();
    private final SecurityDefinitionEncoder securityDefinition = new SecurityDefinitionEncoder();
    private final SecurityStatusEncoder securityStatus = new SecurityStatusEncoder();
    private final AuctionIndicativeEncoder auctionIndicative = new AuctionIndicativeEncoder();
    private final BookHashEncoder bookHash = new BookHashEncoder();
    private final byte[] symbol = new byte[SecurityDefinitionEncoder.symbolLength()];

    MarketData(
            final EventWriter events,
            final Ledger ledger,
            final Marks marks,
            final Books books,
            final ChangedInstruments changed,
            final LastPrices lastPrices,
            final int capacity) {
        this.events = events;
        this.ledger = ledger;
        instruments = ledger.instruments();
        this.marks = marks;
        this.books = books;
        this.changed = changed;
        this.lastPrices = lastPrices;
        told = new StateTable("toldTops", capacity, FIELDS);
        touched = new int[capacity];
        isTouched = new boolean[capacity];
        hasTraded = new boolean[capacity];
    }

    void resize(final int capacity) {
        told.resize(capacity);
        touched = new int[capacity];
        isTouched = new boolean[capacity];
        hasTraded = new boolean[capacity];
    }

    /** The order has joined its queue. */
    void added(final int order) {
        final int instrument = books.instrument(order);
        touch(instrument);
        final int offset = events.claimPublic(OrderAddEncoder.BLOCK_LENGTH, instruments.id(instrument));
        orderAdd.wrapAndApplyHeader(events.buffer(), offset, header)
                .orderId(books.priority(order))
                .priority(books.priority(order))
                .price(books.ticks(order) * instruments.tickSize(instrument))
                .quantity(books.shownLots(order))
                .side(Reports.side(books.isBuy(order)));
    }

    /** What the order shows has shrunk; it keeps its place. */
    void reduced(final int order) {
        final int instrument = books.instrument(order);
        touch(instrument);
        final int offset = events.claimPublic(OrderReduceEncoder.BLOCK_LENGTH, instruments.id(instrument));
        orderReduce
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .orderId(books.priority(order))
                .leavesQuantity(books.shownLots(order));
    }

    /** The order leaves, or has left, its queue. */
    void deleted(final int instrument, final long publicId) {
        touch(instrument);
        final int offset = events.claimPublic(OrderDeleteEncoder.BLOCK_LENGTH, instruments.id(instrument));
        orderDelete.wrapAndApplyHeader(events.buffer(), offset, header).orderId(publicId);
    }

    void traded(
            final int instrument,
            final long tradeId,
            final long restingId,
            final long ticks,
            final long lots,
            final boolean buyArrived,
            final boolean liquidation) {
        print(instrument, tradeId, restingId, ticks, lots);
        trade.aggressorSide(Reports.side(buyArrived)).liquidation((short) (liquidation ? 1 : 0));
    }

    /** Both orders rested; restingId is that of the one that came first. */
    void tradedInAuction(
            final int instrument, final long tradeId, final long restingId, final long ticks, final long lots) {
        print(instrument, tradeId, restingId, ticks, lots);
        trade.aggressorSide(Side.NULL_VAL);
    }

    private void print(
            final int instrument, final long tradeId, final long restingId, final long ticks, final long lots) {
        touch(instrument);
        lastPrices.traded(instrument, ticks, events.timestampNs());
        hasTraded[instrument] = true;
        final int offset = events.claimPublic(TradeEncoder.BLOCK_LENGTH, instruments.id(instrument));
        trade.wrapAndApplyHeader(events.buffer(), offset, header)
                .tradeId(tradeId)
                .restingOrderId(restingId)
                .price(ticks * instruments.tickSize(instrument))
                .quantity(lots);
    }

    void markIndex(final int instrument) {
        final long tickSize = instruments.tickSize(instrument);
        final boolean ever = marks.indexTicks(instrument) != 0;
        final int offset = events.claimPublic(MarkIndexEncoder.BLOCK_LENGTH, instruments.id(instrument));
        markIndex
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .indexPrice(ever ? marks.indexTicks(instrument) * tickSize : MarkIndexEncoder.indexPriceNullValue())
                .markPrice(ever ? marks.markTicks(instrument) * tickSize : MarkIndexEncoder.markPriceNullValue())
                .sourceBitmap(marks.sourceBitmap(instrument))
                .rule(markRule(instrument))
                .state(marks.isValid(instrument) ? IndexState.VALID : IndexState.INVALID)
                .source(indexSource(instrument));
    }

    private MarkRule markRule(final int instrument) {
        return MarkRule.get((short) ledger.rules().mark().rule(instrument));
    }

    private IndexSource indexSource(final int instrument) {
        if (marks.primary().isOpen(instrument)) {
            return IndexSource.EXTERNAL;
        }
        return marks.isInternal(instrument) ? IndexSource.INTERNAL : IndexSource.FROZEN;
    }

    void securityDefinition(final int instrument) {
        final long tickSize = instruments.tickSize(instrument);
        final int offset = events.claimPublic(SecurityDefinitionEncoder.BLOCK_LENGTH, instruments.id(instrument));
        Symbols.unpack(instruments.symbolHead(instrument), instruments.symbolTail(instrument), symbol);
        final int exponent = instruments.exponent(instrument);
        final boolean isPower = exponent != 0;
        securityDefinition
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .putSymbol(symbol, 0)
                .tickSize(tickSize)
                .lotSize(instruments.lotSize(instrument))
                .maxPrice(instruments.maxPriceTicks(instrument) * tickSize)
                .maxOrderQuantity(instruments.maxOrderLots(instrument))
                .maxPositionQuantity(instruments.maxPositionLots(instrument))
                .ruleHash(ledger.rules().combinedHash(instrument, instruments.ruleHash(instrument)))
                .settleAssetId(ledger.assets().id(instruments.asset(instrument)))
                .initialMarginPpm(instruments.initialMarginPpm(instrument))
                .maintenanceMarginPpm(instruments.maintenanceMarginPpm(instrument))
                .makerFeePpm(instruments.makerFeePpm(instrument))
                .takerFeePpm(instruments.takerFeePpm(instrument))
                .kind(ContractKind.get((short) instruments.kind(instrument)))
                .markRule(markRule(instrument))
                .exponent(isPower ? PowerExponent.get((short) exponent) : PowerExponent.NULL_VAL)
                .maxOpenOrders(instruments.maxOpenOrders(instrument))
                .bandPpm(ppmOrNull(instruments.bandPpm(instrument)))
                .collarPpm(ppmOrNull(instruments.collarPpm(instrument)))
                .marketProtectionPpm(ppmOrNull(instruments.marketProtectionPpm(instrument)))
                .takerDelayUs(instruments.takerDelayNs(instrument) / NANOS_PER_MICRO)
                .limitMs(instruments.limitNs(instrument) / NANOS_PER_MILLI)
                .haltMs(instruments.haltNs(instrument) / NANOS_PER_MILLI)
                .auctionMs(instruments.auctionNs(instrument) / NANOS_PER_MILLI)
                .norm(isPower ? instruments.norm(instrument) : SecurityDefinitionEncoder.normNullValue());
    }

    private static int ppmOrNull(final int ppm) {
        return ppm == 0 ? SecurityDefinitionEncoder.bandPpmNullValue() : ppm;
    }

    /** @param nextChangeNs when the state changes by itself, {@link SecurityStatusEncoder#nextChangeNsNullValue()} for never. */
    void securityStatus(
            final int instrument,
            final TradingState state,
            final boolean reduceOnly,
            final StateReason reason,
            final long nextChangeNs) {
        final PrimaryMarkets primary = marks.primary();
        final int offset = events.claimPublic(SecurityStatusEncoder.BLOCK_LENGTH, instruments.id(instrument));
        securityStatus
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .nextChangeNs(nextChangeNs)
                .state(state)
                .reason(reason)
                .session(sessionOrNull(primary.session(instrument)))
                .nextSession(sessionOrNull(primary.nextSession(instrument)))
                .reduceOnly((short) (reduceOnly ? 1 : 0))
                .nextSessionNs(
                        primary.nextSessionNs(instrument) == 0
                                ? SecurityStatusEncoder.nextSessionNsNullValue()
                                : primary.nextSessionNs(instrument));
    }

    private static MarketSession sessionOrNull(final int session) {
        return session == PrimaryMarkets.NONE ? MarketSession.NULL_VAL : MarketSession.get((short) session);
    }

    /** @param ticks price at which the auction would clear, 0 when nothing crosses. */
    void auctionIndicative(final int instrument, final long ticks, final long lots, final long imbalanceLots) {
        final int offset = events.claimPublic(AuctionIndicativeEncoder.BLOCK_LENGTH, instruments.id(instrument));
        auctionIndicative
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .price(
                        ticks == 0
                                ? AuctionIndicativeEncoder.priceNullValue()
                                : ticks * instruments.tickSize(instrument))
                .quantity(lots)
                .imbalance(imbalanceLots);
    }

    void bookHash(final int instrument, final long hash) {
        final int offset = events.claimPublic(BookHashEncoder.BLOCK_LENGTH, instruments.id(instrument));
        bookHash.wrapAndApplyHeader(events.buffer(), offset, header)
                .bookHash(hash)
                .orders(books.restingOrders(instrument));
    }

    private void touch(final int instrument) {
        changed.note(instrument);
        if (!isTouched[instrument]) {
            isTouched[instrument] = true;
            touched[touchedCount++] = instrument;
            events.owe();
            if (marks.readsBook(instrument)) {
                events.owe();
            }
        }
    }

    /** Tells every best bid and offer that is another than before the command, and the mark where it has moved with them. */
    void tellTops() {
        events.settleDebts();
        for (int i = 0; i < touchedCount; i++) {
            final int instrument = touched[i];
            final boolean moves = marks.readsBook(instrument) && (hasTraded[instrument] || hasNewPrices(instrument));
            isTouched[instrument] = false;
            hasTraded[instrument] = false;
            if (hasNewTop(instrument)) {
                tellTop(instrument);
            }
            if (moves && marks.bookChanged(instrument, events.timestampNs())) {
                changed.note(instrument);
                markIndex(instrument);
            }
        }
        touchedCount = 0;
    }

    private boolean hasNewPrices(final int instrument) {
        return told.get(instrument, BID_TICKS) != books.bestTicks(instrument, true)
                || told.get(instrument, ASK_TICKS) != books.bestTicks(instrument, false);
    }

    private boolean hasNewTop(final int instrument) {
        return hasNewPrices(instrument)
                || told.get(instrument, BID_LOTS) != books.bestLots(instrument, true)
                || told.get(instrument, BID_ORDERS) != books.bestOrders(instrument, true)
                || told.get(instrument, ASK_LOTS) != books.bestLots(instrument, false)
                || told.get(instrument, ASK_ORDERS) != books.bestOrders(instrument, false);
    }

    private void tellTop(final int instrument) {
        told.set(instrument, BID_TICKS, books.bestTicks(instrument, true));
        told.set(instrument, BID_LOTS, books.bestLots(instrument, true));
        told.set(instrument, BID_ORDERS, books.bestOrders(instrument, true));
        told.set(instrument, ASK_TICKS, books.bestTicks(instrument, false));
        told.set(instrument, ASK_LOTS, books.bestLots(instrument, false));
        told.set(instrument, ASK_ORDERS, books.bestOrders(instrument, false));
        final long bid = told.get(instrument, BID_TICKS);
        final long ask = told.get(instrument, ASK_TICKS);
        final long tickSize = instruments.tickSize(instrument);
        final int offset = events.claimPublic(BboEncoder.BLOCK_LENGTH, instruments.id(instrument));
        bbo.wrapAndApplyHeader(events.buffer(), offset, header)
                .bidPrice(bid == 0 ? BboEncoder.bidPriceNullValue() : bid * tickSize)
                .bidQuantity(told.get(instrument, BID_LOTS))
                .askPrice(ask == 0 ? BboEncoder.askPriceNullValue() : ask * tickSize)
                .askQuantity(told.get(instrument, ASK_LOTS))
                .bidOrders(told.get(instrument, BID_ORDERS))
                .askOrders(told.get(instrument, ASK_ORDERS));
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(told);
    }
}
