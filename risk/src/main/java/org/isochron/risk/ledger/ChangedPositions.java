package org.isochron.risk.ledger;

/**
 * Positions whose lots, open orders or their bounds have changed since they were last taken, each once, newest first. Lets
 * figures that are derived from positions follow them without looking at all; no part of the state.
 */
public final class ChangedPositions {
    /** No position. */
    public static final int NONE = -1;

    private int[] stack;
    private boolean[] isOnStack;
    private int size;
    private boolean isFollowed;

    ChangedPositions(final int capacity) {
        resize(capacity);
    }

    /**
     * Whoever follows the changes says so first: they can be taken only once.
     *
     * @throws IllegalStateException when somebody else follows them.
     */
    public void follow() {
        if (isFollowed) {
            throw new IllegalStateException("the changed positions of a ledger are followed already");
        }
        isFollowed = true;
    }

    void add(final int position) {
        if (!isOnStack[position]) {
            isOnStack[position] = true;
            stack[size++] = position;
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Takes one, or {@link #NONE}. */
    public int take() {
        if (size == 0) {
            return NONE;
        }
        final int position = stack[--size];
        isOnStack[position] = false;
        return position;
    }

    void resize(final int capacity) {
        stack = new int[capacity];
        isOnStack = new boolean[capacity];
        size = 0;
    }
}
