package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EstablishAckDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/**
 * A firm's drop copy: every execution of the firm in the venue's order, checked to be without a gap. The session's role
 * must be DROP_COPY.
 */
public final class DropCopyClient implements AutoCloseable {
    private final DropCopyListener listener;
    private final VenueClient client;
    private final EventStampDecoder stamp = new EventStampDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private long lastDropCopySeq;
    private long duplicates;
    private long gaps;

    /**
     * Begins to log on; {@link #poll()} does the rest.
     *
     * @param lastDropCopySeq the last one seen by an earlier client of the firm: what is missing behind it is reported;
     *                        0 takes the first that comes as it is.
     */
    public DropCopyClient(
            final ClientConfig config,
            final Transport transport,
            final VenueClock clock,
            final long lastDropCopySeq,
            final DropCopyListener listener) {
        this.listener = listener;
        this.lastDropCopySeq = lastDropCopySeq;
        client = VenueClient.connect(config, transport, clock, new Session());
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
        return lastDropCopySeq;
    }

    /** Events received twice and dropped. */
    public long duplicates() {
        return duplicates;
    }

    /** Gaps reported. */
    public long gaps() {
        return gaps;
    }

    @Override
    public void close() {
        client.close();
    }

    private void onCopy(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        stamp.wrap(buffer, offset + MessageShape.HEADER_LENGTH);
        final long dropCopySeq = stamp.dropCopySeq();
        if (lastDropCopySeq != 0 && dropCopySeq <= lastDropCopySeq) {
            duplicates++;
            return;
        }
        if (lastDropCopySeq != 0 && dropCopySeq > lastDropCopySeq + 1) {
            gaps++;
            listener.onGap(lastDropCopySeq + 1, dropCopySeq - 1);
        }
        lastDropCopySeq = dropCopySeq;
        if (templateId == FillDecoder.TEMPLATE_ID) {
            listener.onExecution(fill.wrapAndApplyHeader(buffer, offset, header));
        } else {
            listener.onOther(templateId, buffer, offset, length);
        }
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
            onCopy(templateId, buffer, offset, length);
        }
    }
}
