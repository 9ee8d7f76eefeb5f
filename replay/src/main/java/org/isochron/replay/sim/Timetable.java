package org.isochron.replay.sim;

import java.util.Arrays;

/** What will happen, by time; what is due at the same time happens in the order in which it was planned. A binary heap. */
final class Timetable {
    private Event[] heap = new Event[1024];
    private int size;
    private long planned;
    private long nowNs;

    Timetable(final long startNs) {
        nowNs = startNs;
    }

    long nowNs() {
        return nowNs;
    }

    /** Plans an event; one in the past happens now. */
    void at(final long timeNs, final Event event) {
        event.atNs = Math.max(timeNs, nowNs);
        event.order = planned++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int index = size++;
        while (index > 0) {
            final int parent = index - 1 >>> 1;
            if (!event.isBefore(heap[parent])) {
                break;
            }
            heap[index] = heap[parent];
            index = parent;
        }
        heap[index] = event;
    }

    void in(final long durationNs, final Event event) {
        at(nowNs + durationNs, event);
    }

    /** Lets time go on to the next event and takes it; there always is one, for hosts wake by themselves. */
    Event next() {
        final Event first = heap[0];
        final Event last = heap[--size];
        heap[size] = null;
        if (size > 0) {
            sink(last);
        }
        nowNs = first.atNs;
        return first;
    }

    private void sink(final Event event) {
        int index = 0;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(event)) {
                break;
            }
            heap[index] = heap[child];
            index = child;
        }
        heap[index] = event;
    }
}
