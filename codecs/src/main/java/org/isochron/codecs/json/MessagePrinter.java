package org.isochron.codecs.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.schema.DataSchema;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;

/**
 * Prints any message as JSON in the notation of this package. The same bytes and names give the same text, on every
 * machine. Whatever the bytes are, there is no exception: what names do not cover is printed as a plain number, and a
 * message that does not have its schema's shape as {@code "Unreadable":{"code":"MALFORMED","bytes":"0a1b.."}}.
 */
public final class MessagePrinter {
    private final Names names;
    private final boolean withStamp;

    /** Prints messages without their stamps: for callers that print matchSeq, subSeq and time themselves. */
    public MessagePrinter(final Names names) {
        this(names, false);
    }

    /** @param withStamp whether an event's stamp is printed with it, as an object of its own. */
    public MessagePrinter(final Names names, final boolean withStamp) {
        this.names = names;
        this.withStamp = withStamp;
    }

    /** The message as an object of one member: {@code {"OrderAck":{..}}}. */
    public String print(final DirectBuffer buffer, final int offset, final int length) {
        final StringBuilder out = new StringBuilder(512).append('{');
        append(out, buffer, offset, length);
        return out.append('}').toString();
    }

    /**
     * Appends the message as one member of an object: {@code "OrderAck":{..}}.
     *
     * @param offset where its header stands.
     * @param length of the message, header included.
     */
    public void append(final StringBuilder out, final DirectBuffer buffer, final int offset, final int length) {
        final int code = MessageShape.check(buffer, offset, length);
        if (code != MessageShape.SOUND) {
            out.append("\"Unreadable\":{\"code\":\"")
                    .append(RejectCode.get(code))
                    .append("\",\"bytes\":\"");
            appendHex(out, buffer, offset, length);
            out.append("\"}");
            return;
        }
        final MessageSchema message = Schema.venue().message(MessageShape.templateId(buffer, offset));
        final int block = offset + MessageShape.HEADER_LENGTH;
        out.append('"').append(message.name()).append("\":{");
        appendFields(out, message.fields(), buffer, block, Names.UNKNOWN);
        final int scale = Notation.moneyScale(message.fields(), buffer, block, names);
        int index = block + message.blockLength();
        for (final GroupSchema group : message.groups()) {
            index = appendGroup(out, group, buffer, index, scale);
        }
        for (final DataSchema data : message.data()) {
            final int bytes = buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
            appendName(out, data.name());
            appendText(out, buffer, index + DataSchema.HEADER_LENGTH, bytes);
            index += DataSchema.HEADER_LENGTH + bytes;
        }
        out.append('}');
    }

    private int appendGroup(
            final StringBuilder out,
            final GroupSchema group,
            final DirectBuffer buffer,
            final int index,
            final int scale) {
        final int count = buffer.getShort(index + 2, LITTLE_ENDIAN) & 0xFFFF;
        appendName(out, group.name());
        out.append('[');
        int entry = index + GroupSchema.HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "{" : ",{");
            appendFields(out, group.fields(), buffer, entry, scale);
            out.append('}');
            entry += group.blockLength();
        }
        out.append(']');
        return entry;
    }

    private void appendFields(
            final StringBuilder out,
            final List<FieldSchema> fields,
            final DirectBuffer buffer,
            final int block,
            final int outerScale) {
        for (final FieldSchema field : fields) {
            if (isShown(field, buffer, block)) {
                appendName(out, field.name());
                appendValue(out, field, fields, buffer, block, outerScale);
            }
        }
    }

    private boolean isShown(final FieldSchema field, final DirectBuffer buffer, final int block) {
        return !Notation.isReserved(field)
                && switch (field.kind()) {
                    case COMPOSITE -> withStamp;
                    case NUMBER, ENUM -> field.get(buffer, block) != field.nullValue();
                    case SET -> true;
                    case TEXT, BYTES -> !isFilledWith(field, buffer, block);
                };
    }

    private static boolean isFilledWith(final FieldSchema field, final DirectBuffer buffer, final int block) {
        for (int i = 0; i < field.length(); i++) {
            if (buffer.getByte(block + field.offset() + i) != (byte) field.nullValue()) {
                return false;
            }
        }
        return true;
    }

    private void appendValue(
            final StringBuilder out,
            final FieldSchema field,
            final List<FieldSchema> fields,
            final DirectBuffer buffer,
            final int block,
            final int outerScale) {
        final int index = block + field.offset();
        switch (field.kind()) {
            case NUMBER -> appendNumber(out, field, fields, buffer, block, outerScale);
            case ENUM ->
                out.append('"')
                        .append(field.choiceName(field.get(buffer, block)))
                        .append('"');
            case SET -> appendSet(out, field, field.get(buffer, block));
            case TEXT -> appendText(out, buffer, index, textLength(buffer, index, field.length()));
            case BYTES -> {
                out.append('"');
                appendHex(out, buffer, index, field.length());
                out.append('"');
            }
            case COMPOSITE -> {
                out.append('{');
                appendFields(out, field.members(), buffer, index, Names.UNKNOWN);
                out.append('}');
            }
        }
    }

    private void appendNumber(
            final StringBuilder out,
            final FieldSchema field,
            final List<FieldSchema> fields,
            final DirectBuffer buffer,
            final int block,
            final int outerScale) {
        final long value = field.get(buffer, block);
        switch (Notation.of(field)) {
            case PRICE -> appendDecimal(out, value, Notation.PRICE_DECIMALS);
            case MONEY -> {
                final int own = Notation.moneyScale(fields, buffer, block, names);
                final int scale = own == Names.UNKNOWN ? outerScale : own;
                if (scale == Names.UNKNOWN) {
                    out.append(value);
                } else {
                    appendDecimal(out, value, scale);
                }
            }
            case HASH -> {
                out.append('"');
                for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit((int) (value >>> shift) & 0xF, 16));
                }
                out.append('"');
            }
            case INSTRUMENT ->
                appendId(out, value, Notation.givesId(field, fields) ? null : names.instrumentSymbol(value));
            case ASSET -> appendId(out, value, Notation.givesId(field, fields) ? null : names.assetSymbol(value));
            case TIME, INTEGER -> appendInteger(out, field, value);
        }
    }

    private static void appendInteger(final StringBuilder out, final FieldSchema field, final long value) {
        if (field.size() < Long.BYTES) {
            out.append(value);
        } else if (field.signed()) {
            out.append('"').append(value).append('"');
        } else {
            out.append('"').append(Long.toUnsignedString(value)).append('"');
        }
    }

    private static void appendId(final StringBuilder out, final long id, final String symbol) {
        if (symbol == null) {
            out.append(id);
        } else {
            out.append('"');
            for (int i = 0; i < symbol.length(); i++) {
                appendEscaped(out, symbol.charAt(i));
            }
            out.append('"');
        }
    }

    private static void appendDecimal(final StringBuilder out, final long value, final int decimals) {
        out.append('"');
        FixedPoint.append(out, value, decimals).append('"');
    }

    /** Bits without a name are printed as {@code bit9}, so that nothing is hidden. */
    private static void appendSet(final StringBuilder out, final FieldSchema field, final long bits) {
        out.append('[');
        String separator = "";
        for (int bit = 0; bit < 8 * field.size(); bit++) {
            if ((bits >>> bit & 1) != 0) {
                final String name = field.choiceName(bit);
                out.append(separator)
                        .append('"')
                        .append(name != null ? name : "bit" + bit)
                        .append('"');
                separator = ",";
            }
        }
        out.append(']');
    }

    /** Bytes of a zero padded text without its padding. */
    private static int textLength(final DirectBuffer buffer, final int index, final int length) {
        int end = length;
        while (end > 0 && buffer.getByte(index + end - 1) == 0) {
            end--;
        }
        return end;
    }

    private static void appendText(
            final StringBuilder out, final DirectBuffer buffer, final int index, final int length) {
        out.append('"');
        for (int i = 0; i < length; i++) {
            appendEscaped(out, (char) (buffer.getByte(index + i) & 0xFF));
        }
        out.append('"');
    }

    private static void appendEscaped(final StringBuilder out, final char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c >= 0x20 && c < 0x7F) {
            out.append(c);
        } else {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(c >>> shift & 0xF, 16));
            }
        }
    }

    private static void appendHex(
            final StringBuilder out, final DirectBuffer buffer, final int index, final int length) {
        for (int i = 0; i < length; i++) {
            final int b = buffer.getByte(index + i) & 0xFF;
            out.append(Character.forDigit(b >>> 4, 16)).append(Character.forDigit(b & 0xF, 16));
        }
    }

    /** A name with its colon, and a comma before it unless it is the first of its object. */
    private static void appendName(final StringBuilder out, final String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        out.append('"').append(name).append("\":");
    }
}
