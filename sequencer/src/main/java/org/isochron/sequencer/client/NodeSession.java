package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.StateHashReportEncoder;
import org.isochron.codecs.TerminateCode;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.HashReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own session with the venue, of role REPLICA or RISK: what a node reports enters the total order like everybody
 * else's commands. Logs on by itself, and again {@value #RETRY_MS} ms after a refusal or a lost connection, each time as a
 * new incarnation. Single-threaded, on the node's thread.
 */
public final class NodeSession implements HashReporter {
    static final long RETRY_MS = 500;
    /** Refusals of an unknown session, 10 s of them, before that is worth a warning. */
    static final long PATIENT_REFUSALS = 20;
    /** Refusals after which the operator is told: a venue just made has not defined its nodes' sessions yet. */
    private static final int PATIENCE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(NodeSession.class);
    private static final long NS_PER_MS = 1_000_000;

    private final String name;
    private final int nodeId;
    private final int sessionId;
    private final byte[] secret;
    private final Channel gateway;
    private final Channel response;
    private final Transport transport;
    private final VenueClock clock;
    private final UnsafeBuffer report = new UnsafeBuffer(new byte[128]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StateHashReportEncoder hashes = new StateHashReportEncoder();

    private VenueClient client;
    private long lastVerId;
    private long retryAtNs;
    private RejectCode lastRefusal;
    private long refusals;

    /**
     * @param name      of the node, for messages.
     * @param nodeId    written into its hash reports.
     * @param sessionId session defined for it, of role REPLICA or RISK.
     * @param secret    shared secret of that session.
     * @param gateway   where the gateway listens.
     * @param response  where this session listens; nobody else may use it.
     * @param transport the node's, driven by the node.
     */
    public NodeSession(
            final String name,
            final int nodeId,
            final int sessionId,
            final byte[] secret,
            final Channel gateway,
            final Channel response,
            final Transport transport,
            final VenueClock clock) {
        this.name = name;
        this.nodeId = nodeId;
        this.sessionId = sessionId;
        this.secret = secret.clone();
        this.gateway = gateway;
        this.response = response;
        this.transport = transport.drivenElsewhere();
        this.clock = clock;
        retryAtNs = clock.monotonicNs();
    }

    /** One duty cycle: keeps the session open, or opens it. */
    public int doWork() {
        if (client != null) {
            return client.poll();
        }
        if (clock.monotonicNs() - retryAtNs < 0) {
            return 0;
        }
        lastVerId = Math.max(lastVerId + 1, clock.wallNs());
        client = VenueClient.connect(
                ClientConfig.of(sessionId, lastVerId, secret, gateway, response), transport, clock, new Ends());
        return 1;
    }

    public boolean isEstablished() {
        return client != null && client.isEstablished();
    }

    /**
     * Sends a command of the node; its seqNum is filled in.
     *
     * @return false when it could not be sent now.
     */
    public boolean send(final MutableDirectBuffer message, final int offset, final int length) {
        return isEstablished() && client.send((DirectBuffer) message, offset, length) > 0;
    }

    @Override
    public boolean report(
            final long atSequence,
            final long booksHash,
            final long ledgerHash,
            final long marksHash,
            final long sessionsHash,
            final long scrubHash) {
        hashes.wrapAndApplyHeader(report, 0, header)
                .seqNum(0)
                .nodeId(nodeId)
                .atSequence(atSequence)
                .booksHash(booksHash)
                .ledgerHash(ledgerHash)
                .marksHash(marksHash)
                .sessionsHash(sessionsHash)
                .scrubHash(scrubHash);
        return send(report, 0, MessageHeaderEncoder.ENCODED_LENGTH + StateHashReportEncoder.BLOCK_LENGTH);
    }

    /** Ends the session politely. */
    public void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private void retryLater() {
        client = null;
        retryAtNs = clock.monotonicNs() + RETRY_MS * NS_PER_MS;
    }

    private final class Ends implements VenueListener {
        @Override
        public void onEstablished(final EstablishAckDecoder ack) {
            lastRefusal = null;
        }

        @Override
        public void onRefused(final RejectCode code, final long lastSessionVerId) {
            if (++refusals % PATIENCE == 0) {
                LOG.warn(
                        "{}: session {} is refused for the {}th time: {}; it is tried again every {} ms",
                        name,
                        sessionId,
                        refusals,
                        code,
                        RETRY_MS);
            }
            // The clock may have stood ahead once: who waits for it to catch up reports nothing for so long.
            lastVerId = Math.max(lastVerId, lastSessionVerId);
            retryLater();
        }

        @Override
        public void onTerminated(final TerminateCode code) {
            LOG.info("{}: session {} has ended: {}; logging on again", name, sessionId, code);
            retryLater();
        }
    }
}
