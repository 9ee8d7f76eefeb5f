package org.isochron.matcher.twin;

/** One event as text, field by field in the order of the schema; {@code -} stands for null. */
final class Line {
    /** Null of a signed 64-bit field. */
    static final long NONE = Long.MIN_VALUE;
    /** Null of an unsigned 64-bit field. */
    static final long NO_ID = -1;
    /** Null of an unsigned 32-bit field. */
    static final long NO_U32 = 0xFFFF_FFFFL;
    /** Null of an unsigned 16-bit field. */
    static final int NO_U16 = 0xFFFF;

    private final StringBuilder text = new StringBuilder(256);

    Line(final String name) {
        text.append(name);
    }

    /** A signed number, or null as {@link #NONE}. */
    Line with(final String field, final long value) {
        return put(field, value, NONE);
    }

    /** An unsigned 64-bit number, or null as {@link #NO_ID}. */
    Line id(final String field, final long value) {
        return put(field, value, NO_ID);
    }

    /** An unsigned 32-bit number, or null as {@link #NO_U32}. */
    Line u32(final String field, final long value) {
        return put(field, value, NO_U32);
    }

    /** An unsigned 16-bit number, or null as {@link #NO_U16}. */
    Line u16(final String field, final int value) {
        return put(field, value, NO_U16);
    }

    /** A name of an enum, or null. */
    Line with(final String field, final Enum<?> value) {
        return word(field, value == null ? "-" : value.name());
    }

    /** An order by its number, which both sides give it when they first speak of it. */
    Line order(final int number) {
        return word("orderId", "~" + number);
    }

    Line word(final String field, final String value) {
        text.append(' ').append(field).append('=').append(value);
        return this;
    }

    /** The fields of another line behind those of this one. */
    Line append(final Line more) {
        text.append(more.text);
        return this;
    }

    /** Starts an entry of a repeating group. */
    Line entry() {
        text.append(" |");
        return this;
    }

    private Line put(final String field, final long value, final long nullValue) {
        text.append(' ').append(field).append('=');
        if (value == nullValue) {
            text.append('-');
        } else {
            text.append(value);
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
