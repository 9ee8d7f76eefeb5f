package org.isochron.replay.check;

import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * One payload for each sequence, on every node and in every epoch: what a node journals or applies at a sequence is what
 * the sequencer has journaled there, byte for byte, and nothing else is ever journaled in its place. Nothing is applied
 * that the sequencer has not journaled.
 */
public final class OnePayloadPerSequence extends Invariant {
    private final LongLog chains = new LongLog();

    public OnePayloadPerSequence() {
        super("one-payload-per-sequence");
    }

    @Override
    protected void onJournaled(final Frame frame) {
        if (frame.sequence() <= chains.size()) {
            throw broken("the sequencer journals a second frame " + frame.sequence());
        }
        if (frame.sequence() != chains.size() + 1) {
            throw broken("the sequencer journals " + frame.sequence() + " after " + chains.size());
        }
        chains.add(frame.chain());
    }

    @Override
    protected void onAppended(final int node, final Frame frame) {
        check(node, frame, "journals");
    }

    @Override
    protected void onApplied(final int node, final Frame frame, final EventBatch events, final long stateHash) {
        check(node, frame, "applies");
    }

    @Override
    protected void onRest(final long sequence, final Venue venue) {
        if (sequence != chains.size()) {
            throw broken("the log ends at " + chains.size() + ", the sequencer says " + sequence);
        }
    }

    private void check(final int node, final Frame frame, final String does) {
        final long sequence = frame.sequence();
        if (sequence > chains.size()) {
            throw broken("node " + node + " " + does + " frame " + sequence + ", the sequencer has journaled "
                    + chains.size());
        }
        if (frame.chain() != chains.get(sequence)) {
            throw broken("node " + node + " " + does + " another frame " + sequence + " than the sequencer journaled");
        }
    }
}
