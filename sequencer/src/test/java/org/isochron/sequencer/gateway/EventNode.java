package org.isochron.sequencer.gateway;

import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.memory.MemoryEventStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.event.EventJournal;
import org.isochron.sequencer.event.EventRecorder;
import org.isochron.sequencer.event.EventRing;
import org.isochron.sequencer.event.ResendServer;

/** A matcher's event journal with the server that answers from it, in memory. */
final class EventNode {
    final EventRing ring = new EventRing(0);
    final EventRecorder recorder;
    final ResendServer server;
    boolean isServing = true;
    boolean isRecording = true;

    EventNode(final TestVenue venue, final Channel queries) {
        final EventJournal journal = EventJournal.open(new MemoryEventStore(), 0, matchSeq -> null);
        recorder = new EventRecorder("events", ring, journal, venue.clock);
        server = new ResendServer(
                "resends", journal, () -> new MemoryTransport(venue.world), queries, TestVenue.ANSWERS);
    }

    void work() {
        if (isRecording) {
            recorder.doWork();
        }
        if (isServing) {
            server.doWork();
        }
    }
}
