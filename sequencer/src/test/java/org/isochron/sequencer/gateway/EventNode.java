package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.isochron.codecs.ResendAnswerDecoder;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.memory.MemoryEventStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.event.EventJournal;
import org.isochron.sequencer.event.EventRecorder;
import org.isochron.sequencer.event.EventRing;
import org.isochron.sequencer.event.ResendServer;

/** A matcher's event journal with the server that answers from it, in memory. */
final class EventNode {
    final EventRing ring = new EventRing(0);
    final MemoryEventStore store = new MemoryEventStore();
    final EventRecorder recorder;
    final ResendServer server;
    boolean isServing = true;
    boolean isRecording = true;
    /** Answers whose end never arrives, though the events before do. */
    int endsToLose;

    EventNode(final TestVenue venue, final Channel queries) {
        final EventJournal journal = EventJournal.open(store, 0, matchSeq -> null);
        recorder = new EventRecorder("events", ring, journal, venue.clock);
        server = new ResendServer(
                "resends",
                journal,
                () -> new LosingTransport(new MemoryTransport(venue.world)),
                queries,
                TestVenue.ANSWERS);
    }

    void work() {
        if (isRecording) {
            recorder.doWork();
        }
        if (isServing) {
            server.doWork();
        }
    }

    private final class LosingTransport implements Transport {
        private final Transport transport;

        LosingTransport(final Transport transport) {
            this.transport = transport;
        }

        @Override
        public Inbound subscribe(final Channel channel, final LaneListener listener) {
            return transport.subscribe(channel, listener);
        }

        @Override
        public Outbound publish(final Channel channel) {
            final Outbound outbound = transport.publish(channel);
            return new Outbound() {
                @Override
                public long offer(final DirectBuffer buffer, final int offset, final int length) {
                    if (endsToLose > 0 && MessageShape.templateId(buffer, offset) == ResendAnswerDecoder.TEMPLATE_ID) {
                        endsToLose--;
                        return 1;
                    }
                    return outbound.offer(buffer, offset, length);
                }

                @Override
                public boolean isConnected() {
                    return outbound.isConnected();
                }

                @Override
                public boolean hasSent(final long position) {
                    return outbound.hasSent(position);
                }

                @Override
                public void close() {
                    outbound.close();
                }
            };
        }

        @Override
        public int doWork() {
            return transport.doWork();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
