package org.isochron.sequencer.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.memory.FailingTransport;
import org.isochron.sequencer.edge.memory.MemoryEventStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.junit.jupiter.api.Test;

class ResendServerTest {
    private static final Channel QUERIES = new Channel("memory:queries", 1);
    private static final Channel ANSWERS = new Channel("memory:answers", 1);

    @Test
    void shouldCloseWhatItHasOpenedWhenTheRestCannotBeOpened() {
        final MemoryWorld world = new MemoryWorld(4);
        final Outbound gateway = new MemoryTransport(world).publish(QUERIES);
        final EventJournal journal = EventJournal.open(new MemoryEventStore(), 0, matchSeq -> null);
        final ResendServer server =
                new ResendServer("resends", journal, () -> new FailingTransport(world, ANSWERS), QUERIES, ANSWERS);
        assertThrows(IllegalArgumentException.class, server::doWork);

        server.onClose();

        assertFalse(gateway.isConnected());
    }
}
