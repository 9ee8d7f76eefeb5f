package org.isochron.codecs.shape;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.LiquidationProposalEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NegotiateEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.schema.DataSchema;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.GroupSchema;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.junit.jupiter.api.Test;

class MessageShapeTest {
    private static final int OFFSET = 24;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldAcceptEveryMessageOfTheSchemaInItsShortestForm() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final int length = encodeShortest(message);
            assertEquals(MessageShape.SOUND, check(length), message.name());
            assertTrue(MessageShape.isKnown(message.templateId()));
            assertEquals(message.templateId(), MessageShape.templateId(buffer, OFFSET));
        }
    }

    @Test
    void shouldRefuseEveryMessageThatIsOneByteShorterOrLonger() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final int length = encodeShortest(message);
            assertRefused(RejectCode.MALFORMED, length - 1, message.name());
            assertRefused(RejectCode.MALFORMED, length + 1, message.name());
        }
    }

    @Test
    void shouldRefuseBlockLengthOtherThanTheSchemas() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final int length = encodeShortest(message);
            buffer.putShort(OFFSET, (short) (message.blockLength() - 1), LITTLE_ENDIAN);
            assertRefused(RejectCode.MALFORMED, length - 1, message.name());
            buffer.putShort(OFFSET, (short) (message.blockLength() + 1), LITTLE_ENDIAN);
            assertRefused(RejectCode.MALFORMED, length + 1, message.name());
        }
    }

    @Test
    void shouldAcceptExactlyTheValuesOfAnEnumAndItsNull() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final int length = encodeShortest(message);
            for (final FieldSchema field : message.fields()) {
                if (field.kind() == Kind.ENUM) {
                    final int values = 1 << 8 * field.size();
                    for (int value = 0; value < values; value++) {
                        field.put(buffer, OFFSET + HEADER, value);
                        final boolean known = value == field.nullValue() || field.choiceName(value) != null;
                        final int expected = known ? MessageShape.SOUND : RejectCode.MALFORMED.value();
                        assertEquals(expected, check(length), message.name() + "." + field.name() + " = " + value);
                    }
                    field.put(buffer, OFFSET + HEADER, field.nullValue());
                }
            }
        }
    }

    @Test
    void shouldKnowTheEnumsAsTheGeneratedCodecsDo() {
        encodeNewOrder();
        for (final Side side : Side.values()) {
            header.wrap(buffer, OFFSET);
            new NewOrderEncoder().wrap(buffer, OFFSET + HEADER).side(side);
            assertEquals(MessageShape.SOUND, check(HEADER + NewOrderEncoder.BLOCK_LENGTH));
        }
    }

    @Test
    void shouldRefuseAnotherSchemaAndANewerVersion() {
        final int length = encodeNewOrder();
        header.wrap(buffer, OFFSET).schemaId(72);
        assertRefused(RejectCode.SCHEMA_VERSION, length, "schema id");
        header.schemaId(MessageHeaderEncoder.SCHEMA_ID).version(MessageHeaderEncoder.SCHEMA_VERSION + 1);
        assertRefused(RejectCode.SCHEMA_VERSION, length, "version");
        header.version(0xFFFF);
        assertRefused(RejectCode.SCHEMA_VERSION, length, "version");
    }

    @Test
    void shouldRefuseUnknownTemplates() {
        final int length = encodeNewOrder();
        for (int templateId = 0; templateId <= 0xFFFF; templateId++) {
            header.wrap(buffer, OFFSET).templateId(templateId);
            if (Schema.venue().message(templateId) == null) {
                assertRefused(RejectCode.UNKNOWN_TEMPLATE, length, "template " + templateId);
                assertFalse(MessageShape.isKnown(templateId));
            }
        }
        assertFalse(MessageShape.isKnown(-1));
    }

    @Test
    void shouldRefuseWhatNoFrameCouldCarry() {
        encodeNewOrder();
        assertRefused(RejectCode.MALFORMED, Frame.MAX_PAYLOAD_LENGTH, "largest payload");
        assertRefused(RejectCode.OVERSIZED, Frame.MAX_PAYLOAD_LENGTH + 1, "one byte more");
        assertRefused(RejectCode.OVERSIZED, Integer.MAX_VALUE, "as long as can be");
    }

    @Test
    void shouldRefuseLessThanAHeader() {
        encodeNewOrder();
        for (int length = -1; length < HEADER; length++) {
            assertRefused(RejectCode.MALFORMED, length, "length " + length);
        }
    }

    @Test
    void shouldAcceptAccountsUpToTheirCapAndRefuseOneMore() {
        assertEquals(MessageShape.SOUND, check(encodeSessionDefine(GroupSchema.MAX_ACCOUNTS)));
        assertRefused(RejectCode.MALFORMED, encodeSessionDefine(GroupSchema.MAX_ACCOUNTS + 1), "accounts");
    }

    @Test
    void shouldAcceptBucketsUpToTheirCapAndRefuseOneMore() {
        assertEquals(MessageShape.SOUND, check(encodeProposal(GroupSchema.MAX_BUCKETS)));
        assertRefused(RejectCode.MALFORMED, encodeProposal(GroupSchema.MAX_BUCKETS + 1), "buckets");
    }

    @Test
    void shouldRefuseAGroupThatClaimsMoreOrFewerEntriesThanArrived() {
        final int length = encodeSessionDefine(3);
        final int count = OFFSET + HEADER + SessionDefineEncoder.BLOCK_LENGTH + 2;
        buffer.putShort(count, (short) 4, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "one entry more");
        buffer.putShort(count, (short) 2, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "one entry less");
        buffer.putShort(count, (short) 0xFFFF, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "65,535 entries");
        buffer.putShort(count, (short) 3, LITTLE_ENDIAN);
        buffer.putShort(count - 2, (short) 5, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "other block length");
        buffer.putShort(count - 2, (short) 0, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "no block length");
    }

    @Test
    void shouldAcceptAChannelUpToItsCapAndRefuseOneByteMore() {
        assertEquals(MessageShape.SOUND, check(encodeNegotiate(DataSchema.MAX_CHANNEL_LENGTH)));
        assertRefused(RejectCode.MALFORMED, encodeNegotiate(DataSchema.MAX_CHANNEL_LENGTH + 1), "channel");
    }

    @Test
    void shouldRefuseAChannelThatDoesNotFit() {
        final int length = encodeNegotiate(20);
        buffer.putShort(OFFSET + HEADER + NegotiateEncoder.BLOCK_LENGTH, (short) 21, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "one byte more than arrived");
        buffer.putShort(OFFSET + HEADER + NegotiateEncoder.BLOCK_LENGTH, (short) 0xFFFF, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "as long as can be");
    }

    @Test
    void shouldNeverThrowOrReadBeyondTheLengthWhateverArrives() {
        final long seed = Long.getLong("isochron.seed", 20260105L);
        System.out.println("MessageShapeTest seed " + seed);
        final Random random = new Random(seed);
        final MessageSchema[] messages = Schema.venue().messages().toArray(MessageSchema[]::new);
        for (int i = 0; i < 200_000; i++) {
            final int length = random.nextInt(200);
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final UnsafeBuffer exact = new UnsafeBuffer(bytes);
            if (length >= HEADER) {
                final MessageSchema message = messages[random.nextInt(messages.length)];
                header.wrap(exact, 0)
                        .blockLength(message.blockLength())
                        .templateId(message.templateId())
                        .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                        .version(MessageHeaderEncoder.SCHEMA_VERSION);
            }
            final int code = MessageShape.check(exact, 0, length);
            assertTrue(code == MessageShape.SOUND || code == RejectCode.MALFORMED.value(), "code " + code);
        }
    }

    @Test
    void shouldAllocateNothing() {
        final int length = encodeSessionDefine(5);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long threadId = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(threadId);
            int codes = 0;
            for (int i = 0; i < 200_000; i++) {
                codes += check(length) + (Entitlement.allows(Role.OPERATOR, 605) ? 0 : 1);
            }
            assertEquals(0, codes);
            allocated = threads.getThreadAllocatedBytes(threadId) - before;
        }
        assertEquals(0, allocated);
    }

    private int check(final int length) {
        return MessageShape.check(buffer, OFFSET, length);
    }

    private void assertRefused(final RejectCode expected, final int length, final String what) {
        assertEquals(expected.value(), check(length), what);
    }

    private int encodeShortest(final MessageSchema message) {
        assertNotNull(message);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xFF);
        header.wrap(buffer, OFFSET)
                .blockLength(message.blockLength())
                .templateId(message.templateId())
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        int index = OFFSET + HEADER + message.blockLength();
        for (int i = 0; i < message.groups().size(); i++) {
            buffer.putShort(index, (short) message.groups().get(i).blockLength(), LITTLE_ENDIAN);
            buffer.putShort(index + 2, (short) 0, LITTLE_ENDIAN);
            index += 4;
        }
        for (int i = 0; i < message.data().size(); i++) {
            buffer.putShort(index, (short) 0, LITTLE_ENDIAN);
            index += 2;
        }
        return index - OFFSET;
    }

    private int encodeNewOrder() {
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        order.seqNum(1).side(Side.BUY).ordType(OrdType.LIMIT).timeInForce(TimeInForce.GTC);
        order.stpMode(StpMode.NULL_VAL).triggerRef(TriggerRef.NULL_VAL);
        return HEADER + order.encodedLength();
    }

    private int encodeSessionDefine(final int accounts) {
        final SessionDefineEncoder session = new SessionDefineEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        session.seqNum(1).role(Role.MAKER);
        final SessionDefineEncoder.AccountsEncoder group = session.accountsCount(accounts);
        IntStream.range(0, accounts).forEach(account -> group.next().accountId(account));
        return HEADER + session.encodedLength();
    }

    private int encodeProposal(final int buckets) {
        final LiquidationProposalEncoder proposal =
                new LiquidationProposalEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        proposal.seqNum(1).observedSequence(9);
        final LiquidationProposalEncoder.BucketsEncoder group = proposal.bucketsCount(buckets);
        IntStream.range(0, buckets).forEach(bucket -> group.next().accountId(bucket));
        return HEADER + proposal.encodedLength();
    }

    private int encodeNegotiate(final int channelLength) {
        final NegotiateEncoder negotiate = new NegotiateEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        negotiate.sessionId(7).responseChannel("c".repeat(channelLength));
        return HEADER + negotiate.encodedLength();
    }

    @Test
    void shouldReadEnumsOfTwoBytes() {
        final RejectEncoder reject = new RejectEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        reject.code(RejectCode.OVERSIZED);
        final int length = HEADER + reject.encodedLength();
        assertEquals(MessageShape.SOUND, check(length));
        buffer.putShort(OFFSET + HEADER + RejectEncoder.codeEncodingOffset(), (short) 0x0118, LITTLE_ENDIAN);
        assertRefused(RejectCode.MALFORMED, length, "24 in the low byte, 1 in the high one");
    }
}
