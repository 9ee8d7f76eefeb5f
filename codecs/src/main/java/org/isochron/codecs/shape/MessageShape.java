package org.isochron.codecs.shape;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.schema.DataSchema;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Choice;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;

/**
 * Tells whether bytes that claim to be a message can be decoded safely: every length inside what arrived, nothing left
 * over, every enum a value the schema knows or its null. What the values mean is for the core to judge. The contents of
 * sets, texts and reserved fields are values too, and not looked at here.
 *
 * <p>The shapes are laid out once, from the schema, when the class is loaded; a check reads flat arrays and allocates
 * nothing.
 */
public final class MessageShape {
    /** Sound. Every other result of {@link #check} is the value of a {@link RejectCode}. */
    public static final int SOUND = 0;

    /** Bytes of the SBE header in front of every message. */
    public static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int UNKNOWN_TEMPLATE = RejectCode.UNKNOWN_TEMPLATE.value();
    private static final int SCHEMA_VERSION = RejectCode.SCHEMA_VERSION.value();
    private static final int MALFORMED = RejectCode.MALFORMED.value();
    private static final int OVERSIZED = RejectCode.OVERSIZED.value();

    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;
    private static final int COUNT_OFFSET = 2;

    private static final MessageShape[] BY_TEMPLATE_ID = shapes();

    private final int blockLength;
    private final int[] enumOffsets;
    private final int[] enumSizes;
    private final long[] enumValues;
    private final int[] groupBlockLengths;
    private final int[] groupCaps;
    private final int[] dataCaps;

    private MessageShape(final MessageSchema message) {
        if (SessionMessage.isNumbered(message.templateId())
                && message.groups().stream()
                        .flatMap(group -> group.fields().stream())
                        .anyMatch(field -> field.kind() == Kind.ENUM)) {
            throw new IllegalStateException(message.name() + ": an enum inside a group would not be looked at");
        }
        final FieldSchema[] enums = message.fields().stream()
                .filter(field -> field.kind() == Kind.ENUM)
                .toArray(FieldSchema[]::new);
        blockLength = message.blockLength();
        enumOffsets = new int[enums.length];
        enumSizes = new int[enums.length];
        enumValues = new long[enums.length];
        for (int i = 0; i < enums.length; i++) {
            enumOffsets[i] = enums[i].offset();
            enumSizes[i] = enums[i].size();
            enumValues[i] = bitmap(enums[i]);
        }
        groupBlockLengths =
                message.groups().stream().mapToInt(GroupSchema::blockLength).toArray();
        groupCaps = message.groups().stream().mapToInt(GroupSchema::maxCount).toArray();
        dataCaps = message.data().stream().mapToInt(DataSchema::maxLength).toArray();
    }

    /**
     * Checks one message, header first.
     *
     * @param length bytes that arrived from {@code offset}: the message must fill them exactly.
     * @return {@link #SOUND}, or the value of OVERSIZED (longer than a frame can carry), MALFORMED (lengths, counts or
     *     enums), SCHEMA_VERSION (another schema, or a version this build does not speak) or UNKNOWN_TEMPLATE.
     */
    public static int check(final DirectBuffer buffer, final int offset, final int length) {
        if (length > Frame.MAX_PAYLOAD_LENGTH) {
            return OVERSIZED;
        }
        if (length < HEADER_LENGTH) {
            return MALFORMED;
        }
        if (u16(buffer, offset + SCHEMA_ID_OFFSET) != MessageHeaderDecoder.SCHEMA_ID
                || u16(buffer, offset + VERSION_OFFSET) != MessageHeaderDecoder.SCHEMA_VERSION) {
            return SCHEMA_VERSION;
        }
        final int templateId = templateId(buffer, offset);
        final MessageShape shape = templateId < BY_TEMPLATE_ID.length ? BY_TEMPLATE_ID[templateId] : null;
        if (shape == null) {
            return UNKNOWN_TEMPLATE;
        }
        return shape.fits(buffer, offset, length) ? SOUND : MALFORMED;
    }

    /** Template id of the message at {@code offset}, of which at least {@link #HEADER_LENGTH} bytes must be there. */
    public static int templateId(final DirectBuffer buffer, final int offset) {
        return u16(buffer, offset + TEMPLATE_ID_OFFSET);
    }

    /** Template id of the message that a frame carries, 0 when it is too short for one. */
    public static int templateId(final Frame frame) {
        return frame.payloadLength() < HEADER_LENGTH ? 0 : templateId(frame.buffer(), frame.payloadOffset());
    }

    /**
     * Whether a frame carries that message, its block in full: what a decoder of this build reads of it is there.
     *
     * @param frameType who may send it, see {@link org.isochron.codecs.frame.FrameType}.
     */
    public static boolean isCarriedBy(
            final Frame frame, final int frameType, final int templateId, final int blockLength) {
        return frame.frameType() == frameType
                && frame.payloadLength() >= HEADER_LENGTH + blockLength
                && templateId(frame) == templateId;
    }

    /** Whether the schema has a message of that id. */
    public static boolean isKnown(final int templateId) {
        return templateId >= 0 && templateId < BY_TEMPLATE_ID.length && BY_TEMPLATE_ID[templateId] != null;
    }

    private boolean fits(final DirectBuffer buffer, final int offset, final int length) {
        final int block = offset + HEADER_LENGTH;
        final int end = offset + length;
        if (u16(buffer, offset) != blockLength || block + blockLength > end || !hasValidEnums(buffer, block)) {
            return false;
        }
        int index = block + blockLength;
        for (int i = 0; i < groupCaps.length; i++) {
            if (index + GroupSchema.HEADER_LENGTH > end || u16(buffer, index) != groupBlockLengths[i]) {
                return false;
            }
            final int count = u16(buffer, index + COUNT_OFFSET);
            if (count > groupCaps[i]) {
                return false;
            }
            index += GroupSchema.HEADER_LENGTH + count * groupBlockLengths[i];
        }
        for (int i = 0; i < dataCaps.length; i++) {
            if (index + DataSchema.HEADER_LENGTH > end) {
                return false;
            }
            final int bytes = u16(buffer, index);
            if (bytes > dataCaps[i]) {
                return false;
            }
            index += DataSchema.HEADER_LENGTH + bytes;
        }
        return index == end;
    }

    private boolean hasValidEnums(final DirectBuffer buffer, final int block) {
        for (int i = 0; i < enumOffsets.length; i++) {
            final int index = block + enumOffsets[i];
            final boolean wide = enumSizes[i] == Short.BYTES;
            final int value = wide ? u16(buffer, index) : buffer.getByte(index) & 0xFF;
            final int nullValue = wide ? 0xFFFF : 0xFF;
            if (value != nullValue && (value >= Long.SIZE || (enumValues[i] >>> value & 1) == 0)) {
                return false;
            }
        }
        return true;
    }

    private static int u16(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static MessageShape[] shapes() {
        int highest = 0;
        for (final MessageSchema message : Schema.venue().messages()) {
            highest = Math.max(highest, message.templateId());
        }
        final MessageShape[] shapes = new MessageShape[highest + 1];
        for (final MessageSchema message : Schema.venue().messages()) {
            shapes[message.templateId()] = new MessageShape(message);
        }
        return shapes;
    }

    /** Bit n is set when n is a value of the enum. */
    private static long bitmap(final FieldSchema field) {
        final boolean defaultNull = field.nullValue() == (1L << 8 * field.size()) - 1;
        if (field.size() > Short.BYTES || !defaultNull) {
            throw new IllegalStateException(field + ": only enums of one or two bytes with the default null are read");
        }
        long values = 0;
        for (final Choice choice : field.choices()) {
            if (choice.value() < 0 || choice.value() >= Long.SIZE) {
                throw new IllegalStateException(field.name() + "." + choice.name() + " is " + choice.value()
                        + ": a bitmap of " + Long.SIZE + " holds the values of an enum");
            }
            values |= 1L << choice.value();
        }
        return values;
    }
}
