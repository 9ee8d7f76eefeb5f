package org.isochron.codecs.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.schema.FieldSchema.Choice;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private final Schema schema = Schema.venue();

    @Test
    void shouldHaveTheIdAndVersionOfTheGeneratedCodecs() {
        assertEquals(MessageHeaderEncoder.SCHEMA_ID, schema.id());
        assertEquals(MessageHeaderEncoder.SCHEMA_VERSION, schema.version());
    }

    @Test
    void shouldFindAMessageByIdAndByName() {
        final MessageSchema order = schema.message(NewOrderDecoder.TEMPLATE_ID);
        assertSame(order, schema.message("NewOrder"));
        assertEquals(NewOrderDecoder.BLOCK_LENGTH, order.blockLength());
        assertNull(schema.message(77));
        assertNull(schema.message("Order"));
    }

    @Test
    void shouldDescribeEveryFieldByTypeKindAndNull() {
        final MessageSchema order = schema.message("NewOrder");
        assertEquals(
                new FieldSchema(
                        "price",
                        "Price",
                        Kind.NUMBER,
                        NewOrderDecoder.priceEncodingOffset(),
                        8,
                        1,
                        true,
                        NewOrderDecoder.priceNullValue(),
                        List.of(),
                        List.of()),
                order.field("price"));
        final FieldSchema side = order.field("side");
        assertEquals(List.of(new Choice("BUY", 1), new Choice("SELL", 2)), side.choices());
        assertEquals(255, side.nullValue());
        final FieldSchema flags = order.field("flags");
        assertEquals(Kind.SET, flags.kind());
        assertEquals("postOnly", flags.choiceName(0));
        assertNull(flags.choiceName(6));
        assertEquals(2, flags.choice("reduceOnly").value());
        final FieldSchema symbol = schema.message("AssetDefine").field("symbol");
        assertEquals(Kind.TEXT, symbol.kind());
        assertEquals(16, symbol.length());
        assertEquals(Kind.BYTES, schema.message("Negotiate").field("signature").kind());
        final FieldSchema stamp = schema.message("OrderAck").field("stamp");
        assertEquals(Kind.COMPOSITE, stamp.kind());
        assertEquals(72, stamp.length());
        assertEquals(66, FieldSchema.named("eventFlags", stamp.members()).offset() - stamp.offset());
    }

    @Test
    void shouldDescribeGroupsAndData() {
        final GroupSchema accounts = schema.message("SessionDefine").groups().get(0);
        assertEquals("accounts", accounts.name());
        assertEquals(SessionDefineDecoder.AccountsDecoder.sbeBlockLength(), accounts.blockLength());
        assertEquals(
                "responseChannel", schema.message("Negotiate").data().get(0).name());
    }

    @Test
    void shouldReadAndWriteNumbersAsTheGeneratedCodecsDo() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[NewOrderEncoder.BLOCK_LENGTH]);
        final NewOrderEncoder encoder = new NewOrderEncoder().wrap(buffer, 0);
        final MessageSchema order = schema.message("NewOrder");
        encoder.seqNum(0xFFFF_FFFEL).price(-5).clOrdId(-2).mmpGroup(0xFFFE).reserved8((short) 0xFE);
        assertEquals(0xFFFF_FFFEL, order.field("seqNum").get(buffer, 0));
        assertEquals(-5, order.field("price").get(buffer, 0));
        assertEquals(-2, order.field("clOrdId").get(buffer, 0));
        assertEquals(0xFFFE, order.field("mmpGroup").get(buffer, 0));
        assertEquals(0xFE, order.field("reserved8").get(buffer, 0));
        order.field("seqNum").put(buffer, 0, 4_000_000_000L);
        order.field("mmpGroup").put(buffer, 0, 60_000);
        final NewOrderDecoder decoder =
                new NewOrderDecoder().wrap(buffer, 0, NewOrderDecoder.BLOCK_LENGTH, NewOrderDecoder.SCHEMA_VERSION);
        assertEquals(4_000_000_000L, decoder.seqNum());
        assertEquals(60_000, decoder.mmpGroup());
    }

    @Test
    void shouldKeepItsConventions() {
        final Set<String> names = new HashSet<>();
        for (final MessageSchema message : schema.messages()) {
            assertTrue(names.add(message.name()), message.name());
            assertFalse(message.description().isBlank(), message.name());
            assertEquals(0, message.blockLength() % 8, message.name() + ": blocks are whole words");
            for (final FieldSchema field : message.fields()) {
                assertEquals(
                        0,
                        field.offset() % Math.min(8, field.size()),
                        message.name() + "." + field.name() + ": fields are aligned");
            }
        }
    }
}
