package org.isochron.matcher.venue;

import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.Side;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;

/** Which orders of an account a mass cancel takes. Reused. */
final class MassCancelFilter {
    private static final int BY_SIDE = MassCancelScope.SIDE.value();
    private static final int BY_PRICE = MassCancelScope.PRICE_RANGE.value();
    private static final int BY_TAG = MassCancelScope.USER_TAG.value();
    private static final int BY_MMP_GROUP = MassCancelScope.MMP_GROUP.value();
    private static final int BUY = Side.BUY.value();

    /** Slot, -1 for all. */
    int instrument;
    /** Wire value of the MassCancelScope. */
    int scope;
    /** Wire value of the Side, where the scope has one. */
    int side;

    long fromTicks;
    long toTicks;
    /** User tag, or slot of the market maker protection group. */
    long tag;

    /** Takes every order of the account. */
    void ofAccount() {
        scope = MassCancelScope.ACCOUNT.value();
        instrument = Sessions.NONE;
    }

    /** Takes the orders of a market maker protection group of the account. */
    void ofMmpGroup(final int group) {
        scope = BY_MMP_GROUP;
        instrument = Sessions.NONE;
        tag = group;
    }

    boolean takes(final Books books, final int order) {
        if (scope == BY_TAG) {
            return books.tag(order) == tag;
        }
        if (scope == BY_MMP_GROUP) {
            return books.mmpGroup(order) == tag;
        }
        if (scope != BY_SIDE && scope != BY_PRICE) {
            return true;
        }
        if (books.isBuy(order) != (side == BUY)) {
            return false;
        }
        final long ticks = books.ticks(order);
        return scope == BY_SIDE || hasPrice(books, order) && ticks >= fromTicks && ticks <= toTicks;
    }

    /** A market order has the price that protects it, but not before its trigger. */
    private static boolean hasPrice(final Books books, final int order) {
        return !books.is(order, OrderTraits.MARKET) || books.stage(order) != Books.UNTRIGGERED;
    }
}
