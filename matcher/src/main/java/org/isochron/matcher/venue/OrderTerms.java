package org.isochron.matcher.venue;

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

    /** As {@link Books#extras} takes them. */
    long displayLots;

    long expireNs;
    long triggerTicks;
    int stpGroup;
    int mmpGroup;

    /** Begins anew with an order of the session that has no trait yet. */
    void of(final int session, final long clientId) {
        this.session = session;
        this.clientId = clientId;
        tag = 0;
        traits = 0;
        displayLots = 0;
        expireNs = 0;
        triggerTicks = 0;
        stpGroup = Books.NONE;
        mmpGroup = Books.NONE;
    }

    boolean isBuy() {
        return is(OrderTraits.BUY);
    }

    boolean is(final int trait) {
        return (traits & trait) != 0;
    }
}
