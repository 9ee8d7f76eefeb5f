package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ACCOUNT_IN_LIQUIDATION;
import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_LOT;
import static org.isochron.codecs.RejectCode.BAD_TICK;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.INSUFFICIENT_MARGIN;
import static org.isochron.codecs.RejectCode.KILL_SWITCH_ON;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.MMP_FROZEN;
import static org.isochron.codecs.RejectCode.OPEN_ORDER_LIMIT;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.POSITION_LIMIT;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.QTY_TOO_BIG;
import static org.isochron.codecs.RejectCode.REDUCE_ONLY_VIOLATED;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Gate;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * The checks that everything which enters or changes orders has in common. Each answers whether it refuses the terms, and
 * leaves the reason in their refusal; what it has looked up it leaves in the terms. None changes any state.
 */
final class OrderChecks {
    /** More than any position may have; an order may ask for up to 2^63, and no sum may leave 63 bits for that. */
    private static final long MOST_LOTS = 1L << 62;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Marks marks;
    private final Books books;
    private final Margin margin;
    private final Gate gate;
    private final Counters counters;
    private final WorkQueue work;
    private final TradingStates states;
    private final ScanWatch scanWatch;
    private final Bands bands;
    private final MmpGroups groups;
    private final KillSwitches kills;

    OrderChecks(
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final Books books,
            final Margin margin,
            final Gate gate,
            final Counters counters,
            final WorkQueue work,
            final TradingStates states,
            final ScanWatch scanWatch,
            final Bands bands,
            final Protections protections) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.marks = marks;
        this.books = books;
        this.margin = margin;
        this.gate = gate;
        this.counters = counters;
        this.work = work;
        this.bands = bands;
        this.states = states;
        this.scanWatch = scanWatch;
        groups = protections.mmpGroups;
        kills = protections.kills;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** A client's id of its own: from 2^63 up, negative here, the venue numbers quotes, and null is the largest of those. */
    boolean refusesNumber(final OrderTerms terms) {
        if (terms.clientId >= 0) {
            return false;
        }
        final boolean missing = terms.clientId == NewOrderDecoder.clOrdIdNullValue();
        return terms.refusal.of(BAD_VALUE, terms.clientIdField, missing ? Refusal.NO_VALUE : terms.clientId);
    }

    boolean refusesMarket(final OrderTerms terms, final long instrumentId) {
        terms.instrument = instruments.find(instrumentId);
        if (terms.instrument < 0) {
            return terms.refusal.of(UNKNOWN_INSTRUMENT, terms.instrumentField, instrumentId);
        }
        return (counters.isCancelOnly() || !states.takes(terms.instrument))
                && terms.refusal.of(MARKET_CLOSED, terms.instrumentField, instrumentId);
    }

    boolean refusesAccount(final OrderTerms terms, final long accountId) {
        terms.account = ledger.findAccount(accountId);
        if (terms.account < 0) {
            return terms.refusal.of(UNKNOWN_ACCOUNT, terms.accountField, accountId);
        }
        if (!sessions.isEntitled(terms.session, terms.account)) {
            return terms.refusal.of(SESSION_SCOPE, terms.accountField, accountId);
        }
        terms.position = positions.find(terms.account, terms.instrument);
        if (ledger.isInLiquidation(ledger.bucketOf(terms.account, terms.instrument, terms.position))) {
            return terms.refusal.of(ACCOUNT_IN_LIQUIDATION, terms.accountField, accountId);
        }
        if (kills.isKilled(terms.account)) {
            return terms.refusal.of(KILL_SWITCH_ON, terms.accountField, accountId);
        }
        return (work.isCancellingAccount(terms.account) || work.isCancellingSession(terms.session))
                && terms.refusal.of(ALREADY_PENDING, terms.accountField, accountId);
    }

    boolean refusesPrice(final OrderTerms terms, final long price) {
        final long tickSize = instruments.tickSize(terms.instrument);
        if (price <= 0 || price % tickSize != 0) {
            return terms.refusal.of(BAD_TICK, terms.priceField, price, tickSize);
        }
        terms.ticks = price / tickSize;
        final long largest = instruments.maxPriceTicks(terms.instrument);
        return terms.ticks > largest && terms.refusal.of(PRICE_BAND, terms.priceField, price, largest * tickSize);
    }

    /** Limit prices lie within the band and the discovery bounds, if there are any; the bound they pass is told. */
    boolean refusesBand(final OrderTerms terms) {
        final long lowest = bands.lowestTaken(terms.instrument);
        final long highest = bands.highestTaken(terms.instrument);
        if (terms.ticks >= lowest && terms.ticks <= highest) {
            return false;
        }
        final long tickSize = instruments.tickSize(terms.instrument);
        return terms.refusal.of(
                PRICE_BAND,
                terms.priceField,
                terms.ticks * tickSize,
                (terms.ticks < lowest ? lowest : highest) * tickSize);
    }

    boolean refusesTrigger(final OrderTerms terms, final long triggerPrice) {
        final int field = NewOrderDecoder.triggerPriceId();
        final long tickSize = instruments.tickSize(terms.instrument);
        if (triggerPrice <= 0 || triggerPrice % tickSize != 0) {
            return terms.refusal.of(BAD_TICK, field, triggerPrice, tickSize);
        }
        terms.triggerTicks = triggerPrice / tickSize;
        final long largest = instruments.maxPriceTicks(terms.instrument);
        return terms.triggerTicks > largest && terms.refusal.of(PRICE_BAND, field, triggerPrice, largest * tickSize);
    }

    /**
     * A market order without a price of its own is limited to {@code mark * (1 +- marketProtectionPpm / 1e6)}, a buy
     * rounded down, a sell up: toward the mark.
     */
    boolean refusesProtection(final OrderTerms terms) {
        final int ppm = instruments.marketProtectionPpm(terms.instrument);
        if (ppm == 0) {
            return terms.refusal.of(BAD_VALUE, terms.priceField, Refusal.NO_VALUE);
        }
        if (!marks.isValid(terms.instrument)) {
            return terms.refusal.of(RISK_UNAVAILABLE);
        }
        final long mark = marks.markTicks(terms.instrument);
        final long reach = Margin.floorPpm(mark, ppm);
        terms.ticks = terms.isBuy()
                ? Math.min(
                        Math.min(mark + reach, marks.highestTicks(terms.instrument)),
                        instruments.maxPriceTicks(terms.instrument))
                : Math.max(Math.max(mark - reach, marks.lowestTicks(terms.instrument)), 1);
        return false;
    }

    boolean refusesQuantity(final OrderTerms terms, final long lots) {
        if (lots <= 0) {
            return terms.refusal.of(BAD_LOT, terms.quantityField, lots, 1);
        }
        terms.lots = lots;
        final long largest = instruments.maxOrderLots(terms.instrument);
        return lots > largest && terms.refusal.of(QTY_TOO_BIG, terms.quantityField, lots, largest);
    }

    boolean refusesClientId(final OrderTerms terms) {
        return (sessions.recentIds().contains(terms.session, terms.clientId)
                        || books.findByClientId(terms.session, terms.clientId) != Books.NONE)
                && terms.refusal.of(DUPLICATE_CL_ORD_ID, terms.clientIdField, terms.clientId);
    }

    boolean refusesRoom(final OrderTerms terms) {
        final long open = terms.position < 0 ? 0 : positions.openOrders(terms.position);
        final long largest = instruments.maxOpenOrders(terms.instrument);
        if (open >= largest) {
            return terms.refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, open, largest);
        }
        if (books.isFull()) {
            return terms.refusal.of(OPEN_ORDER_LIMIT, Refusal.NO_FIELD, books.openOrders(), books.openOrders());
        }
        return (terms.position < 0 && positions.isFull() || !work.hasClientRoom(1)) && terms.refusal.of(CAPACITY);
    }

    /** The market maker protection group is there, settles in the instrument's asset, and is not frozen. */
    boolean refusesGroup(final OrderTerms terms) {
        terms.mmpGroup = groups.find(terms.account, terms.mmpGroupId);
        if (terms.mmpGroup == MmpGroups.NONE || groups.asset(terms.mmpGroup) != instruments.asset(terms.instrument)) {
            return terms.refusal.of(BAD_VALUE, terms.mmpGroupField, terms.mmpGroupId);
        }
        return refusesFrozen(terms);
    }

    boolean refusesFrozen(final OrderTerms terms) {
        return groups.isFrozen(terms.mmpGroup)
                && terms.refusal.of(MMP_FROZEN, terms.mmpGroupField, groups.id(terms.mmpGroup));
    }

    /** What an order meets when it enters: post-only, reduce-only, and the risk it brings. */
    boolean refusesEntry(final OrderTerms terms) {
        return terms.is(OrderTraits.POST_ONLY) && refusesCrossing(terms)
                || terms.is(OrderTraits.REDUCE_ONLY) && refusesReduceOnly(terms)
                || refusesRisk(terms);
    }

    /** The same of a resting order that gives up its place for these terms. */
    boolean refusesNewPlace(final OrderTerms terms, final int order) {
        return terms.is(OrderTraits.POST_ONLY) && refusesCrossing(terms)
                || terms.is(OrderTraits.REDUCE_ONLY) && refusesReduceOnly(terms)
                || refusesRisk(terms, order);
    }

    /** All a stop is asked when it fires. Its price is worked out on the way. */
    boolean refusesActivation(final OrderTerms terms) {
        if (kills.isKilled(terms.account)) {
            return terms.refusal.of(KILL_SWITCH_ON);
        }
        if (ledger.isInLiquidation(ledger.bucketOf(terms.position))) {
            return terms.refusal.of(ACCOUNT_IN_LIQUIDATION);
        }
        return terms.is(OrderTraits.MMP) && refusesFrozen(terms)
                || terms.is(OrderTraits.REDUCE_ONLY) && refusesReduceOnly(terms)
                || refusesActivationPrice(terms)
                || terms.is(OrderTraits.POST_ONLY) && refusesTouch(terms)
                || refusesRisk(terms);
    }

    private boolean refusesActivationPrice(final OrderTerms terms) {
        if (!terms.is(OrderTraits.MARKET)) {
            return refusesBand(terms);
        }
        return refusesProtection(terms) && terms.refusal.of(PRICE_BAND);
    }

    /**
     * Behind an unfinished sweep nobody can say what the order will meet, so post-only has to wait. In an auction nothing
     * takes liquidity.
     */
    boolean refusesCrossing(final OrderTerms terms) {
        if (instruments.isInAuction(terms.instrument)) {
            return false;
        }
        if (work.isMatching(terms.instrument)) {
            return terms.refusal.of(ALREADY_PENDING);
        }
        return refusesTouch(terms);
    }

    /** A post-only order that would trade is refused, or slides to one tick behind the other side's best price. */
    private boolean refusesTouch(final OrderTerms terms) {
        final boolean buy = terms.isBuy();
        if (!books.crosses(terms.instrument, buy, terms.ticks)) {
            return false;
        }
        final long best = books.bestTicks(terms.instrument, !buy);
        final long behind = buy ? best - 1 : best + 1;
        if (terms.is(OrderTraits.SLIDE) && mayStandAt(terms.instrument, behind)) {
            terms.ticks = behind;
            return false;
        }
        final long tickSize = instruments.tickSize(terms.instrument);
        return terms.refusal.of(POST_ONLY_WOULD_CROSS, terms.priceField, terms.ticks * tickSize, best * tickSize);
    }

    /** Nothing slides out of the band. */
    private boolean mayStandAt(final int instrument, final long ticks) {
        return ticks >= Math.max(1, bands.lowestTaken(instrument))
                && ticks <= Math.min(instruments.maxPriceTicks(instrument), bands.highestTaken(instrument));
    }

    /** A reduce-only order is clipped to the position it is to reduce; a fill-or-kill one has to fit. */
    private boolean refusesReduceOnly(final OrderTerms terms) {
        final long held = terms.position < 0 ? 0 : positions.lots(terms.position);
        final long reducible = ReduceOnly.reducible(held, terms.isBuy());
        if (reducible == 0 || terms.is(OrderTraits.FILL_OR_KILL) && terms.lots > reducible) {
            return terms.refusal.of(REDUCE_ONLY_VIOLATED, terms.quantityField, terms.lots, reducible);
        }
        terms.lots = Math.min(terms.lots, reducible);
        return false;
    }

    /** Index, position limit and margin of a new order. */
    boolean refusesRisk(final OrderTerms terms) {
        return refusesRisk(terms, 0, 0, false);
    }

    /** The same of an order that takes the place of one with other terms. */
    boolean refusesRisk(final OrderTerms terms, final int replaced) {
        return refusesRisk(terms, books.ticks(replaced), books.leavesLots(replaced), true);
    }

    /** A reduce-only order holds no margin: its account is asked at every fill. */
    private boolean refusesRisk(
            final OrderTerms terms, final long removeTicks, final long removeLots, final boolean replaces) {
        if (terms.is(OrderTraits.REDUCE_ONLY)) {
            return false;
        }
        final boolean buy = terms.isBuy();
        if (isBlind(terms.instrument) && !gate.reduces(terms.position, buy, terms.lots - removeLots)) {
            return terms.refusal.of(RISK_UNAVAILABLE);
        }
        final long held = terms.position < 0 ? 0 : positions.lots(terms.position);
        final long others = (terms.position < 0 ? 0 : positions.orderLots(terms.position, buy)) - removeLots;
        final long reach = (buy ? held : -held) + others + Math.min(terms.lots, MOST_LOTS);
        final long largest = Margin.floorPpm(
                instruments.maxPositionLots(terms.instrument), marks.primary().positionLimitPpm(terms.instrument));
        if (reach > largest) {
            return terms.refusal.of(POSITION_LIMIT, terms.quantityField, reach, largest);
        }
        return refusesMargin(terms, removeTicks, removeLots, replaces);
    }

    /** Without a mark, or while nobody knows who is under water, a position may be reduced only. */
    private boolean isBlind(final int instrument) {
        return scanWatch.isLate() || !marks.isValid(instrument);
    }

    /**
     * Whether an order that was held back may take its turn: while risk nodes are silent only one that, with all others of
     * its side, can at most close its position.
     */
    boolean refusesRelease(final int order) {
        return scanWatch.isLate()
                && !books.is(order, OrderTraits.REDUCE_ONLY)
                && !gate.reduces(books.holding(order), books.isBuy(order), 0);
    }

    private boolean refusesMargin(
            final OrderTerms terms, final long removeTicks, final long removeLots, final boolean replaces) {
        final Gate.Verdict verdict = gate.judgeOrder(
                terms.account,
                terms.instrument,
                terms.position,
                terms.isBuy(),
                terms.ticks,
                terms.lots,
                removeTicks,
                removeLots,
                replaces);
        terms.draw = gate.draw();
        return switch (verdict) {
            case ADMITTED -> false;
            case INSUFFICIENT_MARGIN ->
                terms.refusal.of(INSUFFICIENT_MARGIN, Refusal.NO_FIELD, gate.required(), margin.equity());
            case OVERFLOW -> terms.refusal.of(OVERFLOW);
        };
    }
}
