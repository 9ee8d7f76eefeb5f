package org.isochron.matcher.venue;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;

/**
 * What an order asks for, and what its checks have found out: filled in from a NewOrder, a Replace, one side of a mass
 * quote or a stop that fires, so that all of them are judged by the same {@link OrderChecks}. Reused.
 */
final class OrderTerms {
    /** Why the checks say no. */
    final Refusal refusal = new Refusal();

    /** Numbers that the message on hand gives to the fields which more than one message has. */
    int accountField;

    int instrumentField;
    int clientIdField;
    int priceField;
    int quantityField;
    int mmpGroupField;

    /** Slot. */
    int session;

    long clientId;
    long tag;

    /** Slots, found by the checks; position is -1 as long as the account has none in the instrument. */
    int instrument;

    int account;
    int position;

    /** Bits of {@link OrderTraits}. */
    int traits;
    /** Limit or protection price. A check may move it: a post-only order slides. */
    long ticks;
    /** Open lots. A check may lower them: a reduce-only order is clipped. */
    long lots;

    /** What the order brings along from cross margin to the bucket of an isolated position, quanta; found by the checks. */
    long draw;

    /** As {@link Books#extras} takes them. */
    long displayLots;

    long expireNs;
    long triggerTicks;
    int stpGroup;
    /** Slot of the group, found by the checks. */
    int mmpGroup;
    /** What the client calls the group. */
    int mmpGroupId;

    /** Begins anew with an order of the session that has no trait yet. */
    void of(final int session, final long clientId) {
        this.session = session;
        this.clientId = clientId;
        tag = NewOrderDecoder.userTagNullValue();
        traits = 0;
        draw = 0;
        displayLots = 0;
        expireNs = 0;
        triggerTicks = 0;
        stpGroup = Books.NONE;
        mmpGroup = Books.NONE;
    }

    /** Takes the terms of an open order; its account is left to the caller. */
    void ofOrder(final Books books, final int order) {
        session = books.session(order);
        clientId = books.clientId(order);
        tag = books.tag(order);
        instrument = books.instrument(order);
        position = books.holding(order);
        traits = books.traits(order);
        ticks = books.ticks(order);
        lots = books.leavesLots(order);
        draw = 0;
        final boolean extras = is(OrderTraits.HAS_EXTRAS);
        displayLots = extras ? books.displayLots(order) : 0;
        expireNs = extras ? books.expireNs(order) : 0;
        triggerTicks = extras ? books.triggerTicks(order) : 0;
        stpGroup = extras ? books.stpGroup(order) : Books.NONE;
        mmpGroup = extras ? books.mmpGroup(order) : Books.NONE;
    }

    boolean isBuy() {
        return is(OrderTraits.BUY);
    }

    /** A stop or take-profit before its trigger. */
    boolean isStop() {
        return is(OrderTraits.STOP | OrderTraits.TAKE_PROFIT);
    }

    /** Whether the order has the trait, or one of several. */
    boolean is(final int trait) {
        return (traits & trait) != 0;
    }
}
