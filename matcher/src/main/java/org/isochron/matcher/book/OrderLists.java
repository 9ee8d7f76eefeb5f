package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * Doubly linked lists of open orders by a number they have in common: the holding, or the session. Links lie apart
 * from what else there is of orders, as leaving a list touches the neighbours' links and nothing else of them.
 */
final class OrderLists {
    static final int NONE = -1;

    /** Ints of an order's links: its place in the queue, see {@link Orders}, then next and previous of two lists. */
    static final int WIDTH_SHIFT = 3;

    /** Place of the links in the list of a holding. */
    static final int HOLDING = 4;
    /** Place of the links in the list of a session. */
    static final int SESSION = 6;

    private final int[] links;
    private final int place;

    private final int[] firsts;

    /** @param links of all orders, shared by lists of different places: the neighbours are often the same. */
    OrderLists(final int[] links, final int place, final int lists) {
        this.links = links;
        this.place = place;
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
        return links[(order << WIDTH_SHIFT) + place];
    }

    int before(final int order) {
        return links[(order << WIDTH_SHIFT) + place + 1];
    }

    /** Puts an order into a list behind another one of it, or first behind {@link #NONE}. */
    void insert(final int list, final int before, final int order) {
        final int[] links = this.links;
        final int next = before == NONE ? firsts[list] : links[(before << WIDTH_SHIFT) + place];
        links[(order << WIDTH_SHIFT) + place] = next;
        links[(order << WIDTH_SHIFT) + place + 1] = before;
        if (before == NONE) {
            firsts[list] = order;
        } else {
            links[(before << WIDTH_SHIFT) + place] = order;
        }
        if (next != NONE) {
            links[(next << WIDTH_SHIFT) + place + 1] = order;
        }
    }

    /** An order whose links have come from a snapshot is in a list, at its head when none is before it. */
    void adopt(final int list, final int order) {
        if (before(order) == NONE) {
            firsts[list] = order;
        }
    }

    void remove(final int list, final int order) {
        final int[] links = this.links;
        final int next = links[(order << WIDTH_SHIFT) + place];
        final int before = links[(order << WIDTH_SHIFT) + place + 1];
        if (before == NONE) {
            firsts[list] = next;
        } else {
            links[(before << WIDTH_SHIFT) + place] = next;
        }
        if (next != NONE) {
            links[(next << WIDTH_SHIFT) + place + 1] = before;
        }
    }
}
