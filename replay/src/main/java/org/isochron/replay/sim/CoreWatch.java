package org.isochron.replay.sim;

import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.check.StatesAgree;
import org.isochron.replay.check.Violation;
import org.isochron.replay.check.Watch;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.StateMachine;

/** One core alone, without a network or a disk round it, and everything that must hold of what a core says. */
final class CoreWatch implements StateMachine {
    private static final int AUDIT_INTERVAL = 256;
    private static final int NODE = 0;

    private final StateMachine core;
    private final Venue venue;
    private final Watch watch = Invariants.coreWatch();

    /**
     * @param core  that is watched, with whatever is planted round it.
     * @param venue inside it.
     */
    CoreWatch(final StateMachine core, final Venue venue) {
        this.core = core;
        this.venue = venue;
    }

    @Override
    public void onCommand(final Frame frame, final EventBatch events) {
        try {
            core.onCommand(frame, events);
        } catch (final RuntimeException failure) {
            throw new Violation(Invariants.NO_PROCESS_STOPS, "the core fails: " + failure, failure);
        }
        watch.applied(NODE, frame, events, StatesAgree.NOT_LOOKED_AT, venue);
        if (frame.sequence() % AUDIT_INTERVAL == 0) {
            audit();
        }
    }

    /** The log says that a command is passed over. */
    void skip(final long sequence) {
        watch.skipped(NODE, sequence);
    }

    /** What is looked at only now and then. */
    void audit() {
        watch.audit(watch.sequence(), venue);
    }

    @Override
    public long hash(final Noun noun) {
        return core.hash(noun);
    }

    @Override
    public long scrub(final long number) {
        return core.scrub(number);
    }

    @Override
    public String scrubbed(final long number) {
        return core.scrubbed(number);
    }
}
