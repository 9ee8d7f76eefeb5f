package org.isochron.ops.client;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the clients of one thread have seen. Written by that thread; {@link #snapshot} copies it for others, on that thread
 * too.
 */
public final class Figures {
    private static final long MAX_LATENCY_NS = 600_000_000_000L;

    private final Histogram ackLatencyNs = new Histogram(1, MAX_LATENCY_NS, 3);
    private final Histogram warmLatencyNs = new Histogram(1, MAX_LATENCY_NS, 3);
    private long warmFromNs = Long.MAX_VALUE;
    private final Map<String, Long> rejects = new TreeMap<>();
    private final Map<String, Long> events = new TreeMap<>();
    private final long[] ordersByKind = new long[OrderKind.values().length];
    private long requests;
    private long orders;
    private long massQuotes;
    private long acks;
    private long trades;
    private long resent;

    /** A request of any kind has left. */
    public void onRequest() {
        requests++;
    }

    /** A NewOrder has left for the first time. */
    public void onOrder(final OrderKind kind) {
        orders++;
        ordersByKind[kind.ordinal()]++;
    }

    /** A mass quote has left for the first time. */
    public void onQuotes(final List<Quote> quotes) {
        massQuotes++;
        for (final Quote quote : quotes) {
            ordersByKind[OrderKind.QUOTE.ordinal()] += quote.sides();
        }
    }

    /** Orders meant to leave from then on, monotonic time, are told apart: the JVM has had time to compile. */
    public void warmFrom(final long intendedNs) {
        warmFromNs = intendedNs;
    }

    /** A NewOrder that was meant to leave at one monotonic time was acknowledged at another. */
    public void onAck(final long intendedNs, final long nowNs) {
        final long latencyNs = Math.min(Math.max(nowNs - intendedNs, 0), MAX_LATENCY_NS);
        acks++;
        ackLatencyNs.recordValue(latencyNs);
        if (intendedNs >= warmFromNs) {
            warmLatencyNs.recordValue(latencyNs);
        }
    }

    /** A match; told for one of its sides only, so that it counts once. */
    public void onTrade() {
        trades++;
    }

    /** A request had no effect. */
    public void onReject(final String reason) {
        rejects.merge(reason, 1L, Long::sum);
    }

    /** Something became of an order that does not become of every order. */
    public void onEvent(final String name) {
        events.merge(name, 1L, Long::sum);
    }

    /** A request that the venue was too busy for has left again. */
    public void onResent() {
        resent++;
    }

    public long requests() {
        return requests;
    }

    public long orders() {
        return orders;
    }

    public long acks() {
        return acks;
    }

    public long trades() {
        return trades;
    }

    public long resent() {
        return resent;
    }

    /** A copy that does not change any more. */
    public Snapshot snapshot() {
        return new Snapshot(
                requests,
                orders,
                acks,
                trades,
                resent,
                massQuotes,
                kinds(),
                Map.copyOf(events),
                Map.copyOf(rejects),
                LatencyNs.of(ackLatencyNs),
                LatencyNs.of(warmLatencyNs));
    }

    private Map<OrderKind, Long> kinds() {
        final Map<OrderKind, Long> kinds = new EnumMap<>(OrderKind.class);
        for (final OrderKind kind : OrderKind.values()) {
            if (ordersByKind[kind.ordinal()] > 0) {
                kinds.put(kind, ordersByKind[kind.ordinal()]);
            }
        }
        return kinds;
    }

    /** From the intended send of an order to its acknowledgement, nanoseconds. */
    public record LatencyNs(long p50, long p99, long p999, long max) {
        private static LatencyNs of(final Histogram histogram) {
            return new LatencyNs(
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue());
        }
    }

    /**
     * The figures at one moment.
     *
     * @param ordersByKind  every order entered, and every side quoted, under one kind; kinds without any are left out.
     * @param events        what became of some orders: triggered, refilled, cancelled by a rule.
     * @param latencyNs     of every order.
     * @param warmLatencyNs of those told apart by {@link #warmFrom}, zeros when there are none.
     */
    public record Snapshot(
            long requests,
            long orders,
            long acks,
            long trades,
            long resent,
            long massQuotes,
            Map<OrderKind, Long> ordersByKind,
            Map<String, Long> events,
            Map<String, Long> rejects,
            LatencyNs latencyNs,
            LatencyNs warmLatencyNs) {
        public long rejectCount() {
            return rejects.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
