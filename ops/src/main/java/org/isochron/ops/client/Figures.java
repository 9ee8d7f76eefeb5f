package org.isochron.ops.client;

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
    private long requests;
    private long orders;
    private long acks;
    private long trades;
    private long resent;

    /** A request of any kind has left. */
    public void onRequest() {
        requests++;
    }

    /** A NewOrder has left for the first time. */
    public void onOrder() {
        orders++;
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

    /** A match; told for its aggressor only, so that it counts once. */
    public void onTrade() {
        trades++;
    }

    /** A request had no effect. */
    public void onReject(final String reason) {
        rejects.merge(reason, 1L, Long::sum);
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
                Map.copyOf(rejects),
                LatencyNs.of(ackLatencyNs),
                LatencyNs.of(warmLatencyNs));
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
     * @param latencyNs     of every order.
     * @param warmLatencyNs of those told apart by {@link #warmFrom}, zeros when there are none.
     */
    public record Snapshot(
            long requests,
            long orders,
            long acks,
            long trades,
            long resent,
            Map<String, Long> rejects,
            LatencyNs latencyNs,
            LatencyNs warmLatencyNs) {
        public long rejectCount() {
            return rejects.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
