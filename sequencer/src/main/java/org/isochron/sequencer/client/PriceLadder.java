package org.isochron.sequencer.client;

import java.util.Arrays;

/**
 * One side of a book by price: sorted so that the best price is last, where most changes happen. A level knows the first and
 * the last order of its queue, by slots that mean nothing here.
 */
final class PriceLadder {
    private static final int INITIAL_LEVELS = 64;

    /** 1 when higher is better, -1 when lower is. */
    private final int direction;

    private long[] prices = new long[INITIAL_LEVELS];
    private long[] quantities = new long[INITIAL_LEVELS];
    private int[] orders = new int[INITIAL_LEVELS];
    private int[] firsts = new int[INITIAL_LEVELS];
    private int[] lasts = new int[INITIAL_LEVELS];
    private int size;

    PriceLadder(final int direction) {
        this.direction = direction;
    }

    int size() {
        return size;
    }

    /** Price of a level, 0 being the best. */
    long price(final int depth) {
        return prices[size - 1 - depth];
    }

    long quantity(final int depth) {
        return quantities[size - 1 - depth];
    }

    int orders(final int depth) {
        return orders[size - 1 - depth];
    }

    /** First order of a level's queue, 0 being the best level. */
    int first(final int depth) {
        return firsts[size - 1 - depth];
    }

    /** Last order in the queue at a price, or -1 when there is no such level. */
    int lastAt(final long price) {
        final int index = find(price);
        return index < 0 ? -1 : lasts[index];
    }

    void firstAt(final long price, final int slot) {
        firsts[find(price)] = slot;
    }

    void lastAt(final long price, final int slot) {
        lasts[find(price)] = slot;
    }

    /** An order joins at the price: of a level it makes, it is first and last. */
    void add(final long price, final long quantity, final int slot) {
        final int index = find(price);
        if (index >= 0) {
            quantities[index] += quantity;
            orders[index]++;
        } else {
            insert(-index - 1, price, quantity, slot);
        }
    }

    /** An order at the price shrinks by that quantity; it leaves when {@code isGone}. */
    void reduce(final long price, final long quantity, final boolean isGone) {
        final int index = find(price);
        quantities[index] -= quantity;
        if (isGone && --orders[index] == 0) {
            remove(index);
        }
    }

    private int find(final long price) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final int order = direction * Long.compare(prices[middle], price);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private void insert(final int index, final long price, final long quantity, final int slot) {
        if (size == prices.length) {
            prices = Arrays.copyOf(prices, 2 * size);
            quantities = Arrays.copyOf(quantities, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            firsts = Arrays.copyOf(firsts, 2 * size);
            lasts = Arrays.copyOf(lasts, 2 * size);
        }
        final int behind = size - index;
        System.arraycopy(prices, index, prices, index + 1, behind);
        System.arraycopy(quantities, index, quantities, index + 1, behind);
        System.arraycopy(orders, index, orders, index + 1, behind);
        System.arraycopy(firsts, index, firsts, index + 1, behind);
        System.arraycopy(lasts, index, lasts, index + 1, behind);
        firsts[index] = slot;
        lasts[index] = slot;
        prices[index] = price;
        quantities[index] = quantity;
        orders[index] = 1;
        size++;
    }

    private void remove(final int index) {
        final int behind = size - index - 1;
        System.arraycopy(prices, index + 1, prices, index, behind);
        System.arraycopy(quantities, index + 1, quantities, index, behind);
        System.arraycopy(orders, index + 1, orders, index, behind);
        System.arraycopy(firsts, index + 1, firsts, index, behind);
        System.arraycopy(lasts, index + 1, lasts, index, behind);
        size--;
    }
}
