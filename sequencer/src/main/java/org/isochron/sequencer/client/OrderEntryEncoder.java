package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Side;

/**
 * Requests about orders that stand, and a price publisher's ticks, encoded into buffers of their own. Each buffer is filled
 * with the schema's nulls once; afterwards only what differs from message to message is written. seqNum and send time are
 * put in on the way out.
 */
final class OrderEntryEncoder {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    /** A maker's command begins with seqNum, accountId and clientSendTimeNs, whichever it is. */
    private static final int SEND_TIME_OFFSET = HEADER + ReplaceEncoder.clientSendTimeNsEncodingOffset();

    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final PriceTickEncoder priceTick = new PriceTickEncoder();
    private final UnsafeBuffer replaceBuffer = buffer(ReplaceEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer cancelBuffer = buffer(CancelEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer massCancelBuffer = buffer(MassCancelEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer priceTickBuffer = buffer(PriceTickEncoder.BLOCK_LENGTH);

    OrderEntryEncoder() {
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        replace.wrapAndApplyHeader(replaceBuffer, 0, header).orderId(ReplaceEncoder.orderIdNullValue());
        cancel.wrapAndApplyHeader(cancelBuffer, 0, header).orderId(CancelEncoder.orderIdNullValue());
        massCancel.wrapAndApplyHeader(massCancelBuffer, 0, header);
        priceTick.wrapAndApplyHeader(priceTickBuffer, 0, header).confidence(PriceTickEncoder.confidenceNullValue());
    }

    UnsafeBuffer replace(
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId,
            final long priceE9,
            final long quantityLots,
            final QtyMode mode) {
        replace.accountId(accountId)
                .clOrdId(clOrdId)
                .origClOrdId(origClOrdId)
                .price(priceE9)
                .quantity(quantityLots)
                .instrumentId(instrumentId)
                .qtyMode(mode);
        return replaceBuffer;
    }

    UnsafeBuffer cancel(final long accountId, final long instrumentId, final long origClOrdId, final long clOrdId) {
        cancel.accountId(accountId).clOrdId(clOrdId).origClOrdId(origClOrdId).instrumentId(instrumentId);
        return cancelBuffer;
    }

    /** A mass cancel with nothing but account, instrument and side to tell its orders by. */
    UnsafeBuffer massCancel(
            final long accountId,
            final MassCancelScope scope,
            final long instrumentId,
            final Side side,
            final long clOrdId) {
        massCancel
                .accountId(accountId)
                .clOrdId(clOrdId)
                .fromPrice(MassCancelEncoder.fromPriceNullValue())
                .toPrice(MassCancelEncoder.toPriceNullValue())
                .userTag(MassCancelEncoder.userTagNullValue())
                .instrumentId(instrumentId)
                .scope(scope)
                .side(side)
                .mmpGroup(MassCancelEncoder.mmpGroupNullValue());
        return massCancelBuffer;
    }

    UnsafeBuffer massCancelPrices(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long fromPriceE9,
            final long toPriceE9,
            final long clOrdId) {
        massCancel(accountId, MassCancelScope.PRICE_RANGE, instrumentId, side, clOrdId);
        massCancel.fromPrice(fromPriceE9).toPrice(toPriceE9);
        return massCancelBuffer;
    }

    UnsafeBuffer massCancelTag(final long accountId, final long userTag, final long clOrdId) {
        massCancel(
                accountId, MassCancelScope.USER_TAG, MassCancelEncoder.instrumentIdNullValue(), Side.NULL_VAL, clOrdId);
        massCancel.userTag(userTag);
        return massCancelBuffer;
    }

    UnsafeBuffer massCancelGroup(final long accountId, final int mmpGroup, final long clOrdId) {
        massCancel(
                accountId,
                MassCancelScope.MMP_GROUP,
                MassCancelEncoder.instrumentIdNullValue(),
                Side.NULL_VAL,
                clOrdId);
        massCancel.mmpGroup(mmpGroup);
        return massCancelBuffer;
    }

    UnsafeBuffer priceTick(final long sourceTimeNs, final long instrumentId, final long priceE9, final int source) {
        priceTick
                .instrumentId(instrumentId)
                .price(priceE9)
                .sourceTimeNs(sourceTimeNs)
                .source((short) source);
        return priceTickBuffer;
    }

    /** Puts its number into a command. */
    static void putSeqNum(final UnsafeBuffer buffer, final long seqNum) {
        buffer.putInt(HEADER, (int) seqNum, LITTLE_ENDIAN);
    }

    /** Puts the time of its sending into a maker's command. */
    static void putSendTime(final UnsafeBuffer buffer, final long sendTimeNs) {
        buffer.putLong(SEND_TIME_OFFSET, sendTimeNs, LITTLE_ENDIAN);
    }

    private static UnsafeBuffer buffer(final int blockLength) {
        return new UnsafeBuffer(new byte[HEADER + blockLength]);
    }
}
