package org.isochron.replay.sim;

import org.isochron.sequencer.edge.EventStore;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.event.EventJournal;
import org.isochron.sequencer.event.EventRecorder;
import org.isochron.sequencer.event.EventRing;
import org.isochron.sequencer.event.LogChain;
import org.isochron.sequencer.event.ResendServer;

/**
 * A matcher's event journal, wired as {@link org.isochron.matcher.node.MatcherEvents} is, with the one who records and the
 * one who answers the gateway on the node's own thread.
 */
final class EventKeeper {
    /** Small, so that it is full now and then and holds the replica back. */
    private static final int RING_LENGTH = 1 << 14;

    private final EventJournal journal;
    private final long heldMatchSeq;
    private final EventRing ring;
    private EventRecorder recorder;
    private ResendServer server;

    /** @param log the node's journal, open. */
    EventKeeper(final EventStore store, final Journal log) {
        journal = EventJournal.open(store, log.lastSequence(), LogChain.of(log), log.faults()::spoils);
        heldMatchSeq = journal.lastMatchSeq();
        ring = new EventRing(heldMatchSeq, RING_LENGTH);
    }

    /** Last command it holds at start: the node must not begin behind it. */
    long heldMatchSeq() {
        return heldMatchSeq;
    }

    EventRing ring() {
        return ring;
    }

    /** @param matcher number of the node among matchers, from 0. */
    void open(final String name, final int matcher, final Transport transport, final VenueClock clock) {
        recorder = new EventRecorder(name + "-events", ring, journal, clock);
        server = new ResendServer(name + "-resends", journal, () -> transport, Sites.queries(matcher), Sites.ANSWERS);
    }

    int work() {
        return server.doWork() + recorder.doWork();
    }
}
