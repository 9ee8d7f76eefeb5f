package org.isochron.matcher.venue;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Sorted sets over the rows 0 to capacity - 1, each row in at most one of them: by key, then by a tie that no two rows
 * share. Each set is a treap whose weights are hashes of the ties, so its shape is a function of what it holds and of
 * nothing else; adding, removing and moving take the logarithm of its size.
 */
final class RowTrees implements StateOwner {
    static final int NONE = -1;

    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int KEY = 2;
    private static final int TIE = 3;
    private static final int FIELDS = 4;

    private final StateTable rows;
    private final StateTable roots;

    RowTrees(final String name, final int capacity, final int trees) {
        rows = new StateTable(name, capacity, FIELDS);
        roots = new StateTable(name + "Roots", trees, 1);
    }

    /** Takes other capacities; only while all sets are empty. */
    void resize(final int capacity, final int trees) {
        rows.resize(capacity);
        roots.resize(trees);
    }

    boolean isEmpty(final int tree) {
        return root(tree) == NONE;
    }

    long key(final int row) {
        return rows.get(row, KEY);
    }

    /** First row of a set, or {@link #NONE}. */
    int first(final int tree) {
        int first = NONE;
        for (int node = root(tree); node != NONE; node = child(node, LEFT)) {
            first = node;
        }
        return first;
    }

    void insert(final int tree, final int row, final long key, final long tie) {
        rows.set(row, KEY, key);
        rows.set(row, TIE, tie);
        int parent = NONE;
        int side = LEFT;
        int node = root(tree);
        while (node != NONE && weight(node) >= weight(row)) {
            parent = node;
            side = precedes(row, node) ? LEFT : RIGHT;
            node = child(node, side);
        }
        link(tree, parent, side, row);
        split(node, row);
    }

    /** Hangs what comes before the row to its left, and the rest to its right. */
    private void split(final int subtree, final int row) {
        int low = row;
        int lowSide = LEFT;
        int high = row;
        int highSide = RIGHT;
        int node = subtree;
        while (node != NONE) {
            if (precedes(node, row)) {
                rows.set(low, lowSide, node + 1L);
                low = node;
                lowSide = RIGHT;
                node = child(node, RIGHT);
            } else {
                rows.set(high, highSide, node + 1L);
                high = node;
                highSide = LEFT;
                node = child(node, LEFT);
            }
        }
        rows.set(low, lowSide, 0);
        rows.set(high, highSide, 0);
    }

    /** Takes a row out of the set it is in. */
    void remove(final int tree, final int row) {
        int parent = NONE;
        int side = LEFT;
        int node = root(tree);
        while (node != row) {
            if (node == NONE) {
                throw new InvariantViolation("row " + row + " is not in set " + tree);
            }
            parent = node;
            side = precedes(row, node) ? LEFT : RIGHT;
            node = child(node, side);
        }
        join(tree, parent, side, child(row, LEFT), child(row, RIGHT));
        rows.set(row, LEFT, 0);
        rows.set(row, RIGHT, 0);
    }

    /** Hangs two subtrees, all of the first before all of the second, where one stood. */
    private void join(final int tree, final int parentOfBoth, final int sideOfBoth, final int before, final int after) {
        int parent = parentOfBoth;
        int side = sideOfBoth;
        int low = before;
        int high = after;
        while (low != NONE && high != NONE) {
            if (weight(low) >= weight(high)) {
                link(tree, parent, side, low);
                parent = low;
                side = RIGHT;
                low = child(low, RIGHT);
            } else {
                link(tree, parent, side, high);
                parent = high;
                side = LEFT;
                high = child(high, LEFT);
            }
        }
        link(tree, parent, side, low != NONE ? low : high);
    }

    private boolean precedes(final int row, final int other) {
        final long key = rows.get(row, KEY);
        final long otherKey = rows.get(other, KEY);
        return key < otherKey || key == otherKey && rows.get(row, TIE) < rows.get(other, TIE);
    }

    /** No two are equal, as the mix is one to one. */
    private long weight(final int row) {
        return XxHash64.mix(rows.get(row, TIE));
    }

    private int root(final int tree) {
        return roots.getInt(tree, 0) - 1;
    }

    private int child(final int row, final int side) {
        return rows.getInt(row, side) - 1;
    }

    private void link(final int tree, final int parent, final int side, final int row) {
        if (parent == NONE) {
            roots.set(tree, 0, row + 1L);
        } else {
            rows.set(parent, side, row + 1L);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(rows);
        visitor.part(roots);
    }
}
