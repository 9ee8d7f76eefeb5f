package org.isochron.codecs.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.agrona.MutableDirectBuffer;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Choice;

/** Encodes one JSON value as one field. {@code path} is what messages call the field, {@code NewOrder.price}. */
final class ValueParser {
    static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final int HASH_DIGITS = 16;
    /** More than any 64-bit number has; a longer text is not worth a BigInteger. */
    private static final int MAX_DIGITS = 40;

    private final Names names;

    ValueParser(final Names names) {
        this.names = names;
    }

    void put(
            final String path,
            final FieldSchema field,
            final boolean givesId,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int block) {
        switch (field.kind()) {
            case NUMBER -> field.put(buffer, block, number(path, field, givesId, value));
            case ENUM -> field.put(buffer, block, choice(path, field, value));
            case SET -> field.put(buffer, block, bits(path, field, value));
            case TEXT -> {
                buffer.setMemory(block + field.offset(), field.length(), (byte) 0);
                buffer.putStringWithoutLengthAscii(block + field.offset(), ascii(path, value, field.length()));
            }
            case BYTES -> putHex(path, field, value, buffer, block + field.offset());
            default -> throw new IllegalStateException(path + " is a " + field.kind() + ", not a plain value");
        }
    }

    void putMoney(
            final String path,
            final FieldSchema field,
            final int scale,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int block) {
        if (scale == Names.UNKNOWN) {
            throw new MessageFormatException(
                    path + ": " + value + " needs the scale of its asset, and no known asset or instrument is named");
        }
        field.put(buffer, block, decimal(path, field, value, scale));
    }

    /** Text of at most {@code maxLength} printable US-ASCII characters. */
    static String ascii(final String path, final JsonNode value, final int maxLength) {
        final boolean fits = value.isTextual()
                && value.textValue().length() <= maxLength
                && value.textValue().chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (!fits) {
            throw wrong(path, value, "a string of at most " + maxLength + " printable ASCII characters");
        }
        return value.textValue();
    }

    private long number(final String path, final FieldSchema field, final boolean givesId, final JsonNode value) {
        return switch (Notation.of(field)) {
            case PRICE -> decimal(path, field, value, Notation.PRICE_DECIMALS);
            case HASH -> hash(path, field, value);
            case TIME -> time(path, field, value);
            case INSTRUMENT ->
                value.isTextual() && !givesId
                        ? id(path, value, "instrument", names.instrumentId(value.textValue()))
                        : id(path, field, value, givesId);
            case ASSET ->
                value.isTextual() && !givesId
                        ? id(path, value, "asset", names.assetId(value.textValue()))
                        : id(path, field, value, givesId);
            case INTEGER -> integer(path, field, value, "an integer, as digits or as a number");
            case MONEY -> throw new IllegalStateException(path + " needs a scale");
        };
    }

    private static long id(final String path, final JsonNode value, final String what, final long id) {
        if (id == Names.UNKNOWN) {
            throw new MessageFormatException(path + ": no " + what + " " + value + " is known here");
        }
        return id;
    }

    private static long id(final String path, final FieldSchema field, final JsonNode value, final boolean givesId) {
        return integer(path, field, value, givesId ? "the number to give it" : "a symbol, or the id as a number");
    }

    private static long decimal(final String path, final FieldSchema field, final JsonNode value, final int decimals) {
        if (!value.isTextual()) {
            throw wrong(path, value, "a decimal string such as \"61800.3\"");
        }
        final long number;
        try {
            number = FixedPoint.parse(value.textValue(), decimals);
        } catch (final NumberFormatException e) {
            throw new MessageFormatException(path + ": " + e.getMessage());
        }
        if (number == field.nullValue()) {
            throw wrong(path, value, "another number (this one stands for null: leave the field out)");
        }
        return number;
    }

    private static long hash(final String path, final FieldSchema field, final JsonNode value) {
        if (!value.isTextual()) {
            return integer(path, field, value, HASH_DIGITS + " hex digits, or a number");
        }
        final String text = value.textValue();
        if (text.length() != HASH_DIGITS || !text.chars().allMatch(ValueParser::isHexDigit)) {
            throw wrong(path, value, HASH_DIGITS + " hex digits, or a number");
        }
        return inRange(path, field, value, new BigInteger(text, 16));
    }

    private static long time(final String path, final FieldSchema field, final JsonNode value) {
        final String expected = "nanoseconds since 1970 as digits, or a time such as \"2026-01-05T14:30:00.25Z\"";
        if (!value.isTextual() || value.textValue().indexOf('T') < 0) {
            return integer(path, field, value, expected);
        }
        try {
            final Instant instant = Instant.parse(value.textValue());
            return inRange(
                    path,
                    field,
                    value,
                    BigInteger.valueOf(instant.getEpochSecond())
                            .multiply(NANOS_PER_SECOND)
                            .add(BigInteger.valueOf(instant.getNano())));
        } catch (final DateTimeException e) {
            throw wrong(path, value, expected);
        }
    }

    private static long integer(
            final String path, final FieldSchema field, final JsonNode value, final String expected) {
        if (value.isIntegralNumber()) {
            return inRange(path, field, value, value.bigIntegerValue());
        }
        if (!value.isTextual() || !isInteger(value.textValue())) {
            throw wrong(path, value, expected);
        }
        return inRange(path, field, value, new BigInteger(value.textValue()));
    }

    private static boolean isInteger(final String text) {
        final int first = text.startsWith("-") ? 1 : 0;
        return text.length() > first
                && text.length() <= MAX_DIGITS
                && text.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
    }

    /** The schema's null stands for no value, so it is not among the values. */
    private static long inRange(
            final String path, final FieldSchema field, final JsonNode value, final BigInteger number) {
        final int bits = 8 * field.size();
        final BigInteger span = BigInteger.ONE.shiftLeft(field.signed() ? bits - 1 : bits);
        final BigInteger lowest = field.signed() ? span.negate().add(BigInteger.ONE) : BigInteger.ZERO;
        final BigInteger highest = span.subtract(field.signed() ? BigInteger.ONE : BigInteger.TWO);
        if (number.compareTo(lowest) < 0 || number.compareTo(highest) > 0) {
            throw new MessageFormatException(
                    path + ": " + value + " is out of range, " + lowest + " to " + highest + " is possible");
        }
        return number.longValue();
    }

    private static long choice(final String path, final FieldSchema field, final JsonNode value) {
        final Choice choice = value.isTextual() ? field.choice(value.textValue()) : null;
        if (choice == null) {
            throw wrong(path, value, "one of " + choices(field));
        }
        return choice.value();
    }

    private static long bits(final String path, final FieldSchema field, final JsonNode value) {
        if (!value.isArray()) {
            throw wrong(path, value, "an array of " + choices(field));
        }
        long bits = 0;
        for (final JsonNode element : value) {
            bits |= 1L << choice(path, field, element);
        }
        return bits;
    }

    private static void putHex(
            final String path,
            final FieldSchema field,
            final JsonNode value,
            final MutableDirectBuffer buffer,
            final int index) {
        final int digits = 2 * field.length();
        final boolean fits = value.isTextual()
                && value.textValue().length() == digits
                && value.textValue().chars().allMatch(ValueParser::isHexDigit);
        if (!fits) {
            throw wrong(path, value, digits + " hex digits");
        }
        for (int i = 0; i < field.length(); i++) {
            buffer.putByte(index + i, (byte) Integer.parseInt(value.textValue(), 2 * i, 2 * i + 2, 16));
        }
    }

    private static boolean isHexDigit(final int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static String choices(final FieldSchema field) {
        return field.choices().stream().map(Choice::name).collect(Collectors.joining(", "));
    }

    private static MessageFormatException wrong(final String path, final JsonNode value, final String expected) {
        return new MessageFormatException(path + ": " + value + " where " + expected + " is needed");
    }
}
