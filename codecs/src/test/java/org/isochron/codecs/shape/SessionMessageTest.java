package org.isochron.codecs.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.junit.jupiter.api.Test;

class SessionMessageTest {
    private static final int OFFSET = 8;
    private static final int BLOCK = OFFSET + MessageShape.HEADER_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);

    @Test
    void shouldReadSeqNumOfEveryNumberedMessageWhereItsSchemaPutsIt() {
        for (final MessageSchema message : Schema.venue().messages()) {
            if (SessionMessage.isNumbered(message.templateId())) {
                put(message, "seqNum", 0xFFFF_FFFEL);
                assertEquals(0xFFFF_FFFEL, SessionMessage.seqNum(buffer, OFFSET), message.name());
            }
        }
    }

    @Test
    void shouldReadAccountAndClOrdIdOfEveryOrderEntryMessageWhereItsSchemaPutsThem() {
        for (final MessageSchema message : Schema.venue().messages()) {
            if (SessionMessage.hasAccountId(message.templateId())) {
                put(message, "accountId", 4_000_000_001L);
                assertEquals(4_000_000_001L, SessionMessage.accountId(buffer, OFFSET), message.name());
            }
            if (SessionMessage.hasClOrdId(message.templateId())) {
                put(message, "clOrdId", -2L);
                assertEquals(-2L, SessionMessage.clOrdId(buffer, OFFSET), message.name());
            }
        }
    }

    @Test
    void shouldKnowWhichMessagesOfSessionsHaveAClOrdId() {
        for (final MessageSchema message : Schema.venue().messages()) {
            if (SessionMessage.isNumbered(message.templateId())) {
                assertEquals(
                        message.field("clOrdId") != null,
                        SessionMessage.hasClOrdId(message.templateId()),
                        message.name());
            }
        }
    }

    private void put(final MessageSchema message, final String name, final long value) {
        buffer.setMemory(0, buffer.capacity(), (byte) 0x55);
        final FieldSchema field = message.field(name);
        assertNotNull(field, message.name() + "." + name);
        field.put(buffer, BLOCK, value);
    }
}
