package org.isochron.matcher.book;

import java.util.Arrays;

/** Doubly linked lists of open orders by a number they all have in common: the holding, or the session. */
final class OrderLists {
    static final int NONE = -1;

    private final Orders orders;
    /** Which links of an order these lists run through. */
    private final int links;

    private final int[] firsts;

    OrderLists(final Orders orders, final int links, final int lists) {
        this.orders = orders;
        this.links = links;
        firsts = new int[lists];
        Arrays.fill(firsts, NONE);
    }

    int lists() {
        return firsts.length;
    }

    int first(final int list) {
        return firsts[list];
    }

    int next(final int order) {
        return orders.next(order, links);
    }

    int before(final int order) {
        return orders.before(order, links);
    }

    /** Puts an order into a list behind another one of it, or first behind {@link #NONE}. */
    void insert(final int list, final int before, final int order) {
        final int next = before == NONE ? firsts[list] : next(before);
        orders.links(order, links, next, before);
        if (before == NONE) {
            firsts[list] = order;
        } else {
            orders.next(before, links, order);
        }
        if (next != NONE) {
            orders.before(next, links, order);
        }
    }

    void remove(final int list, final int order) {
        final int next = next(order);
        final int before = before(order);
        if (before == NONE) {
            firsts[list] = next;
        } else {
            orders.next(before, links, next);
        }
        if (next != NONE) {
            orders.before(next, links, before);
        }
    }
}
