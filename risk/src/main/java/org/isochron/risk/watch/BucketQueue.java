package org.isochron.risk.watch;

/** Distinct small numbers in order of arrival; each waits at most once. Fixed memory. */
final class BucketQueue {
    private final int[] items;
    private final boolean[] waits;
    private int head;
    private int size;

    /** @param capacity numbers 0 to capacity - 1 may wait. */
    BucketQueue(final int capacity) {
        items = new int[capacity];
        waits = new boolean[capacity];
    }

    void add(final int item) {
        if (!waits[item]) {
            waits[item] = true;
            items[(head + size) % items.length] = item;
            size++;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes the one that has waited longest; not to be called on an empty queue. */
    int poll() {
        final int item = items[head];
        head = (head + 1) % items.length;
        size--;
        waits[item] = false;
        return item;
    }
}
