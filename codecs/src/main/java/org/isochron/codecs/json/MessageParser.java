package org.isochron.codecs.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.schema.DataSchema;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;

/**
 * Encodes JSON in the notation of this package as SBE messages: the way back from {@link MessagePrinter}. Beyond what is
 * printed it reads ids as numbers, integers of any size as digits or as JSON integers, and times in ISO-8601. A JSON null
 * counts as left out. What was printed as a plain number for want of an asset's scale is refused: whether it means quanta
 * or units would be a guess.
 */
public final class MessageParser {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ValueParser values;
    private final Names names;

    public MessageParser(final Names names) {
        this.names = names;
        this.values = new ValueParser(names);
    }

    /**
     * Encodes an object of one member, {@code {"NewOrder":{..}}}.
     *
     * @return length of the message at {@code offset}, header included.
     * @throws MessageFormatException when it is not exactly one message of the schema; the buffer's content is then
     *     undefined.
     */
    public int encode(final JsonNode message, final MutableDirectBuffer buffer, final int offset) {
        if (!message.isObject() || message.size() != 1) {
            throw new MessageFormatException(
                    "an object with one member, the message, is needed: {\"NewOrder\":{..}}, not " + message);
        }
        final String name = message.fieldNames().next();
        return encode(name, message.get(name), buffer, offset);
    }

    /**
     * Encodes the message of that name.
     *
     * @param fields an object; what it leaves out becomes null.
     * @return length of the message at {@code offset}, header included.
     * @throws MessageFormatException when the schema has no such message, or the message no such field or value; the
     *     buffer's content is then undefined.
     */
    public int encode(final String name, final JsonNode fields, final MutableDirectBuffer buffer, final int offset) {
        final MessageSchema message = Schema.venue().message(name);
        if (message == null) {
            throw new MessageFormatException("there is no message \"" + name + "\", there are "
                    + Schema.venue().messages().stream()
                            .map(MessageSchema::name)
                            .collect(Collectors.joining(", ")));
        }
        checkMembers(name, fields, memberNames(message));
        header.wrap(buffer, offset)
                .blockLength(message.blockLength())
                .templateId(message.templateId())
                .schemaId(Schema.venue().id())
                .version(Schema.venue().version());
        final int block = offset + MessageShape.HEADER_LENGTH;
        buffer.setMemory(block, message.blockLength(), (byte) 0);
        encodeFields(name, message.fields(), fields, buffer, block, Names.UNKNOWN);
        final int scale = Notation.moneyScale(message.fields(), buffer, block, names);
        int index = block + message.blockLength();
        for (final GroupSchema group : message.groups()) {
            index = encodeGroup(name + "." + group.name(), group, fields.get(group.name()), buffer, index, scale);
        }
        for (final DataSchema data : message.data()) {
            index = encodeData(name + "." + data.name(), data, fields.get(data.name()), buffer, index);
        }
        return index - offset;
    }

    private void encodeFields(
            final String path,
            final List<FieldSchema> fields,
            final JsonNode object,
            final MutableDirectBuffer buffer,
            final int block,
            final int outerScale) {
        for (final FieldSchema field : fields) {
            final JsonNode value = object.get(field.name());
            if (field.kind() == Kind.COMPOSITE) {
                encodeComposite(path + "." + field.name(), field, value, buffer, block + field.offset());
            } else if (isAbsent(value) || Notation.isReserved(field)) {
                putNull(field, buffer, block);
            } else if (Notation.of(field) != Notation.MONEY) {
                values.put(path + "." + field.name(), field, Notation.givesId(field, fields), value, buffer, block);
            }
        }
        // Money last: its scale is that of an asset some other field names, in a group also one outside it.
        for (final FieldSchema field : fields) {
            final JsonNode value = object.get(field.name());
            if (Notation.of(field) == Notation.MONEY && !isAbsent(value)) {
                final int own = Notation.moneyScale(fields, buffer, block, names);
                final int scale = own == Names.UNKNOWN ? outerScale : own;
                values.putMoney(path + "." + field.name(), field, scale, value, buffer, block);
            }
        }
    }

    private void encodeComposite(
            final String path,
            final FieldSchema composite,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int index) {
        final JsonNode object = isAbsent(value) ? ValueParser.EMPTY : value;
        checkMembers(path, object, shown(composite.members()));
        encodeFields(path, composite.members(), object, buffer, index, Names.UNKNOWN);
    }

    private int encodeGroup(
            final String path,
            final GroupSchema group,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int index,
            final int scale) {
        final boolean absent = isAbsent(value);
        if (!absent && (!value.isArray() || value.size() > group.maxCount())) {
            throw new MessageFormatException(path + ": "
                    + (value.isArray() ? value.size() + " entries" : value.toString()) + ", an array of at most "
                    + group.maxCount() + " objects is needed");
        }
        final int count = absent ? 0 : value.size();
        buffer.putShort(index, (short) group.blockLength(), LITTLE_ENDIAN);
        buffer.putShort(index + Short.BYTES, (short) count, LITTLE_ENDIAN);
        int entry = index + GroupSchema.HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            final String entryPath = path + "[" + i + "]";
            checkMembers(entryPath, value.get(i), shown(group.fields()));
            buffer.setMemory(entry, group.blockLength(), (byte) 0);
            encodeFields(entryPath, group.fields(), value.get(i), buffer, entry, scale);
            entry += group.blockLength();
        }
        return entry;
    }

    private static int encodeData(
            final String path,
            final DataSchema data,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int index) {
        final String text = isAbsent(value) ? "" : ValueParser.ascii(path, value, data.maxLength());
        buffer.putShort(index, (short) text.length(), LITTLE_ENDIAN);
        buffer.putStringWithoutLengthAscii(index + DataSchema.HEADER_LENGTH, text);
        return index + DataSchema.HEADER_LENGTH + text.length();
    }

    private static void putNull(final FieldSchema field, final MutableDirectBuffer buffer, final int block) {
        if (Notation.isReserved(field) || field.kind() == Kind.SET) {
            buffer.setMemory(block + field.offset(), field.length(), (byte) 0);
        } else if (field.count() > 1) {
            buffer.setMemory(block + field.offset(), field.length(), (byte) field.nullValue());
        } else {
            field.put(buffer, block, field.nullValue());
        }
    }

    private static boolean isAbsent(final JsonNode value) {
        return value == null || value.isNull();
    }

    private static void checkMembers(final String path, final JsonNode object, final List<String> known) {
        if (object == null || !object.isObject()) {
            throw new MessageFormatException(path + ": " + object + ", an object of fields is needed");
        }
        for (final Iterator<String> members = object.fieldNames(); members.hasNext(); ) {
            final String member = members.next();
            if (!known.contains(member)) {
                throw new MessageFormatException(
                        path + " has no field \"" + member + "\", it has " + String.join(", ", known));
            }
        }
    }

    private static List<String> memberNames(final MessageSchema message) {
        final List<String> known = new ArrayList<>(shown(message.fields()));
        message.groups().forEach(group -> known.add(group.name()));
        message.data().forEach(data -> known.add(data.name()));
        return known;
    }

    private static List<String> shown(final List<FieldSchema> fields) {
        return fields.stream()
                .filter(field -> !Notation.isReserved(field))
                .map(FieldSchema::name)
                .toList();
    }
}
