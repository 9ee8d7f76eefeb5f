package org.isochron.matcher.book;

import java.util.Arrays;

/**
 * Finds the neighbour of a new key: one crit-bit tree for each list (D. J. Bernstein, Crit-bit trees; D. Morrison's
 * PATRICIA), whose inner nodes say at which bit the keys below them part. A walk takes as many steps as keys part on the
 * way, some 7 for a hundred neighbouring keys, at most 63 whatever the keys. The shape is a function of the keys, so the
 * tree is no part of the state. Keys are not negative.
 */
final class LevelTree {
    static final int NONE = -1;

    private static final int SHIFT = 0;
    private static final int CHILDREN = 1;
    /** Ints of a node: bit, two children, one to spare, so that no node lies across cache lines. */
    private static final int WIDTH = 4;

    /** A slot that holds no node; leaves are {@code ~row}. */
    private static final int EMPTY = Integer.MIN_VALUE;

    /** Key of each row that may be a leaf. */
    private final long[] keys;
    /** Slots of the roots, one for each list, then the nodes. */
    private final int[] slots;

    private final int firstNode;
    private final int[] free;
    private int freeCount;
    private int everUsed;

    LevelTree(final long[] keys, final int capacity, final int lists) {
        this.keys = keys;
        firstNode = (lists + WIDTH - 1) / WIDTH * WIDTH;
        slots = new int[Math.addExact(firstNode, Math.multiplyExact(capacity, WIDTH))];
        Arrays.fill(slots, 0, lists, EMPTY);
        free = new int[capacity];
    }

    /**
     * Adds a row under a key that is not in the list yet.
     *
     * @return one of its two neighbours, above or below it; {@link #NONE} when the list was empty.
     */
    int insert(final int list, final int row, final long key) {
        final int[] slots = this.slots;
        final int root = slots[list];
        if (root == EMPTY) {
            slots[list] = ~row;
            return NONE;
        }
        final int bit = 63 - Long.numberOfLeadingZeros(key ^ keys[~leaf(root, key)]);
        int slot = list;
        int reference = root;
        while (reference >= 0 && slots[reference + SHIFT] > bit) {
            slot = child(reference, key);
            reference = slots[slot];
        }
        final int side = (int) (key >>> bit) & 1;
        final int node = freeCount > 0 ? free[--freeCount] : firstNode + WIDTH * everUsed++;
        slots[node + SHIFT] = bit;
        slots[node + CHILDREN + side] = ~row;
        slots[node + CHILDREN + 1 - side] = reference;
        slots[slot] = node;
        while (reference >= 0) {
            reference = slots[reference + CHILDREN + side];
        }
        return ~reference;
    }

    /** Takes out the row with that key. */
    void remove(final int list, final long key) {
        final int[] slots = this.slots;
        int above = list;
        int slot = list;
        int node = NONE;
        int reference = slots[list];
        while (reference >= 0) {
            above = slot;
            node = reference;
            slot = child(node, key);
            reference = slots[slot];
        }
        if (node == NONE) {
            slots[list] = EMPTY;
            return;
        }
        final int sibling = 2 * (node + CHILDREN) + 1 - slot;
        slots[above] = slots[sibling];
        free[freeCount++] = node;
    }

    /** The row with that key, or {@link #NONE} when the list is empty, or another row when the key is not in it. */
    int find(final int list, final long key) {
        return slots[list] == EMPTY ? NONE : ~leaf(slots[list], key);
    }

    /** Inner nodes of all lists: one less than rows in each that is not empty. */
    int inUse() {
        return everUsed - freeCount;
    }

    private int leaf(final int root, final long key) {
        int reference = root;
        while (reference >= 0) {
            reference = slots[child(reference, key)];
        }
        return reference;
    }

    private int child(final int node, final long key) {
        return node + CHILDREN + (int) (key >>> slots[node + SHIFT] & 1);
    }
}
