package org.isochron.matcher.venue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.TradingState;
import org.isochron.codecs.json.Names;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Assets;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.LiquidationPrice;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.sequencer.replica.Noun;

/**
 * The venue's state for queries and printing. Changes nothing, allocates freely; call it between commands, on the
 * replica's thread. As {@link Names} it knows the venue's symbols and scales. Prices in units of 1e-9, quantities in lots, money in quanta of its asset; a price of 0 is none.
 */
public final class Inspection implements Names {
    private final Venue venue;
    private final Ledger ledger;
    private final Assets assets;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Books books;
    private final Reservations reservations;
    private final Margin margin;
    private final LiquidationPrice liquidationPrice;
    private final Counters counters;
    private final Sessions sessions;
    private final WorkQueue work;

    Inspection(
            final Venue venue,
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final Books books,
            final Reservations reservations,
            final Counters counters,
            final Sessions sessions,
            final WorkQueue work) {
        this.venue = venue;
        this.ledger = ledger;
        this.marks = marks;
        this.books = books;
        this.reservations = reservations;
        this.margin = margin;
        liquidationPrice = new LiquidationPrice(ledger, margin);
        this.counters = counters;
        this.sessions = sessions;
        this.work = work;
        assets = ledger.assets();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /**
     * One account in one asset.
     *
     * @param initialMargin     of the positions alone.
     * @param orderMargin       what the gate asks for, open orders included.
     * @param maintenanceMargin below it, less the closing fee, the bucket is liquidated.
     */
    public record Balance(
            long assetId,
            long cash,
            long equity,
            long initialMargin,
            long orderMargin,
            long maintenanceMargin,
            boolean inLiquidation) {}

    /**
     * One position, with the sums of the account's open orders in the instrument.
     *
     * @param isolatedCash of the position's own bucket; 0 in cross margin.
     * @param leverage     its owner has chosen, 0 for none.
     * @param liquidationPrice mark at which its bucket is liquidated while all others stand still, 0 for none.
     */
    public record Holding(
            long instrumentId,
            long lots,
            long averageEntryPrice,
            long entryCost,
            long realised,
            long unrealised,
            long openOrders,
            long openBuyLots,
            long openSellLots,
            boolean isolated,
            long isolatedCash,
            int leverage,
            long liquidationPrice) {}

    /** @param firmId 0 for the venue's own accounts. */
    public record Account(long accountId, long firmId, List<Balance> balances, List<Holding> holdings) {}

    public record Instrument(
            long instrumentId,
            String symbol,
            TradingState state,
            long indexPrice,
            long markPrice,
            boolean valid,
            long sourceBitmap,
            long bidPrice,
            long bidLots,
            int bidOrders,
            long askPrice,
            long askLots,
            int askOrders,
            long openInterestLots,
            int openOrders) {}

    /**
     * One open order, whatever its stage.
     *
     * @param sessionId    that hears of it.
     * @param stage        as {@link Books#stage} has it.
     * @param price        limit; 0 for a market order that waits for its trigger.
     * @param shown        lots market data shows; 0 for an order that does not rest.
     * @param priority     place in its queue, and public id while it rests.
     * @param display      lots an iceberg shows at once, 0 for all.
     * @param expireTimeNs end of a GTT order, 0 for none.
     * @param triggerPrice of a stop or take-profit, 0 for none.
     * @param holdsMargin  whether its open lots count in what its account must hold.
     */
    public record Order(
            long orderId,
            long accountId,
            long sessionId,
            long clOrdId,
            boolean buy,
            int stage,
            long price,
            long leaves,
            long filled,
            long shown,
            long priority,
            long display,
            long expireTimeNs,
            long triggerPrice,
            long userTag,
            boolean holdsMargin) {}

    /**
     * The venue's own funds in one asset.
     *
     * @param imbalance sum of all cash less (deposits less withdrawals): 0.
     */
    public record Funds(
            long assetId,
            long netDeposits,
            long fee,
            long insurance,
            long rounding,
            long fundingPool,
            long imbalance) {}

    /** @param hashes of the nouns, in the order of {@link Noun}. */
    public record Summary(
            long nowNs,
            long epoch,
            boolean cancelOnly,
            long scannedSequence,
            int accounts,
            int sessions,
            int instruments,
            int openOrders,
            int pendingWork,
            long privateSeq,
            long publicSeq,
            long duplicates,
            List<Funds> funds,
            List<Long> hashes,
            long stateHash) {}

    /** The account, or null when there is none of that id. */
    public Account account(final long accountId) {
        final int account = ledger.findAccount(accountId);
        if (account < 0) {
            return null;
        }
        final List<Balance> balances = new ArrayList<>();
        for (int asset = 0; asset < assets.count(); asset++) {
            balances.add(balance(account, asset));
        }
        final List<Holding> holdings = new ArrayList<>();
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            final int position = positions.find(account, instrument);
            if (position >= 0) {
                holdings.add(holding(position));
            }
        }
        final int firm = ledger.firm(account);
        return new Account(accountId, firm < 0 ? 0 : sessions.firmId(firm), balances, holdings);
    }

    private Balance balance(final int account, final int asset) {
        final int bucket = ledger.crossBucket(account, asset);
        margin.judge(bucket);
        return new Balance(
                assets.id(asset),
                ledger.cash(bucket),
                margin.equity(),
                margin.initial(),
                margin.requirement(),
                margin.maintenance(),
                ledger.isInLiquidation(bucket));
    }

    private Holding holding(final int position) {
        final int instrument = positions.instrument(position);
        final long lots = positions.lots(position);
        final long cost = positions.entryCost(position);
        final long entryPrice = lots == 0 ? 0 : ledger.contracts().averagePrice(instrument, lots, cost);
        return new Holding(
                instruments.id(instrument),
                lots,
                entryPrice,
                cost,
                positions.realised(position),
                margin.value(position) - cost,
                positions.openOrders(position),
                positions.orderLots(position, true),
                positions.orderLots(position, false),
                ledger.isIsolated(ledger.bucketOf(position)),
                ledger.cash(ledger.isolatedBucket(position)),
                positions.leverage(position),
                liquidationPrice.ticks(position) * instruments.tickSize(instrument));
    }

    /** The instrument, or null when there is none of that id. */
    public Instrument instrument(final long instrumentId) {
        final int instrument = instruments.find(instrumentId);
        if (instrument < 0) {
            return null;
        }
        final long tickSize = instruments.tickSize(instrument);
        return new Instrument(
                instrumentId,
                Symbols.text(instruments.symbolHead(instrument), instruments.symbolTail(instrument)),
                TradingState.get((short) instruments.state(instrument)),
                marks.indexTicks(instrument) * tickSize,
                marks.markTicks(instrument) * tickSize,
                marks.isValid(instrument),
                marks.sourceBitmap(instrument),
                books.bestTicks(instrument, true) * tickSize,
                books.bestLots(instrument, true),
                books.bestOrders(instrument, true),
                books.bestTicks(instrument, false) * tickSize,
                books.bestLots(instrument, false),
                books.bestOrders(instrument, false),
                positions.openInterestLots(instrument),
                books.openOrders(instrument));
    }

    /** Open orders of an instrument, position by position, each in the order of its list; none when it does not exist. */
    public List<Order> orders(final long instrumentId) {
        final List<Order> orders = new ArrayList<>();
        final int instrument = instruments.find(instrumentId);
        int position = instrument < 0 ? -1 : instruments.firstHolder(instrument);
        while (position >= 0) {
            for (int order = books.firstOfHolding(position); order >= 0; order = books.nextOfHolding(order)) {
                orders.add(order(order, instruments.tickSize(instrument)));
            }
            position = positions.nextOfInstrument(position);
        }
        return orders;
    }

    private Order order(final int order, final long tickSize) {
        return new Order(
                books.id(order),
                ledger.accountId(positions.account(books.holding(order))),
                sessions.id(books.session(order)),
                books.clientId(order),
                books.isBuy(order),
                books.stage(order),
                books.ticks(order) * tickSize,
                books.leavesLots(order),
                books.filledLots(order),
                books.shownLots(order),
                books.priority(order),
                books.displayLots(order),
                books.expireNs(order),
                books.triggerTicks(order) * tickSize,
                books.tag(order),
                reservations.holdsMargin(order));
    }

    /** Public hash of an instrument's book; 0 when it is empty or does not exist. */
    public long bookHash(final long instrumentId) {
        final int instrument = instruments.find(instrumentId);
        return instrument < 0 ? 0 : books.bookHash(instrument);
    }

    public Summary summary() {
        final List<Funds> funds = new ArrayList<>();
        for (int asset = 0; asset < assets.count(); asset++) {
            funds.add(new Funds(
                    assets.id(asset),
                    assets.netDeposits(asset),
                    ledger.cash(ledger.crossBucket(Ledger.FEE, asset)),
                    ledger.cash(ledger.crossBucket(Ledger.INSURANCE, asset)),
                    ledger.cash(ledger.crossBucket(Ledger.ROUNDING, asset)),
                    ledger.cash(ledger.crossBucket(Ledger.FUNDING_POOL, asset)),
                    ledger.imbalance(asset)));
        }
        final List<Long> hashes = new ArrayList<>();
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            hashes.add(venue.hash(Noun.of(noun)));
        }
        return new Summary(
                counters.nowNs(),
                counters.epoch(),
                counters.isCancelOnly(),
                counters.scannedSequence(),
                ledger.accountCount(),
                sessions.count(),
                instruments.count(),
                books.openOrders(),
                work.size(),
                counters.privateSeq(),
                counters.publicSeq(),
                sessions.duplicates(),
                funds,
                hashes,
                venue.stateHash());
    }

    // Names

    /** Ids of all accounts in order of definition, the venue's own first. */
    public long[] accountIds() {
        final long[] ids = new long[ledger.accountCount()];
        for (int account = 0; account < ids.length; account++) {
            ids[account] = ledger.accountId(account);
        }
        return ids;
    }

    /** Ids of all instruments in order of definition. */
    public long[] instrumentIds() {
        final long[] ids = new long[instruments.count()];
        for (int instrument = 0; instrument < ids.length; instrument++) {
            ids[instrument] = instruments.id(instrument);
        }
        return ids;
    }

    /** Ids of all assets in order of definition. */
    public long[] assetIds() {
        final long[] ids = new long[assets.count()];
        for (int asset = 0; asset < ids.length; asset++) {
            ids[asset] = assets.id(asset);
        }
        return ids;
    }

    @Override
    public long instrumentId(final String symbol) {
        final int instrument =
                isSymbol(symbol) ? instruments.findSymbol(Symbols.head(symbol), Symbols.tail(symbol)) : UNKNOWN;
        return instrument < 0 ? UNKNOWN : instruments.id(instrument);
    }

    @Override
    public String instrumentSymbol(final long instrumentId) {
        final int instrument = instruments.find(instrumentId);
        return instrument < 0
                ? null
                : Symbols.text(instruments.symbolHead(instrument), instruments.symbolTail(instrument));
    }

    @Override
    public long settleAssetId(final long instrumentId) {
        final int instrument = instruments.find(instrumentId);
        return instrument < 0 ? UNKNOWN : assets.id(instruments.asset(instrument));
    }

    @Override
    public long assetId(final String symbol) {
        final int asset = isSymbol(symbol) ? assets.findSymbol(Symbols.head(symbol), Symbols.tail(symbol)) : UNKNOWN;
        return asset < 0 ? UNKNOWN : assets.id(asset);
    }

    @Override
    public String assetSymbol(final long assetId) {
        final int asset = assets.find(assetId);
        return asset < 0 ? null : Symbols.text(assets.symbolHead(asset), assets.symbolTail(asset));
    }

    @Override
    public int assetScale(final long assetId) {
        final int asset = assets.find(assetId);
        return asset < 0 ? UNKNOWN : assets.scale(asset);
    }

    private static boolean isSymbol(final String symbol) {
        return !symbol.isEmpty() && symbol.length() <= Symbols.LENGTH;
    }

    /** Holds the sums of open orders kept with each position against the orders themselves. */
    void verifyOrderSums() {
        for (int position = 0; position < positions.count(); position++) {
            long count = 0;
            long buys = 0;
            long sells = 0;
            long buyUnits = 0;
            long sellUnits = 0;
            for (int order = books.firstOfHolding(position); order >= 0; order = books.nextOfHolding(order)) {
                final long lots = reservations.holdsMargin(order) ? books.leavesLots(order) : 0;
                count++;
                buys += books.isBuy(order) ? lots : 0;
                sells += books.isBuy(order) ? 0 : lots;
                buyUnits += books.isBuy(order) ? lots * reservations.unit(order) : 0;
                sellUnits += books.isBuy(order) ? 0 : lots * reservations.unit(order);
            }
            if (count != positions.openOrders(position)
                    || buys != positions.orderLots(position, true)
                    || sells != positions.orderLots(position, false)
                    || buyUnits != positions.orderUnits(position, true)
                    || sellUnits != positions.orderUnits(position, false)) {
                throw new InvariantViolation("position " + position + ": its orders are not what is summed up of them");
            }
        }
    }
}
