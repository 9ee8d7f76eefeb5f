package org.isochron.sequencer.aeron;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Channel URIs that suit a venue. What Aeron does by default does not: with its multicast flow control {@code max} a slow
 * receiver falls behind for good without anybody being told, and with {@code min} one dead receiver stops them all.
 *
 * <ul>
 * <li>The log, from the sequencer to the replicas, is paced by the slowest <em>tagged</em> receiver, and stands still
 * ({@code NOT_CONNECTED}) while fewer than the group minimum are there. A tagged receiver that falls silent is dropped
 * after {@link #RECEIVER_TIMEOUT}. Receivers without the tag never stall it.
 * <li>Market data is paced by the fastest receiver ({@code max}) and never waits: a slow one loses packets, sees the gap
 * in their numbers and recovers from a snapshot.
 * <li>Unicast and IPC are paced by their one receiver, or all of them.
 * </ul>
 *
 * With separate drivers the group minimum must be at most the number of tagged replicas less one, or losing one stops the
 * venue for good. Nodes behind one driver count as one receiver, and the first of them to subscribe to a group decides for
 * all whether it is tagged: give replicas and mere listeners different drivers.
 */
public final class Channels {
    /** Tag of the replicas that pace the log. */
    public static final int REPLICA_TAG = 7;

    /** After which silence a tagged receiver no longer paces the log. */
    public static final String RECEIVER_TIMEOUT = "1s";

    /** Shared memory of one machine. Only nodes of one driver folder meet here. */
    public static final String IPC = "aeron:ipc?term-length=1m|mtu=1408";

    private static final String SIZES = "|term-length=1m|mtu=1408";
    private static final Pattern IPV4_ENDPOINT = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+):(\\d+)");

    private Channels() {}

    /**
     * Where the sequencer publishes the log.
     *
     * @param group        multicast address and port; the last octet must be odd, Aeron uses the next address for itself.
     * @param interfaceIp  address of the network card, with a prefix length if need be; 127.0.0.1 for one machine.
     * @param ttl          hops; 0 stays on the machine.
     * @param groupMinimum tagged receivers without which nothing is sent.
     */
    public static String logPublication(
            final String group, final String interfaceIp, final int ttl, final int groupMinimum) {
        return multicast(group, interfaceIp, ttl) + SIZES + "|fc=tagged,g:" + REPLICA_TAG + "/" + groupMinimum + ",t:"
                + RECEIVER_TIMEOUT;
    }

    /** Where a replica, which paces the log, receives it. */
    public static String logSubscription(final String group, final String interfaceIp, final int ttl) {
        return multicast(group, interfaceIp, ttl) + "|gtag=" + REPLICA_TAG;
    }

    /** Where a mere listener, which must not slow the log down, receives it. */
    public static String logListening(final String group, final String interfaceIp, final int ttl) {
        return multicast(group, interfaceIp, ttl);
    }

    /** Where a matcher publishes market data. */
    public static String feedPublication(final String group, final String interfaceIp, final int ttl) {
        return multicast(group, interfaceIp, ttl) + SIZES + "|fc=max";
    }

    /** Where anybody receives market data. */
    public static String feedSubscription(final String group, final String interfaceIp, final int ttl) {
        return multicast(group, interfaceIp, ttl);
    }

    /** From many senders to one receiver, which owns the endpoint; both ends use the same URI. */
    public static String unicast(final String endpoint) {
        return "aeron:udp?endpoint=" + endpoint + SIZES;
    }

    private static String multicast(final String group, final String interfaceIp, final int ttl) {
        final Matcher matcher = IPV4_ENDPOINT.matcher(group);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "multicast group is \"" + group + "\", such as 239.10.9.1:20456 is needed");
        }
        final int first = Integer.parseInt(matcher.group(1));
        final int last = Integer.parseInt(matcher.group(4));
        if (first < 224 || first > 239) {
            throw new IllegalArgumentException("multicast group is " + group + ", 224.x.x.x to 239.x.x.x are possible");
        }
        if ((last & 1) == 0) {
            throw new IllegalArgumentException(
                    "multicast group is " + group + ", its last octet must be odd: Aeron uses the next address itself");
        }
        return "aeron:udp?endpoint=" + group + "|interface=" + interfaceIp + "|ttl=" + ttl;
    }
}
