package org.isochron.sequencer.retransmit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * Asks other nodes for frames and answers their requests, on a thread of its own. What other threads may call says so;
 * everything else belongs to the agent's.
 */
public final class RetransmitAgent implements Agent {
    private static final int DRIVES_PER_CYCLE = 8;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RetransmitConfig config;
    private final Transport transport;
    private final VenueClock clock;
    private final FrameLink link = new FrameLink();
    private final NodePositions positions = new NodePositions();
    private final FrameServer server;
    private final FrameFetcher fetcher;
    private volatile ServedJournal journal;

    /**
     * Opens its channels; they are closed with the agent.
     *
     * @param transport this agent's own, driven by it; the caller's to close.
     */
    public RetransmitAgent(final RetransmitConfig config, final Transport transport, final VenueClock clock) {
        this.config = config;
        this.transport = transport;
        this.clock = clock;
        server = new FrameServer(config, transport, clock.monotonicNs());
        fetcher = new FrameFetcher(config, transport, link, positions, clock.monotonicNs());
    }

    @Override
    public String roleName() {
        return "retransmit-" + config.self().name();
    }

    /** From now on the own journal is served; until then requests find nobody. Any thread. */
    public void serve(final ServedJournal ownJournal) {
        journal = ownJournal;
    }

    /**
     * The other nodes' journals as one, for one thread that takes frames of them; one of these at a time. Any thread.
     *
     * @param patienceMs how long a poll waits for its first frame while somebody may still answer; 0 on a hot thread.
     */
    public JournalReader newReader(final long patienceMs) {
        return new FetchedFrames(link, TimeUnit.MILLISECONDS.toNanos(patienceMs));
    }

    /**
     * Asks where journals end, and waits until all of those nodes have answered or the time is over. Any thread but the
     * agent's.
     *
     * @param nodes names of some of the configured servers.
     * @return answers by name; who has not answered is missing.
     */
    public Map<String, NodePosition> awaitPositions(final Set<String> nodes, final long timeoutMs) {
        positions.ask();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        Map<String, NodePosition> answers = answers(nodes);
        while (answers.size() < nodes.size() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
            answers = answers(nodes);
        }
        positions.askNoMore();
        return answers;
    }

    private Map<String, NodePosition> answers(final Set<String> nodes) {
        final Map<String, NodePosition> answers = new LinkedHashMap<>();
        for (final Peer peer : config.servers()) {
            final NodePosition answer = positions.of(peer.nodeId());
            if (answer != null && nodes.contains(peer.name())) {
                answers.put(peer.name(), answer);
            }
        }
        return answers;
    }

    @Override
    public int doWork() {
        server.serve(journal);
        final long nowNs = clock.monotonicNs();
        int work = server.doWork(nowNs) + fetcher.doWork(nowNs);
        // A driver sends one packet of each stream in a cycle.
        for (int i = 0, done = 1; i < DRIVES_PER_CYCLE && done > 0; i++) {
            done = transport.doWork();
            work += done;
        }
        return work;
    }

    /** Frames sent to other nodes since the start. Any thread. */
    public long framesServed() {
        return server.framesSent();
    }

    /** Frames fetched from other nodes since the start. Any thread. */
    public long framesFetched() {
        return fetcher.framesFetched();
    }

    /** Messages that were no request, or of a node that is not configured. Any thread. */
    public long requestsRefused() {
        return server.requestsRefused();
    }

    /** Requests given up because the one that asked does not listen. Any thread. */
    public long requestsAbandoned() {
        return server.requestsAbandoned();
    }

    @Override
    public void onClose() {
        fetcher.close();
        server.close();
    }
}
