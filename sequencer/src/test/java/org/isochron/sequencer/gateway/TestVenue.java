package org.isochron.sequencer.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;
import org.isochron.sequencer.client.ClientConfig;
import org.isochron.sequencer.client.VenueClient;
import org.isochron.sequencer.client.VenueListener;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.memory.ManualClock;
import org.isochron.sequencer.edge.memory.MemoryJournalStore;
import org.isochron.sequencer.edge.memory.MemoryTransport;
import org.isochron.sequencer.edge.memory.MemoryWorld;
import org.isochron.sequencer.sequence.SequencerAgent;
import org.isochron.sequencer.sequence.SequencerConfig;
import org.isochron.sequencer.sequence.SequencerStatus;

/** A gateway with a real sequencer and a fake core, in memory, on one thread and a manual clock. */
final class TestVenue {
    static final Channel INGRESS = new Channel("memory:ingress", 1);
    static final Channel COMMANDS = new Channel("memory:commands", 2);
    static final Channel LOG = new Channel("memory:log", 3);
    static final Channel PRIVATE = new Channel("memory:private", 4);
    static final Channel ANSWERS = new Channel("memory:answers", 5);
    static final int GATEWAY_ID = 3;
    static final long MS = 1_000_000L;

    final ManualClock clock = new ManualClock(1_700_000_000_000L * MS, 5);
    final MemoryWorld world;
    final MemoryTransport transport;
    final SequencerStatus status = new SequencerStatus();
    final Journal journal = new MemoryJournalStore().open("sequencer");
    final SequencerAgent sequencer;
    final GatewayAgent gateway;
    final List<VenueClient> clients = new ArrayList<>();
    final List<EventNode> nodes = new ArrayList<>();
    FakeCore core;
    boolean isSequencerPaused;

    TestVenue() {
        this(1024, config());
    }

    TestVenue(final int laneCapacity, final GatewayConfig config) {
        this(laneCapacity, config, 0);
    }

    /** @param journals event journals that the gateway may ask. */
    TestVenue(final int laneCapacity, final GatewayConfig config, final int journals) {
        world = new MemoryWorld(laneCapacity);
        transport = new MemoryTransport(world);
        sequencer = new SequencerAgent(
                SequencerConfig.of(9),
                transport,
                transport.subscribe(COMMANDS, LaneListener.NONE),
                transport.publish(LOG),
                journal,
                clock,
                status);
        final List<Channel> queries = new ArrayList<>();
        for (int i = 0; i < journals; i++) {
            queries.add(queries(i));
        }
        gateway = new GatewayAgent(
                config,
                transport,
                INGRESS,
                COMMANDS,
                PRIVATE,
                new ResendChannels(queries, ANSWERS),
                uri -> uri.startsWith("memory:client-"),
                clock,
                status);
        core = new FakeCore(transport);
        for (int i = 0; i < journals; i++) {
            final EventNode node = new EventNode(this, queries(i));
            nodes.add(node);
            core.recorders.add(node.ring);
        }
        for (int sessionId = 1; sessionId <= 8; sessionId++) {
            core.define(sessionId);
        }
    }

    static Channel queries(final int journal) {
        return new Channel("memory:queries-" + journal, 6);
    }

    static GatewayConfig config() {
        final Map<Integer, byte[]> secrets = new HashMap<>();
        for (int sessionId = 1; sessionId <= 9; sessionId++) {
            secrets.put(sessionId, secret(sessionId));
        }
        return GatewayConfig.of(GATEWAY_ID, secrets);
    }

    static byte[] secret(final int sessionId) {
        return ("the secret of " + sessionId).getBytes(StandardCharsets.UTF_8);
    }

    static ClientConfig clientConfig(final int sessionId, final long sessionVerId) {
        return ClientConfig.of(
                sessionId,
                sessionVerId,
                secret(sessionId),
                INGRESS,
                new Channel("memory:client-" + sessionId + "-" + sessionVerId, 10));
    }

    VenueClient client(final ClientConfig config, final VenueListener listener) {
        final VenueClient client = VenueClient.connect(config, new MemoryTransport(world), clock, listener);
        clients.add(client);
        return client;
    }

    /** A client whose session is open. */
    VenueClient open(final int sessionId, final RecordingListener listener) {
        final VenueClient client = client(clientConfig(sessionId, 1), listener);
        run();
        if (!client.isEstablished()) {
            throw new AssertionError("session " + sessionId + ": " + listener.heard);
        }
        return client;
    }

    /** Everybody works until nothing moves any more, a millisecond passing in between for the timers. */
    void run() {
        for (int i = 0; i < 20; i++) {
            cycle();
        }
    }

    void cycle() {
        if (!isSequencerPaused) {
            sequencer.doWork();
        }
        if (core != null) {
            core.poll();
        }
        nodes.forEach(EventNode::work);
        gateway.doWork();
        clients.forEach(VenueClient::poll);
    }

    /** Time passes, everybody working every millisecond. */
    void pass(final long durationMs) {
        for (long i = 0; i < durationMs; i++) {
            clock.advance(MS);
            cycle();
        }
    }

    long count(final GatewayCounter counter) {
        return gateway.counters().get(counter);
    }

    static long order(final VenueClient client, final long clOrdId) {
        return order(client, 1, clOrdId);
    }

    static long order(final VenueClient client, final long accountId, final long clOrdId) {
        return client.newOrder(accountId, 1, Side.BUY, 100, 1, TimeInForce.GTC, false, clOrdId);
    }
}
