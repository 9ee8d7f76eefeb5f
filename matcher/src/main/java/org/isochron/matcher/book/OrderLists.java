package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * Doubly linked lists of open orders by a number they have in common: the holding, or the session. Links lie close
 * together and apart from the orders, as leaving a list touches the neighbours' links and nothing else of them.
 */
final class OrderLists {
    static final int NONE = -1;

    /** Next and previous of each order. */
    private final int[] links;

    private final int[] firsts;

    OrderLists(final int orders, final int lists) {
        links = new int[2 * orders];
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
        return links[2 * order];
    }

    int before(final int order) {
        return links[2 * order + 1];
    }

    /** Puts an order into a list behind another one of it, or first behind {@link #NONE}. */
    void insert(final int list, final int before, final int order) {
        final int[] links = this.links;
        final int next = before == NONE ? firsts[list] : links[2 * before];
        links[2 * order] = next;
        links[2 * order + 1] = before;
        if (before == NONE) {
            firsts[list] = order;
        } else {
            links[2 * before] = order;
        }
        if (next != NONE) {
            links[2 * next + 1] = order;
        }
    }

    void remove(final int list, final int order) {
        final int[] links = this.links;
        final int next = links[2 * order];
        final int before = links[2 * order + 1];
        if (before == NONE) {
            firsts[list] = next;
        } else {
            links[2 * before] = next;
        }
        if (next != NONE) {
            links[2 * next + 1] = before;
        }
    }
}
