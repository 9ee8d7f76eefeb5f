package org.isochron.codecs.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.List;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.schema.DataSchema;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;

/** Encodes random sound messages: any value a field may hold, its null and its extremes more often than by chance. */
final class RandomMessage {
    private final Random random;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    RandomMessage(final Random random) {
        this.random = random;
    }

    int encode(final MessageSchema message, final MutableDirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset)
                .blockLength(message.blockLength())
                .templateId(message.templateId())
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        int index = offset + MessageHeaderEncoder.ENCODED_LENGTH;
        buffer.setMemory(index, message.blockLength(), (byte) 0);
        fill(message.fields(), buffer, index);
        index += message.blockLength();
        for (final GroupSchema group : message.groups()) {
            final int count = random.nextInt(4) == 0 ? group.maxCount() : random.nextInt(4);
            buffer.putShort(index, (short) group.blockLength(), LITTLE_ENDIAN);
            buffer.putShort(index + 2, (short) count, LITTLE_ENDIAN);
            index += GroupSchema.HEADER_LENGTH;
            for (int i = 0; i < count; i++) {
                fill(group.fields(), buffer, index);
                index += group.blockLength();
            }
        }
        for (final DataSchema data : message.data()) {
            final int length = random.nextInt(data.maxLength() + 1);
            buffer.putShort(index, (short) length, LITTLE_ENDIAN);
            putText(buffer, index + DataSchema.HEADER_LENGTH, length);
            index += DataSchema.HEADER_LENGTH + length;
        }
        return index - offset;
    }

    private void fill(final List<FieldSchema> fields, final MutableDirectBuffer buffer, final int block) {
        for (final FieldSchema field : fields) {
            final int index = block + field.offset();
            if (Notation.isReserved(field)) {
                buffer.setMemory(index, field.length(), (byte) 0);
                continue;
            }
            switch (field.kind()) {
                case NUMBER -> field.put(buffer, block, number(field));
                case ENUM ->
                    field.put(
                            buffer,
                            block,
                            random.nextInt(4) == 0
                                    ? field.nullValue()
                                    : field.choices()
                                            .get(random.nextInt(field.choices().size()))
                                            .value());
                case SET ->
                    field.put(buffer, block, random.nextInt(1 << field.choices().size()));
                case TEXT -> {
                    buffer.setMemory(index, field.length(), (byte) 0);
                    putText(buffer, index, random.nextInt(field.length() + 1));
                }
                case BYTES -> {
                    for (int i = 0; i < field.length(); i++) {
                        buffer.putByte(index + i, (byte) random.nextInt());
                    }
                }
                case COMPOSITE -> fill(field.members(), buffer, index);
            }
        }
    }

    private long number(final FieldSchema field) {
        final boolean mayBeNull = Notation.of(field) != Notation.ASSET && Notation.of(field) != Notation.INSTRUMENT;
        final int bits = 8 * field.size();
        final long extreme = field.signed() ? Long.MAX_VALUE >>> Long.SIZE - bits : -1L >>> Long.SIZE - bits;
        return switch (random.nextInt(8)) {
            case 0 -> mayBeNull ? field.nullValue() : 1;
            case 1 -> 0;
            case 2 -> field.signed() ? extreme : extreme - 1;
            case 3 -> field.signed() ? -extreme : 1;
            default -> {
                final long any = random.nextLong() >>> random.nextInt(Long.SIZE) & extreme;
                yield any == field.nullValue() ? 2 : field.signed() && random.nextBoolean() ? -any : any;
            }
        };
    }

    /** Printable, blanks, quotes and backslashes included. */
    private void putText(final MutableDirectBuffer buffer, final int index, final int length) {
        for (int i = 0; i < length; i++) {
            buffer.putByte(index + i, (byte) (' ' + random.nextInt(0x7F - ' ')));
        }
    }
}
