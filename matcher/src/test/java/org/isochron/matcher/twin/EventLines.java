package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.EventStampDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PublicStampDecoder;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Reads the events of the venue as {@link Line}s, by the schema alone. What follows from the command itself (sequence,
 * times, counters, flags) is checked here and left out of the lines. Order ids are the venue's own affair, so an order is
 * called by the number under which it first showed.
 */
final class EventLines {
    private static final int FIRST_FLAG = 1;
    private static final int LAST_FLAG = 2;

    private final Map<Integer, MessageSchema> schemas = new TreeMap<>();
    private final Long2LongHashMap numberById = new Long2LongHashMap(-1);
    private final Long2LongHashMap idByNumber = new Long2LongHashMap(-1);
    private final EventStampDecoder eventStamp = new EventStampDecoder();
    private final PublicStampDecoder publicStamp = new PublicStampDecoder();
    private int orders;
    private long privateSeq;

    EventLines() {
        Schema.venue().messages().forEach(message -> schemas.put(message.templateId(), message));
    }

    /** Number of an order the venue has spoken of and not yet ended, or -1. */
    int numberOf(final long orderId) {
        return (int) numberById.get(orderId);
    }

    /** The venue's id of an order it has spoken of and not yet ended, or null. */
    Long idOf(final Order order) {
        final long id = idByNumber.get(order.number);
        return id == -1 ? null : id;
    }

    List<String> read(final EventBatch batch) {
        final List<String> lines = new ArrayList<>();
        int lastPrivate = EventBatch.END;
        int lastPublic = EventBatch.END;
        for (int record = batch.first(); record != EventBatch.END; record = batch.next(record)) {
            if (batch.route(record) == EventBatch.PRIVATE) {
                checkPrivate(batch, record, lines.size(), lastPrivate == EventBatch.END);
                lastPrivate = record;
            } else {
                checkPublic(batch, record, lines.size(), lastPublic == EventBatch.END);
                lastPublic = record;
            }
            lines.add(line(batch.buffer(), batch.messageOffset(record)));
        }
        if (lastPrivate != EventBatch.END) {
            check((privateStamp(batch, lastPrivate).eventFlags() & LAST_FLAG) != 0, "last private event not flagged");
        }
        if (lastPublic != EventBatch.END) {
            check((publicStamp(batch, lastPublic).eventFlags() & LAST_FLAG) != 0, "last public event not flagged");
        }
        return lines;
    }

    private EventStampDecoder privateStamp(final EventBatch batch, final int record) {
        return eventStamp.wrap(batch.buffer(), batch.messageOffset(record) + MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private PublicStampDecoder publicStamp(final EventBatch batch, final int record) {
        return publicStamp.wrap(batch.buffer(), batch.messageOffset(record) + MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private void checkPrivate(final EventBatch batch, final int record, final int subSeq, final boolean first) {
        final EventStampDecoder stamp = privateStamp(batch, record);
        check(stamp.matchSeq() == batch.sequence(), "matchSeq");
        check(stamp.transactTimeNs() == batch.timestampNs(), "transactTimeNs");
        check(stamp.subSeq() == subSeq, "subSeq");
        check(stamp.privateSeq() == ++privateSeq, "privateSeq");
        check((stamp.eventFlags() & FIRST_FLAG) != 0 == first, "first private flag");
    }

    private void checkPublic(final EventBatch batch, final int record, final int subSeq, final boolean first) {
        final PublicStampDecoder stamp = publicStamp(batch, record);
        check(stamp.matchSeq() == batch.sequence(), "matchSeq");
        check(stamp.transactTimeNs() == batch.timestampNs(), "transactTimeNs");
        check(stamp.subSeq() == subSeq, "subSeq");
        check((stamp.eventFlags() & FIRST_FLAG) != 0 == first, "first public flag");
    }

    private static void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError("stamp: " + what);
        }
    }

    private String line(final DirectBuffer buffer, final int offset) {
        final MessageSchema schema = schemas.get(MessageShape.templateId(buffer, offset));
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final Line line = new Line(schema.name());
        for (final FieldSchema field : schema.fields()) {
            if (field.kind() == Kind.COMPOSITE) {
                addressee(line, field, buffer, block + field.offset());
            } else {
                put(line, schema, field, buffer, block);
            }
        }
        int index = block + schema.blockLength();
        for (final GroupSchema group : schema.groups()) {
            final int count = buffer.getShort(index + Short.BYTES);
            index += GroupSchema.HEADER_LENGTH;
            for (int i = 0; i < count; i++, index += group.blockLength()) {
                line.entry();
                for (final FieldSchema field : group.fields()) {
                    put(line, schema, field, buffer, index);
                }
            }
        }
        return line.toString();
    }

    private void addressee(final Line line, final FieldSchema stamp, final DirectBuffer buffer, final int index) {
        if (stamp.typeName().equals("PublicStamp")) {
            line.with("instrument", publicStamp.wrap(buffer, index).instrumentId());
        } else {
            eventStamp.wrap(buffer, index);
            line.word("session", eventStamp.sessionId() + "#" + eventStamp.sessionSeq());
            line.word("firm", eventStamp.firmId() + "#" + eventStamp.dropCopySeq());
        }
    }

    private void put(
            final Line line,
            final MessageSchema schema,
            final FieldSchema field,
            final DirectBuffer buffer,
            final int block) {
        final boolean silent =
                field.name().startsWith("reserved") || field.name().equals("ruleHash");
        if (silent || field.kind() == Kind.TEXT) {
            return;
        }
        final long value = field.get(buffer, block);
        if (value == field.nullValue()) {
            line.word(field.name(), "-");
        } else if (field.kind() == Kind.ENUM) {
            line.word(field.name(), field.choiceName(value));
        } else if (field.typeName().equals("OrderId") && !schema.name().endsWith("Reject")) {
            line.order(number(value, schema, buffer, block));
        } else {
            line.word(field.name(), Long.toString(value));
        }
    }

    private int number(final long orderId, final MessageSchema schema, final DirectBuffer buffer, final int block) {
        int number = numberOf(orderId);
        if (number < 0) {
            number = ++orders;
            numberById.put(orderId, number);
            idByNumber.put(number, orderId);
        }
        final boolean filled = schema.templateId() == FillDecoder.TEMPLATE_ID
                && schema.field("leavesQuantity").get(buffer, block) == 0;
        if (filled || schema.templateId() == CancelledDecoder.TEMPLATE_ID) {
            numberById.remove(orderId);
            idByNumber.remove(number);
        }
        return number;
    }
}
