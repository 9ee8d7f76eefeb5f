package org.isochron.matcher.node;

import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.CompositeAgent;
import org.isochron.sequencer.edge.Channel;
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
 * A matcher's event journal: the ring that the replica fills, and the agent that empties it and answers gateways, which runs
 * on a thread of its own.
 */
public final class MatcherEvents implements AutoCloseable {
    private final String name;
    private final EventJournal journal;
    private final EventRing ring;
    private final long heldMatchSeq;
    private final VenueClock clock;
    private boolean isAgentMade;

    private MatcherEvents(final String name, final EventJournal journal, final VenueClock clock) {
        this.name = name;
        this.journal = journal;
        this.clock = clock;
        heldMatchSeq = journal.lastMatchSeq();
        ring = new EventRing(heldMatchSeq);
    }

    /**
     * Opens it, before the transport.
     *
     * @param name  of the node.
     * @param store taken over.
     * @param log   the node's journal, which decides how much of the events counts.
     */
    public static MatcherEvents open(
            final String name, final EventStore store, final Journal log, final VenueClock clock) {
        return new MatcherEvents(
                name, EventJournal.open(store, log.lastSequence(), LogChain.of(log), log.faults()::spoils), clock);
    }

    /** Last command held when it was opened: the node must not begin behind it. */
    public long heldMatchSeq() {
        return heldMatchSeq;
    }

    EventRing ring() {
        return ring;
    }

    /**
     * What runs on the other thread; once. The journal is closed with it.
     *
     * @param transports opens a transport for that thread, on it.
     * @param queries    where this matcher is asked.
     * @param answers    where the gateway listens.
     */
    public Agent agent(final Supplier<Transport> transports, final Channel queries, final Channel answers) {
        isAgentMade = true;
        // In this order: the recorder closes the journal that the server reads.
        return new CompositeAgent(
                new ResendServer(name + "-resends", journal, transports, queries, answers),
                new EventRecorder(name + "-events", ring, journal, clock));
    }

    /** Closes the journal when there is no agent to do it. */
    @Override
    public void close() {
        if (!isAgentMade) {
            journal.close();
        }
    }
}
