package org.isochron.ops.node;

import org.isochron.matcher.node.MatcherEvents;
import org.isochron.ops.config.EventsConfig;
import org.isochron.ops.config.MatcherNodeConfig;
import org.isochron.sequencer.aeron.AeronDriver;
import org.isochron.sequencer.chronicle.ChronicleEventStore;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.SystemClock;
import org.isochron.sequencer.host.IdleStrategies;
import org.isochron.sequencer.host.NodeHost;

/**
 * The thread beside a matcher's, with its event journal. It backs off when idle whatever the node's own does: nobody trades
 * by it. It reaches the node's media driver as a client of its own, so the node's thread has nothing to do for it.
 */
final class EventHost implements AutoCloseable {
    private final String name;
    private final EventsConfig config;
    private MatcherEvents events;
    private NodeHost host;

    private EventHost(final String name, final EventsConfig config) {
        this.name = name;
        this.config = config;
    }

    /** Of a node that keeps no event journal. */
    static EventHost none() {
        return new EventHost("", null);
    }

    static EventHost of(final MatcherNodeConfig matcher) {
        return new EventHost(matcher.node().name(), matcher.events());
    }

    /** Opens the event journal, if there is to be one; before the media driver. */
    void open(final Journal log) {
        if (config != null) {
            events = MatcherEvents.open(name, ChronicleEventStore.open(config.directory()), log, SystemClock.INSTANCE);
        }
    }

    /** What the matcher records into, null for nothing. */
    MatcherEvents events() {
        return events;
    }

    /** Starts the thread; the node's own has to run by now, for it drives the driver. */
    void start(final AeronDriver driver) {
        if (events != null) {
            host = new NodeHost(
                            events.agent(driver::newGuestTransport, config.queries(), config.answers()),
                            IdleStrategies.of("backoff"),
                            () -> {})
                    .start();
        }
    }

    /** What ended it, null while it runs. */
    Throwable failure() {
        return host == null ? null : host.failure();
    }

    /** After the node's thread has ended: records what that made last. */
    @Override
    public void close() {
        if (host != null) {
            host.close();
        } else if (events != null) {
            events.close();
        }
    }
}
