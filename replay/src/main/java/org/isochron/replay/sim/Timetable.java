package org.isochron.replay.sim;

import java.util.Arrays;

/**
 * What will happen, by time; what is due at the same time happens in the order in which it was planned. A heap of four
 * children to a parent, whose keys stand side by side: most of a step's looks into it are comparisons. Whoever has one
 * turn ahead and moves it often, as every host does, has a place beside the heap, where moving it costs nothing.
 */
final class Timetable {
    private static final int CHILDREN_SHIFT = 2;
    private static final int CHILDREN = 1 << CHILDREN_SHIFT;
    private static final long NEVER = Long.MAX_VALUE;

    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private Event[] events = new Event[1024];
    private int size;
    private long[] turnTimes = new long[0];
    private long[] turnOrders = new long[0];
    private Event[] turns = new Event[0];
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

    /**
     * Makes a place for something that happens again and again, and is planned once at most.
     *
     * @return its place.
     */
    int enrol(final Event turn) {
        final int place = turns.length;
        turnTimes = Arrays.copyOf(turnTimes, place + 1);
        turnOrders = Arrays.copyOf(turnOrders, place + 1);
        turns = Arrays.copyOf(turns, place + 1);
        turnTimes[place] = NEVER;
        turns[place] = turn;
        return place;
    }

    /** Plans the turn of a place, or brings it forward; one that is to come before stays. */
    void bringForward(final int place, final long timeNs) {
        final long atNs = Math.max(timeNs, nowNs);
        if (atNs < turnTimes[place]) {
            turnTimes[place] = atNs;
            turnOrders[place] = planned++;
        }
    }

    /** There is no turn of this place until it is planned again. */
    void cancel(final int place) {
        turnTimes[place] = NEVER;
    }

    /** Lets time go on to the next event and takes it; there always is one, for hosts wake by themselves. */
    Event next() {
        final int place = nextTurn();
        if (size > 0 && (place < 0 || isBefore(0, turnTimes[place], turnOrders[place]))) {
            return first();
        }
        nowNs = turnTimes[place];
        turnTimes[place] = NEVER;
        return turns[place];
    }

    /** The place whose turn comes first; negative when none has one. */
    private int nextTurn() {
        int next = -1;
        long least = NEVER;
        for (int place = 0; place < turnTimes.length; place++) {
            final long time = turnTimes[place];
            if (time < least || time == least && time != NEVER && turnOrders[place] < turnOrders[next]) {
                least = time;
                next = place;
            }
        }
        return next;
    }

    private Event first() {
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
