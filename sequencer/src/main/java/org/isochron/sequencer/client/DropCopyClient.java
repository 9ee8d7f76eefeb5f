package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * A firm's drop copy: every execution of the firm in the venue's order, without a gap, from any of them on. What was missed
 * is sent again out of the matchers' event journals. The session's role must be DROP_COPY.
 */
public final class DropCopyClient implements AutoCloseable {
    /** In place of a number: nothing that was before. */
    public static final long FROM_NOW = VenueLink.FROM_NOW;

    private final DropCopyListener listener;
    private final VenueClient client;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private long gaps;

    /**
     * Begins to log on; {@link #poll()} does the rest.
     *
     * @param lastDropCopySeq the last one that the firm has already, of whatever age: everything behind it is delivered. 0
     *                        for all there ever was, {@link #FROM_NOW} for what comes from now on.
     */
    public DropCopyClient(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final long lastDropCopySeq,
            final DropCopyListener listener) {
        this.listener = listener;
        client = lastDropCopySeq == FROM_NOW
                ? VenueClient.connect(config, transport, clock, new Session())
                : VenueClient.resume(config, transport, clock, lastDropCopySeq, new Session());
    }

    public int poll() {
        return client.poll();
    }

    public boolean awaitEstablished(final long timeoutMs) {
        return client.awaitEstablished(timeoutMs);
    }

    public boolean isEstablished() {
        return client.isEstablished();
    }

    /** Last number seen: what the next client begins with. */
    public long lastDropCopySeq() {
        return client.lastEventSeq();
    }

    /** Whether older events are being fetched; newer ones wait. */
    public boolean isRecovering() {
        return client.isRecovering();
    }

    /** Whether the event that the listener is being told of was sent again. */
    public boolean isPossResend() {
        return client.isPossResend();
    }

    /** Events received twice and dropped. */
    public long duplicates() {
        return client.duplicates();
    }

    /** Gaps reported. */
    public long gaps() {
        return gaps;
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Session implements VenueListener {
        @Override
        public void onEstablished(final EstablishAckDecoder ack) {
            listener.onEstablished(ack);
        }

        @Override
        public void onRefused(final RejectCode code, final long lastSessionVerId) {
            listener.onRefused(code, lastSessionVerId);
        }

        @Override
        public void onTerminated(final TerminateCode code) {
            listener.onTerminated(code);
        }

        @Override
        public void onDropCopy(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
            if (templateId == FillDecoder.TEMPLATE_ID) {
                listener.onExecution(fill.wrapAndApplyHeader(buffer, offset, header));
            } else {
                listener.onOther(templateId, buffer, offset, length);
            }
        }

        @Override
        public void onGap(final long fromDropCopySeq, final long toDropCopySeq) {
            gaps++;
            listener.onGap(fromDropCopySeq, toDropCopySeq);
        }
    }
}
