package org.isochron.replay.sim;

import java.util.Arrays;

/**
 * What will happen, by time; what is due at the same time happens in the order in which it was planned. A heap of four
 * children to a parent, whose keys stand side by side: most of a step's looks into it are comparisons.
 */
final class Timetable {
    private static final int CHILDREN_SHIFT = 2;
    private static final int CHILDREN = 1 << CHILDREN_SHIFT;

    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private Event[] events = new Event[1024];
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
        final long atNs = Math.max(timeNs, nowNs);
        event.atNs = atNs;
        if (size == events.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        int index = size++;
        while (index > 0) {
            final int parent = index - 1 >>> CHILDREN_SHIFT;
            // Whatever is there was planned before.
            if (times[parent] <= atNs) {
                break;
            }
            move(parent, index);
            index = parent;
        }
        put(index, atNs, planned++, event);
    }

    void in(final long durationNs, final Event event) {
        at(nowNs + durationNs, event);
    }

    /** Lets time go on to the next event and takes it; there always is one, for hosts wake by themselves. */
    Event next() {
        final Event first = events[0];
        nowNs = times[0];
        size--;
        if (size > 0) {
            sink(times[size], orders[size], events[size]);
        }
        events[size] = null;
        return first;
    }

    private void sink(final long time, final long order, final Event event) {
        int index = 0;
        while (true) {
            final int first = (index << CHILDREN_SHIFT) + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int child = first + 1; child < Math.min(first + CHILDREN, size); child++) {
                if (isBefore(child, times[least], orders[least])) {
                    least = child;
                }
            }
            if (!isBefore(least, time, order)) {
                break;
            }
            move(least, index);
            index = least;
        }
        put(index, time, order, event);
    }

    private boolean isBefore(final int index, final long time, final long order) {
        return times[index] != time ? times[index] < time : orders[index] < order;
    }

    private void move(final int from, final int to) {
        put(to, times[from], orders[from], events[from]);
    }

    private void put(final int index, final long time, final long order, final Event event) {
        times[index] = time;
        orders[index] = order;
        events[index] = event;
    }
}
