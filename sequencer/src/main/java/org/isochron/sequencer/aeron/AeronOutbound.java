package org.isochron.sequencer.aeron;

import io.aeron.AeronCounters;
import io.aeron.ChannelUri;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.isochron.sequencer.edge.Outbound;

/** One publication. */
final class AeronOutbound implements Outbound {
    /** The registration id stands first in the key of every counter of a stream. */
    private static final int REGISTRATION_ID_OFFSET = 0;

    private final ExclusivePublication publication;
    private final CountersReader counters;
    private final int sentCounterId;

    AeronOutbound(final ExclusivePublication publication, final CountersReader counters) {
        this.publication = publication;
        this.counters = counters;
        sentCounterId = ChannelUri.parse(publication.channel()).isIpc()
                ? CountersReader.NULL_COUNTER_ID
                : findSentCounter(publication, counters);
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 0 || length > MAX_MESSAGE_LENGTH) {
            throw new IllegalArgumentException("message of " + length + " bytes on " + publication.channel()
                    + ", at most " + MAX_MESSAGE_LENGTH + " fit");
        }
        final long result = publication.offer(buffer, offset, length, null);
        if (result > 0) {
            return result;
        }
        if (result == Publication.ADMIN_ACTION) {
            // The call has turned over to the next term instead of sending. That is no lack of room, and now it sends.
            final long again = publication.offer(buffer, offset, length, null);
            return again > 0 ? again : refusal(again);
        }
        return refusal(result);
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    /** On IPC what is accepted is there already. Elsewhere the driver's sender says how far it is. */
    @Override
    public boolean hasSent(final long position) {
        return sentCounterId == CountersReader.NULL_COUNTER_ID
                || !publication.isConnected()
                || counters.getCounterValue(sentCounterId) >= position;
    }

    @Override
    public void close() {
        publication.close();
    }

    private static long refusal(final long result) {
        if (result == Publication.NOT_CONNECTED) {
            return NOT_CONNECTED;
        }
        if (result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION) {
            return BACK_PRESSURED;
        }
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            // A stream ends after 2^31 terms, 2 PiB at 1 MiB each: closed as far as the sender can tell.
            return CLOSED;
        }
        throw new IllegalStateException("Aeron refused an offer with " + result);
    }

    private static int findSentCounter(final ExclusivePublication publication, final CountersReader counters) {
        final int[] found = {CountersReader.NULL_COUNTER_ID};
        counters.forEach((counterId, typeId, key, label) -> {
            if (typeId == AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID
                    && key.getLong(REGISTRATION_ID_OFFSET) == publication.registrationId()) {
                found[0] = counterId;
            }
        });
        if (found[0] == CountersReader.NULL_COUNTER_ID) {
            throw new IllegalStateException(
                    "the driver has no sender position counter for the publication on " + publication.channel());
        }
        return found[0];
    }
}
