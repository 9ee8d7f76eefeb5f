package org.isochron.replay.check;

import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Every node applies each sequence once, in order, from genesis or its snapshot on each start, and arrives at the same events, byte for
 * byte, and wherever somebody looks at the same state hash, whether it applies them live or out of its journal.
 */
public final class StatesAgree extends Invariant {
    /** In place of a state hash: nobody has looked. */
    public static final long NOT_LOOKED_AT = 0;

    private static final int MAX_NODES = 64;
    /** In place of a hash of events. */
    private static final long SKIPPED = 1;

    private final LongLog hashes = new LongLog();
    private final LongLog outputs = new LongLog();
    private final long[] applied = new long[MAX_NODES];

    public StatesAgree() {
        super("states-agree");
    }

    @Override
    protected void onStarted(final int node, final long sequence) {
        applied[node] = sequence;
    }

    @Override
    protected void onApplied(final int node, final Frame frame, final EventBatch events, final long stateHash) {
        final long sequence = frame.sequence();
        if (sequence != applied[node] + 1) {
            throw broken("node " + node + " applies " + sequence + " after " + applied[node]);
        }
        applied[node] = sequence;
        final long output = hash(events);
        if (sequence == hashes.size() + 1) {
            hashes.add(stateHash);
            outputs.add(output);
        } else if (stateHash != NOT_LOOKED_AT && stateHash != hashes.get(sequence)) {
            throw broken(String.format(
                    "node %d has state %016x after %d, the first node had %016x",
                    node, stateHash, sequence, hashes.get(sequence)));
        } else if (output != outputs.get(sequence)) {
            throw broken("node " + node + " makes other events of command " + sequence + " than the first node did");
        }
    }

    @Override
    protected void onSkipped(final int node, final long sequence) {
        if (sequence != applied[node] + 1) {
            throw broken("node " + node + " passes over " + sequence + " after " + applied[node]);
        }
        applied[node] = sequence;
        if (sequence == hashes.size() + 1) {
            hashes.add(NOT_LOOKED_AT);
            outputs.add(SKIPPED);
        } else if (outputs.get(sequence) != SKIPPED) {
            throw broken("node " + node + " passes over command " + sequence + ", which the first node applied");
        }
    }

    /** Hash over the events of a batch with their routes. */
    static long hash(final EventBatch events) {
        final int first = events.first();
        if (first == EventBatch.END) {
            return 0;
        }
        int last = first;
        for (int record = first; record != EventBatch.END; record = events.next(record)) {
            last = record;
        }
        return XxHash64.hash(events.buffer(), first, events.messageOffset(last) + events.messageLength(last) - first);
    }
}
