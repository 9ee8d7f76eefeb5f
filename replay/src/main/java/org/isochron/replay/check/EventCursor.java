package org.isochron.replay.check;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PublicStampDecoder;
import org.isochron.sequencer.replica.EventBatch;

/** Goes through the events of one command. */
final class EventCursor {
    private static final int STAMP = MessageHeaderDecoder.ENCODED_LENGTH;

    private final EventStampDecoder stamp = new EventStampDecoder();
    private final PublicStampDecoder publicStamp = new PublicStampDecoder();
    private EventBatch events;
    private int record;
    private int next;

    EventCursor over(final EventBatch newEvents) {
        events = newEvents;
        record = EventBatch.END;
        next = newEvents.first();
        return this;
    }

    boolean advance() {
        if (next == EventBatch.END) {
            return false;
        }
        record = next;
        next = events.next(record);
        return true;
    }

    boolean isPrivate() {
        return events.route(record) == EventBatch.PRIVATE;
    }

    int templateId() {
        return templateId(events.buffer(), offset());
    }

    DirectBuffer buffer() {
        return events.buffer();
    }

    int offset() {
        return events.messageOffset(record);
    }

    int length() {
        return events.messageLength(record);
    }

    EventStampDecoder stamp() {
        return stamp.wrap(buffer(), offset() + STAMP);
    }

    PublicStampDecoder publicStamp() {
        return publicStamp.wrap(buffer(), offset() + STAMP);
    }

    static int templateId(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + 2, LITTLE_ENDIAN) & 0xFFFF;
    }
}
