package org.isochron.codecs.shape;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The fields that stand at the same place in every message a session sends, readable without knowing which message it
 * is. All offsets are those of the message's header; the message must have passed {@link MessageShape#check}.
 */
public final class SessionMessage {
    /** The largest seqNum of a message: the number above it is the schema's null. */
    public static final long LAST_SEQ_NUM = 0xFFFF_FFFEL;

    private static final int FIRST_ORDER_ENTRY = 100;
    private static final int LAST_ORDER_ENTRY = 199;
    private static final int FIRST_COMMAND = 600;
    private static final int LAST_COMMAND = 641;

    private static final int SEQ_NUM_OFFSET = MessageShape.HEADER_LENGTH;
    private static final int ACCOUNT_ID_OFFSET = MessageShape.HEADER_LENGTH + 4;
    private static final int CL_ORD_ID_OFFSET = MessageShape.HEADER_LENGTH + 16;

    private SessionMessage() {}

    /** Whether the message is a command that carries the session's seqNum: 100-199 and 600-641. */
    public static boolean isNumbered(final int templateId) {
        return isOrderEntry(templateId) || templateId >= FIRST_COMMAND && templateId <= LAST_COMMAND;
    }

    /** seqNum of a numbered message, 0 to 4,294,967,295. */
    public static long seqNum(final DirectBuffer buffer, final int offset) {
        return u32(buffer, offset + SEQ_NUM_OFFSET);
    }

    /** Whether the message has a clOrdId: order entry, 100-199. */
    public static boolean hasClOrdId(final int templateId) {
        return isOrderEntry(templateId);
    }

    /** clOrdId of an order entry message, an unsigned number; all ones for null. */
    public static long clOrdId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CL_ORD_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Whether the message acts for an account the session must be entitled to: order entry, 100-199. */
    public static boolean hasAccountId(final int templateId) {
        return isOrderEntry(templateId);
    }

    /** accountId of an order entry message, 0 to 4,294,967,295, the last one for null. */
    public static long accountId(final DirectBuffer buffer, final int offset) {
        return u32(buffer, offset + ACCOUNT_ID_OFFSET);
    }

    private static boolean isOrderEntry(final int templateId) {
        return templateId >= FIRST_ORDER_ENTRY && templateId <= LAST_ORDER_ENTRY;
    }

    private static long u32(final DirectBuffer buffer, final int index) {
        return buffer.getInt(index, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }
}
