package org.isochron.replay.sim;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateMachine;

/** A core with a bug: what it is given is changed before, or what it says afterwards. */
abstract class TamperedCore implements StateMachine {
    final Venue venue;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Frame changed = new Frame();

    TamperedCore(final Venue venue) {
        this.venue = venue;
    }

    /** May change the command, a copy of its own. */
    void before(final UnsafeBuffer buffer, final Frame frame) {}

    /** May change the events. */
    void after(final Frame frame, final EventBatch events) {}

    @Override
    public final void onCommand(final Frame frame, final EventBatch events) {
        copy.putBytes(0, frame.buffer(), frame.offset(), frame.length());
        changed.wrap(copy, 0);
        before(copy, changed);
        venue.onCommand(changed, events);
        after(frame, events);
    }

    @Override
    public long hash(final Noun noun) {
        return venue.hash(noun);
    }

    @Override
    public long scrub(final long number) {
        return venue.scrub(number);
    }

    @Override
    public String scrubbed(final long number) {
        return venue.scrubbed(number);
    }
}
