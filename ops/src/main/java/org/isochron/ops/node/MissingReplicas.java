package org.isochron.ops.node;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Names the nodes that do not answer, while the log stands still because too few receive it. */
final class MissingReplicas {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANSWER_MS = 300;

    private final Set<String> replicas;
    private String told = "";
    /** Not at once: a sequencer that starts waits for a moment in any case. */
    private long dueNs = System.nanoTime() + INTERVAL_NS;

    /** @param replicas names of those that can be asked. */
    MissingReplicas(final Set<String> replicas) {
        this.replicas = Set.copyOf(replicas);
    }

    /** In words behind "waiting for replicas": asked anew once in a while, and waits a little for the answers then. */
    String tell(final Retransmission frames) {
        if (System.nanoTime() - dueNs >= 0) {
            final Set<String> missing = new TreeSet<>(replicas);
            missing.removeAll(frames.awaitPositions(replicas, ANSWER_MS).keySet());
            told = missing.isEmpty() ? "" : "; no answer from " + String.join(", ", missing);
            dueNs = System.nanoTime() + INTERVAL_NS;
        }
        return told;
    }
}
