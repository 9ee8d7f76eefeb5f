package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.codecs.Role;
import org.isochron.codecs.StateHashReportEncoder;
import org.isochron.sequencer.client.NodeSession;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.junit.jupiter.api.Test;

/** A node's own session, through the whole way to the core. */
class NodeSessionTest {
    private static final int NODE = 7;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final TestVenue venue = new TestVenue();
    private final NodeSession session = new NodeSession(
            "matcher-A",
            11,
            NODE,
            TestVenue.secret(NODE),
            TestVenue.INGRESS,
            new Channel("memory:client-node", 30),
            new MemoryTransport(venue.world),
            venue.clock);

    NodeSessionTest() {
        venue.core.define(NODE).role = Role.REPLICA;
    }

    private void pass(final int ms) {
        for (int i = 0; i < ms; i++) {
            session.doWork();
            venue.pass(1);
        }
    }

    @Test
    void shouldReportHashesOnceItIsLoggedOn() {
        assertFalse(session.report(1_024, 1, 2, 3, 4, 5));
        pass(20);
        assertTrue(session.isEstablished());
        assertTrue(session.report(1_024, 1, 2, 3, 4, 5));
        pass(20);

        assertEquals(
                1, venue.core.commandsOf(StateHashReportEncoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldLogOnThoughItsClockStandsBehindThatOfAnEarlierRun() {
        venue.core.define(NODE).sessionVerId = venue.clock.wallNs() + HOUR_NS;
        pass(1_200);

        assertTrue(session.isEstablished());
    }
}
