package org.isochron.codecs.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.MessageShape;
import org.junit.jupiter.api.Test;

class MessageRoundTripTest {
    private static final int MESSAGES_OF_EACH = 300;

    /** Another seed may be given with -Disochron.seed. */
    private final long seed = Long.getLong("isochron.seed", 71_000_005L);

    private final ObjectMapper mapper = new ObjectMapper();
    private final RandomMessage random = new RandomMessage(new Random(seed));

    @Test
    void shouldReadEveryMessageBackToTheSameBytes() throws Exception {
        for (final MessageSchema message : Schema.venue().messages()) {
            for (int i = 0; i < MESSAGES_OF_EACH; i++) {
                assertRoundTrip(message, new EveryName());
            }
        }
    }

    @Test
    void shouldReadMessagesWithoutMoneyBackWhenNoNameIsKnown() throws Exception {
        for (final MessageSchema message : Schema.venue().messages()) {
            if (message.fields().stream().noneMatch(field -> Notation.of(field) == Notation.MONEY)) {
                for (int i = 0; i < MESSAGES_OF_EACH; i++) {
                    assertRoundTrip(message, Names.NONE);
                }
            }
        }
    }

    @Test
    void shouldShowEveryFieldThatIsNotReserved() throws Exception {
        final MessagePrinter printer = new MessagePrinter(new EveryName(), true);
        for (final MessageSchema message : Schema.venue().messages()) {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
            final int length = random.encode(message, buffer, 0);
            for (final FieldSchema field : message.fields()) {
                switch (field.kind()) {
                    case NUMBER -> field.put(buffer, MessageShape.HEADER_LENGTH, 1);
                    case ENUM ->
                        field.put(
                                buffer,
                                MessageShape.HEADER_LENGTH,
                                field.choices().get(0).value());
                    case TEXT -> buffer.putByte(MessageShape.HEADER_LENGTH + field.offset(), (byte) 'x');
                    default -> {
                        // shown whatever it holds
                    }
                }
            }
            final JsonNode fields =
                    mapper.readTree(printer.print(buffer, 0, length)).get(message.name());
            for (final FieldSchema field : message.fields()) {
                assertEquals(
                        !field.name().startsWith("reserved"),
                        fields.has(field.name()),
                        message.name() + "." + field.name());
            }
        }
    }

    private void assertRoundTrip(final MessageSchema message, final Names names) throws Exception {
        final byte[] sent = new byte[2048];
        final int offset = 16;
        final int length = random.encode(message, new UnsafeBuffer(sent), offset);
        final String what = message.name() + ", seed " + seed;
        assertEquals(MessageShape.SOUND, MessageShape.check(new UnsafeBuffer(sent), offset, length), what);

        final MessagePrinter printer = new MessagePrinter(names, true);
        final String text = printer.print(new UnsafeBuffer(sent), offset, length);
        final byte[] read = new byte[2048];
        Arrays.fill(read, (byte) 0x55);
        final int readLength = new MessageParser(names).encode(mapper.readTree(text), new UnsafeBuffer(read), offset);

        assertEquals(length, readLength, what + "\n" + text);
        assertArrayEquals(
                Arrays.copyOfRange(sent, offset, offset + length),
                Arrays.copyOfRange(read, offset, offset + length),
                what + "\n" + text);
        assertEquals(text, printer.print(new UnsafeBuffer(read), offset, readLength), what);
    }

    /** Knows every id: instrument 7 is I7, asset 7 is A7 with 7 % 10 decimals. */
    private static final class EveryName implements Names {
        @Override
        public String instrumentSymbol(final long instrumentId) {
            return "I" + instrumentId;
        }

        @Override
        public String assetSymbol(final long assetId) {
            return "A" + assetId;
        }

        @Override
        public int assetScale(final long assetId) {
            return (int) (assetId % 10);
        }

        @Override
        public long settleAssetId(final long instrumentId) {
            return instrumentId % 1000;
        }

        @Override
        public long instrumentId(final String symbol) {
            return Long.parseLong(symbol.substring(1));
        }

        @Override
        public long assetId(final String symbol) {
            return Long.parseLong(symbol.substring(1));
        }
    }
}
