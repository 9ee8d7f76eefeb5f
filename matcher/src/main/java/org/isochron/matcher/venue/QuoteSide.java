package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.MMP_FROZEN;
import static org.isochron.codecs.RejectCode.TAKER_DELAY_AMEND_FORBIDDEN;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.CancelReason;
import org.isochron.codecs.MassQuoteAckEncoder.EntriesEncoder;
import org.isochron.codecs.RejectCode;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * One side of a quote: entered, changed or pulled, on the state the sides before it have left. It is an order like any
 * other, good till cancelled, and judged by the same checks; asked for again as it stands it keeps its place.
 */
final class QuoteSide {
    /** A side without a place in a queue. */
    static final long NO_PLACE = EntriesEncoder.bidPriorityNullValue();

    /** Cancelled or OrderDelete of the place before, and the Bbo either owes; what matching does is its own affair. */
    static final int EVENTS = 3;

    private final Instruments instruments;
    private final Positions positions;
    private final Books books;
    private final MmpGroups groups;
    private final OrderChecks checks;
    private final OrderEntry entry;
    private final MarketData marketData;
    private final Cancels cancels;
    private final Matching matching;
    private final WorkQueue work;

    private final OrderTerms terms = new OrderTerms();

    /** What the message says of all its sides. */
    private int session;

    private int account;
    private long accountId;
    private int group;
    private boolean postOnly;

    /** The order that stands for the side on hand, or {@link Books#NONE}, and what is to be done. */
    private int order;

    private boolean pulls;
    private boolean changes;

    QuoteSide(
            final Ledger ledger,
            final Books books,
            final MmpGroups groups,
            final OrderChecks checks,
            final OrderEntry entry,
            final MarketData marketData,
            final Cancels cancels,
            final Matching matching,
            final WorkQueue work) {
        this.books = books;
        this.groups = groups;
        this.checks = checks;
        this.entry = entry;
        this.marketData = marketData;
        this.cancels = cancels;
        this.matching = matching;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /**
     * What follows are sides of another message.
     *
     * @param group slot of the market maker protection group, or {@link MmpGroups#NONE}.
     */
    void of(final int session, final int account, final long accountId, final int group, final boolean postOnly) {
        this.session = session;
        this.account = account;
        this.accountId = accountId;
        this.group = group;
        this.postOnly = postOnly;
    }

    /** Begins with a side, to be left as it stands unless {@link #refuses} finds otherwise. */
    void find(final long clientId) {
        order = books.findByClientId(session, clientId);
        pulls = false;
        changes = false;
        terms.of(session, clientId);
    }

    /**
     * Judges a side that the message gives a price for, and changes nothing.
     *
     * @param lots open lots it shall have; 0 pulls it.
     * @return whether it is refused; why is in {@link #code}.
     */
    boolean refuses(final long instrumentId, final boolean buy, final long price, final long lots) {
        terms.instrument = instruments.find(instrumentId);
        if (terms.instrument < 0) {
            return terms.refusal.of(UNKNOWN_INSTRUMENT);
        }
        if (order != Books.NONE && !isSame()) {
            return terms.refusal.of(BAD_VALUE);
        }
        pulls = lots == 0;
        if (pulls || isUnchanged(price, lots)) {
            return false;
        }
        changes = true;
        traits(buy);
        return refusesTerms(instrumentId, price, lots)
                || (order == Books.NONE ? checks.refusesRoom(terms) : refusesChange())
                || group != MmpGroups.NONE && refusesGroup()
                || (order == Books.NONE || !entry.keepsPriority(terms, order)) && refusesNewPlace();
    }

    /** A quote keeps instrument, account and group for life: to change them, pull it first. */
    private boolean isSame() {
        return books.instrument(order) == terms.instrument
                && positions.account(books.holding(order)) == account
                && books.mmpGroup(order) == group;
    }

    private boolean isUnchanged(final long price, final long lots) {
        return order != Books.NONE
                && lots == books.leavesLots(order)
                && price == books.ticks(order) * instruments.tickSize(terms.instrument);
    }

    private void traits(final boolean buy) {
        terms.traits = OrderTraits.QUOTE
                | (buy ? OrderTraits.BUY : 0)
                | (postOnly ? OrderTraits.POST_ONLY : 0)
                | (group == MmpGroups.NONE ? 0 : OrderTraits.MMP | OrderTraits.HAS_EXTRAS);
        terms.mmpGroup = group;
    }

    private boolean refusesTerms(final long instrumentId, final long price, final long lots) {
        return checks.refusesMarket(terms, instrumentId)
                || checks.refusesAccount(terms, accountId)
                || checks.refusesPrice(terms, price)
                || (order == Books.NONE || terms.ticks != books.ticks(order)) && checks.refusesBand(terms)
                || checks.refusesQuantity(terms, lots);
    }

    private boolean refusesChange() {
        if (books.stage(order) == Books.DELAYED) {
            return terms.refusal.of(TAKER_DELAY_AMEND_FORBIDDEN);
        }
        return (!books.isResting(order) || !work.hasClientRoom(1)) && terms.refusal.of(ALREADY_PENDING);
    }

    /** A side before this one may have triggered it. */
    private boolean refusesGroup() {
        if (groups.asset(group) != instruments.asset(terms.instrument)) {
            return terms.refusal.of(BAD_VALUE);
        }
        return groups.isFrozen(group) && terms.refusal.of(MMP_FROZEN);
    }

    private boolean refusesNewPlace() {
        return postOnly && checks.refusesCrossing(terms)
                || (order == Books.NONE ? checks.refusesRisk(terms) : checks.refusesRisk(terms, order));
    }

    /** Why the side on hand is refused. */
    RejectCode code() {
        return terms.refusal.code;
    }

    /**
     * Puts the side on hand, which has not been refused, into effect. It may trade.
     *
     * @return its priority before it trades, {@link #NO_PLACE} when it has none.
     */
    long apply() {
        if (pulls) {
            pull();
            return NO_PLACE;
        }
        if (!changes) {
            return place();
        }
        if (order == Books.NONE) {
            order = entry.open(terms);
            return enter();
        }
        if (entry.keepsPriority(terms, order)) {
            entry.shrink(terms, order);
            marketData.reduced(order);
            return place();
        }
        marketData.deleted(terms.instrument, books.priority(order));
        entry.requeue(terms, order);
        books.traits(order, terms.traits);
        return enter();
    }

    private void pull() {
        if (order != Books.NONE) {
            cancels.byVenue(order, CancelReason.USER);
        }
    }

    private long enter() {
        final boolean delayed = matching.delays(order);
        final long place = place();
        if (!delayed) {
            matching.enter(order);
        }
        return place;
    }

    /** Priority of the order that stands for the side, {@link #NO_PLACE} when there is none or it is held back. */
    long place() {
        return order == Books.NONE || books.stage(order) == Books.DELAYED ? NO_PLACE : books.priority(order);
    }
}
