package org.isochron.replay;

import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.replica.EventBatch;

/** Sees each command and its events, in order; both are valid only during the call. */
@FunctionalInterface
public interface EventConsumer {
    /** For replays in which only the state at the end matters. */
    EventConsumer NONE = (frame, events) -> {};

    void onEvents(Frame frame, EventBatch events);
}
