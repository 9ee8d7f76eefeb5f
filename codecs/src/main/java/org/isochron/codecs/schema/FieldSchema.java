package org.isochron.codecs.schema;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One field.
 *
 * @param name      as in the schema.
 * @param typeName  name of its type, which carries its unit: {@code Price}, {@code TimeNs}, {@code Side}.
 * @param kind      what it holds.
 * @param offset    bytes from the start of the block (of the message, group entry or composite).
 * @param size      bytes of one element: 1, 2, 4 or 8; of a composite, all its bytes.
 * @param count     elements; more than 1 for TEXT and BYTES only.
 * @param signed    whether its numbers are signed.
 * @param nullValue value that says "no value", of one element; 0 for sets and composites, which have none.
 * @param choices   names of an enum's values or of a set's bits, else empty.
 * @param members   fields of a composite, else empty.
 */
public record FieldSchema(
        String name,
        String typeName,
        Kind kind,
        int offset,
        int size,
        int count,
        boolean signed,
        long nullValue,
        List<Choice> choices,
        List<FieldSchema> members) {

    /** What a field holds. */
    public enum Kind {
        /** One integer. */
        NUMBER,
        /** One integer that has names. */
        ENUM,
        /** Bits that have names. */
        SET,
        /** US-ASCII characters, zero padded. */
        TEXT,
        /** Bytes. */
        BYTES,
        /** Fields of its own. */
        COMPOSITE
    }

    /**
     * A value of an enum or a bit of a set.
     *
     * @param name  as in the schema.
     * @param value the value, or the bit's number from 0.
     */
    public record Choice(String name, int value) {}

    /** Bytes of the whole field. */
    public int length() {
        return size * count;
    }

    /** Name of an enum's value or of a set's bit; null when it has none. */
    public String choiceName(final long value) {
        for (final Choice choice : choices) {
            if (choice.value() == value) {
                return choice.name();
            }
        }
        return null;
    }

    /** Null when there is none. */
    public Choice choice(final String choiceName) {
        for (final Choice choice : choices) {
            if (choice.name().equals(choiceName)) {
                return choice;
            }
        }
        return null;
    }

    /** The number of a NUMBER, ENUM or SET in the block at {@code block}; an unsigned 64-bit one as its bits. */
    public long get(final DirectBuffer buffer, final int block) {
        final int index = block + offset;
        final long bits = switch (size) {
            case 1 -> buffer.getByte(index);
            case 2 -> buffer.getShort(index, LITTLE_ENDIAN);
            case 4 -> buffer.getInt(index, LITTLE_ENDIAN);
            case 8 -> buffer.getLong(index, LITTLE_ENDIAN);
            default -> throw new IllegalStateException(name + " has " + size + " bytes: not a number");
        };
        return signed || size == 8 ? bits : bits & (1L << 8 * size) - 1;
    }

    /** Writes the number of a NUMBER, ENUM or SET; what does not fit its size is cut off. */
    public void put(final MutableDirectBuffer buffer, final int block, final long value) {
        final int index = block + offset;
        switch (size) {
            case 1 -> buffer.putByte(index, (byte) value);
            case 2 -> buffer.putShort(index, (short) value, LITTLE_ENDIAN);
            case 4 -> buffer.putInt(index, (int) value, LITTLE_ENDIAN);
            case 8 -> buffer.putLong(index, value, LITTLE_ENDIAN);
            default -> throw new IllegalStateException(name + " has " + size + " bytes: not a number");
        }
    }

    /** The one of that name, or null. */
    public static FieldSchema named(final String fieldName, final List<FieldSchema> fields) {
        for (final FieldSchema field : fields) {
            if (field.name().equals(fieldName)) {
                return field;
            }
        }
        return null;
    }
}
