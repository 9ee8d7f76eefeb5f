package org.isochron.replay.audit;

import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.replay.EventConsumer;
import org.isochron.sequencer.replica.EventBatch;

/** Changes events of one kind before an audit sees them: as if the core had said something else. */
final class EditedEvent implements EventConsumer {
    /** A message that is never sent with a header, so that nobody reads it. */
    private static final int NO_TEMPLATE = 399;

    /** What is done to an event. */
    @FunctionalInterface
    interface Edit {
        /** @param fields offset of the event's first field. */
        void apply(MutableDirectBuffer buffer, int fields);
    }

    private final int template;
    private final int from;
    private final int to;
    private final Edit edit;
    private int seen;

    /**
     * @param from number of the first event of its kind that is changed, from 0.
     * @param to   number behind the last.
     */
    EditedEvent(final int template, final int from, final int to, final Edit edit) {
        this.template = template;
        this.from = from;
        this.to = to;
        this.edit = edit;
    }

    static EditedEvent first(final int template, final Edit edit) {
        return new EditedEvent(template, 0, 1, edit);
    }

    /** Adds to a field of 64 bits. */
    static Edit add(final int field, final long amount) {
        return (buffer, fields) -> buffer.putLong(fields + field, buffer.getLong(fields + field) + amount);
    }

    static Edit setInt(final int field, final long value) {
        return (buffer, fields) -> buffer.putInt(fields + field, (int) value);
    }

    static Edit setByte(final int field, final int value) {
        return (buffer, fields) -> buffer.putByte(fields + field, (byte) value);
    }

    /** Nobody hears of it. */
    static Edit drop() {
        return (buffer, fields) -> {
            final MessageHeaderEncoder header = new MessageHeaderEncoder();
            header.wrap(buffer, fields - MessageHeaderEncoder.ENCODED_LENGTH).templateId(NO_TEMPLATE);
        };
    }

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == template) {
                if (seen >= from && seen < to) {
                    edit.apply(events.buffer(), events.messageOffset(record) + MessageHeaderDecoder.ENCODED_LENGTH);
                }
                seen++;
            }
        }
    }
}
