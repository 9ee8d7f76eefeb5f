package org.isochron.sequencer.gateway;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NegotiateDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where strangers prove who they are. What they may cost before they have done so is bounded. */
final class Reception {
    /** Largest difference between a client's clock and the gateway's in Negotiate. */
    static final long MAX_CLOCK_DIFFERENCE_NS = 5_000_000_000L;
    /** Refusals told to whoever has not proved who he is, in a second and at once: each costs a connection for a while. */
    private static final int REFUSALS_PER_SECOND = 2;

    private static final int REFUSALS_AT_ONCE = 5;
    /** Connections of one session: open, coming back, and ending without having been heard. */
    private static final int CONNECTIONS_OF_SESSION = 6;

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final CycleClock clock;
    private final Transport transport;
    private final ResponseChannels responseChannels;
    private final Credentials credentials;
    private final SessionTable table;
    private final ClientPublisher publisher;
    private final GatewayCounters counters;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NegotiateDecoder negotiate = new NegotiateDecoder();
    private final TokenBucket refusals = new TokenBucket();

    Reception(
            final CycleClock clock,
            final Transport transport,
            final ResponseChannels responseChannels,
            final Credentials credentials,
            final SessionTable table,
            final ClientPublisher publisher,
            final GatewayCounters counters) {
        this.clock = clock;
        this.transport = transport;
        this.responseChannels = responseChannels;
        this.credentials = credentials;
        this.table = table;
        this.publisher = publisher;
        this.counters = counters;
        refusals.open(REFUSALS_PER_SECOND, REFUSALS_AT_ONCE, clock.monotonicNs());
    }

    /** A message on a connection that has no session: only Negotiate is heard, everything else has nobody to answer. */
    void onStranger(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (MessageShape.check(buffer, offset, length) != MessageShape.SOUND
                || MessageShape.templateId(buffer, offset) != NegotiateDecoder.TEMPLATE_ID) {
            counters.increment(GatewayCounter.IGNORED);
            return;
        }
        negotiate.wrapAndApplyHeader(buffer, offset, header);
        final String uri = responseChannel();
        final RejectCode refusal = negotiationRefusal(uri);
        final boolean isStale = refusal == RejectCode.STALE_SESSION_VER_ID;
        final boolean isProven = refusal == null || isStale;
        final Session session = mayConnect(isProven) ? connect(lane, uri, isProven) : null;
        if (session == null) {
            counters.increment(GatewayCounter.NEGOTIATIONS_REFUSED);
            return;
        }
        if (refusal == null) {
            publisher.negotiationResponse(session);
            return;
        }
        counters.increment(GatewayCounter.NEGOTIATIONS_REFUSED);
        publisher.negotiationReject(session, refusal, isStale ? credentials.lastSessionVerId(session.sessionId()) : 0);
        session.ending(null, clock.monotonicNs());
    }

    /** Connections are few: neither strangers nor one session may use up those of the others. */
    private boolean mayConnect(final boolean isProven) {
        if (isProven) {
            return table.connections((int) negotiate.sessionId()) < CONNECTIONS_OF_SESSION;
        }
        refusals.refill(clock.monotonicNs());
        if (!refusals.hasToken(true)) {
            return false;
        }
        refusals.take();
        return true;
    }

    /** Opens the way back to a client; null when there is none to be had. */
    private Session connect(final int lane, final String uri, final boolean isProven) {
        final int sessionId = (int) negotiate.sessionId();
        final int streamId = (int) negotiate.responseStreamId();
        final long sessionVerId = negotiate.sessionVerId();
        final Session session = table.findFree();
        if (!responseChannels.allows(uri) || session == null) {
            LOG.warn(
                    "lane {} not answered on {} stream {}: {}",
                    lane,
                    uri,
                    streamId,
                    session == null ? "maxConnections is reached" : "responseChannels does not allow it");
            return null;
        }
        try {
            final Outbound response = transport.publish(new Channel(uri, streamId));
            session.connect(lane, sessionId, sessionVerId, isProven, response, clock.monotonicNs());
        } catch (final RuntimeException e) {
            // The address is the client's: whatever is wrong with it is his mistake, and nobody else's business.
            LOG.warn("lane {} not answered on {} stream {}: {}", lane, uri, streamId, e.toString());
            return null;
        }
        table.connected(session);
        return session;
    }

    /** Reads the text without disturbing the decoder, whose fixed fields are still to be read. */
    private String responseChannel() {
        final int lengthAt = negotiate.offset() + NegotiateDecoder.BLOCK_LENGTH;
        final int length = negotiate.buffer().getShort(lengthAt, LITTLE_ENDIAN) & 0xFFFF;
        return negotiate
                .buffer()
                .getStringWithoutLengthAscii(lengthAt + NegotiateDecoder.responseChannelHeaderLength(), length);
    }

    private RejectCode negotiationRefusal(final String uri) {
        final int sessionId = (int) negotiate.sessionId();
        final long sessionVerId = negotiate.sessionVerId();
        final long timestampNs = negotiate.timestampNs();
        if (!credentials.areGenuine(negotiate, uri)) {
            return RejectCode.BAD_CREDENTIALS;
        }
        if (Math.abs(timestampNs - clock.wallNs()) > MAX_CLOCK_DIFFERENCE_NS || sessionVerId == 0) {
            return RejectCode.BAD_VALUE;
        }
        if (!credentials.useTimestamp(sessionId, timestampNs)) {
            return RejectCode.BAD_CREDENTIALS;
        }
        return credentials.isStale(sessionId, sessionVerId) ? RejectCode.STALE_SESSION_VER_ID : null;
    }
}
