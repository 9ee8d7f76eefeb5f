package org.isochron.sequencer.gateway;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.sequence.SequencerStatus;

/**
 * The gateway's duty cycle: clients' messages in, private events out, timers, and what waits. See the package for what a
 * gateway is. No allocation per message; opening a session allocates.
 */
public final class GatewayAgent implements Agent {
    /** Interval of GatewayAlive, by which the core knows that the gateway's sessions are held. */
    public static final long ALIVE_INTERVAL_NS = 500_000_000;

    private static final long TIMER_INTERVAL_NS = 1_000_000;
    private static final int FIRST_COMMAND_TEMPLATE = 100;

    private final GatewayConfig config;
    private final SequencerStatus sequencer;
    private final Transport transport;
    private final CycleClock clock;
    private final GatewayCounters counters = new GatewayCounters();
    private final SessionTable table;
    private final CommandForwarder forwarder;
    private final Reception reception;
    private final SessionLayer sessions;
    private final OrderGate gate;
    private final PrivateStream privateStream;
    private final ResendDesk resends;
    private final EventRouter router;
    private final Inbound ingress;
    private final Inbound privateInbound;
    private final MessageHandler ingressHandler = this::onClientMessage;
    private final MessageHandler privateHandler;

    private boolean hasStarted;
    private long aliveAtNs;
    private long timersAtNs;

    /** A gateway that has no event journal to ask: nothing is sent again. */
    public GatewayAgent(
            final GatewayConfig config,
            final Transport transport,
            final Channel ingress,
            final Channel commands,
            final Channel privateEvents,
            final ResponseChannels responseChannels,
            final VenueClock venueClock,
            final SequencerStatus sequencer) {
        this(
                config,
                transport,
                ingress,
                commands,
                privateEvents,
                ResendChannels.NONE,
                responseChannels,
                venueClock,
                sequencer);
    }

    /**
     * Opens its channels; they are closed with the agent.
     *
     * @param transport        this agent's own, driven by it; not closed with it.
     * @param ingress          where clients send to.
     * @param commands         to the sequencer.
     * @param privateEvents    where the matchers publish private events.
     * @param resendChannels   where the matchers' event journals are asked for old events.
     * @param responseChannels where clients may ask to be answered.
     * @param sequencer        where the sequencer stands.
     */
    public GatewayAgent(
            final GatewayConfig config,
            final Transport transport,
            final Channel ingress,
            final Channel commands,
            final Channel privateEvents,
            final ResendChannels resendChannels,
            final ResponseChannels responseChannels,
            final VenueClock venueClock,
            final SequencerStatus sequencer) {
        this.config = config;
        this.sequencer = sequencer;
        this.transport = transport;
        clock = new CycleClock(venueClock);
        table = new SessionTable(config.maxConnections(), config.backlogBytes());
        final Outbound toSequencer = transport.publish(commands);
        forwarder = new CommandForwarder(config.gatewayId(), toSequencer, sequencer);
        final ClientPublisher publisher = new ClientPublisher(config, clock);
        final Credentials credentials = new Credentials(config.secrets());
        reception = new Reception(clock, transport, responseChannels, credentials, table, publisher, counters);
        sessions = new SessionLayer(config, clock, credentials, table, forwarder, publisher, counters);
        gate = new OrderGate(clock, sequencer, sessions, forwarder, publisher, counters);
        router = new EventRouter(
                config.gatewayId(), sequencer, clock, credentials, table, sessions, publisher, counters);
        privateStream = new PrivateStream(config, clock, router, counters);
        privateHandler = privateStream::onMessage;
        resends = new ResendDesk(clock, publisher, counters, transport, resendChannels);
        this.ingress = transport.subscribe(ingress, new Lanes());
        privateInbound = transport.subscribe(privateEvents, privateStream);
    }

    @Override
    public String roleName() {
        return "gateway-" + config.gatewayId();
    }

    public GatewayCounters counters() {
        return counters;
    }

    @Override
    public int doWork() {
        clock.read();
        int work = transport.doWork();
        if (!hasStarted) {
            return work + start();
        }
        work += privateInbound.poll(privateHandler, config.messagesPerCycle());
        work += privateStream.afterPoll();
        work += resends.doWork(router.lastMatchSeq());
        work += onTimers();
        work += sessions.flush();
        // Last: what clients send may fill the way to the sequencer, and the lease and the ends of sessions go first.
        work += ingress.poll(ingressHandler, config.messagesPerCycle());
        return work;
    }

    @Override
    public void onClose() {
        sessions.close();
        ingress.close();
        privateInbound.close();
        resends.close();
        forwarder.close();
    }

    /** Nobody is heard before the core knows that the previous incarnation's sessions are gone. */
    private int start() {
        hasStarted = forwarder.gatewayStart(clock.wallNs());
        aliveAtNs = clock.monotonicNs() + ALIVE_INTERVAL_NS;
        timersAtNs = clock.monotonicNs();
        return hasStarted ? 1 : 0;
    }

    private boolean onClientMessage(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        final Session session = table.onLane(lane);
        if (session == null) {
            reception.onStranger(lane, buffer, offset, length);
            return true;
        }
        if (session.state() == Session.State.ENDING) {
            counters.increment(GatewayCounter.IGNORED);
            return true;
        }
        session.heard(clock.monotonicNs());
        final int fault = MessageShape.check(buffer, offset, length);
        if (fault != MessageShape.SOUND) {
            onMisshapen(session, buffer, offset, length, fault);
            return true;
        }
        final int templateId = MessageShape.templateId(buffer, offset);
        if (ResendDesk.handles(templateId) && session.isOpen()) {
            resends.onRequest(session, buffer, offset, templateId);
            return true;
        }
        if (templateId < FIRST_COMMAND_TEMPLATE) {
            return sessions.onMessage(session, buffer, offset, templateId);
        }
        if (session.isOpen()) {
            gate.onCommand(session, buffer, offset, length, templateId);
        } else {
            sessions.end(session, TerminateCode.NOT_NEGOTIATED, templateId);
        }
        return true;
    }

    private void onMisshapen(
            final Session session, final DirectBuffer buffer, final int offset, final int length, final int fault) {
        if (session.isOpen()) {
            gate.onMisshapen(session, buffer, offset, length, RejectCode.get(fault));
        } else {
            final int templateId = length < MessageShape.HEADER_LENGTH ? 0 : MessageShape.templateId(buffer, offset);
            sessions.end(session, TerminateCode.MALFORMED, templateId);
        }
    }

    private int onTimers() {
        final long nowNs = clock.monotonicNs();
        if (nowNs - timersAtNs < 0) {
            return 0;
        }
        timersAtNs = nowNs + TIMER_INTERVAL_NS;
        return sessions.onTimers() + sendAlive(nowNs);
    }

    /** Sent while the log goes on only: a lease cannot be renewed in a log that stands still. */
    private int sendAlive(final long nowNs) {
        if (nowNs - aliveAtNs < 0 || !sequencer.isConnected() || !forwarder.gatewayAlive(clock.wallNs())) {
            return 0;
        }
        aliveAtNs = nowNs + ALIVE_INTERVAL_NS;
        return 1;
    }

    /** A connection costs nothing until it negotiates, so only its end matters. */
    private final class Lanes implements LaneListener {
        @Override
        public void onLaneClosed(final int lane) {
            sessions.onLaneClosed(lane);
        }
    }
}
