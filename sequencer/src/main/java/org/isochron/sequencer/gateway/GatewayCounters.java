package org.isochron.sequencer.gateway;

import java.util.concurrent.atomic.AtomicLongArray;

/** A gateway's counters: written by its thread, read by any. */
public final class GatewayCounters {
    private final AtomicLongArray values = new AtomicLongArray(GatewayCounter.values().length);

    public long get(final GatewayCounter counter) {
        return values.get(counter.ordinal());
    }

    void increment(final GatewayCounter counter) {
        add(counter, 1);
    }

    void add(final GatewayCounter counter, final long count) {
        final int index = counter.ordinal();
        values.lazySet(index, values.get(index) + count);
    }
}
