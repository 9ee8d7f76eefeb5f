package org.isochron.sequencer.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;

/**
 * Commands of a maker or a price publisher, encoded into buffers of their own. Each buffer is filled with the schema's
 * nulls once; afterwards only what differs from message to message is written.
 */
final class OrderEntryEncoder {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final PriceTickEncoder priceTick = new PriceTickEncoder();
    private final UnsafeBuffer newOrderBuffer = buffer(NewOrderEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer replaceBuffer = buffer(ReplaceEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer cancelBuffer = buffer(CancelEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer massCancelBuffer = buffer(MassCancelEncoder.BLOCK_LENGTH);
    private final UnsafeBuffer priceTickBuffer = buffer(PriceTickEncoder.BLOCK_LENGTH);

    OrderEntryEncoder() {
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        newOrder.wrapAndApplyHeader(newOrderBuffer, 0, header)
                .ordType(OrdType.LIMIT)
                .stpMode(StpMode.NULL_VAL)
                .triggerPrice(NewOrderEncoder.triggerPriceNullValue())
                .displayQuantity(NewOrderEncoder.displayQuantityNullValue())
                .expireTimeNs(NewOrderEncoder.expireTimeNsNullValue())
                .userTag(NewOrderEncoder.userTagNullValue())
                .maxSeqDelayUs(NewOrderEncoder.maxSeqDelayUsNullValue())
                .stpGroup(NewOrderEncoder.stpGroupNullValue())
                .mmpGroup(NewOrderEncoder.mmpGroupNullValue())
                .triggerRef(TriggerRef.NULL_VAL);
        replace.wrapAndApplyHeader(replaceBuffer, 0, header)
                .orderId(ReplaceEncoder.orderIdNullValue())
                .qtyMode(QtyMode.NULL_VAL);
        cancel.wrapAndApplyHeader(cancelBuffer, 0, header).orderId(CancelEncoder.orderIdNullValue());
        massCancel
                .wrapAndApplyHeader(massCancelBuffer, 0, header)
                .fromPrice(MassCancelEncoder.fromPriceNullValue())
                .toPrice(MassCancelEncoder.toPriceNullValue())
                .userTag(MassCancelEncoder.userTagNullValue())
                .mmpGroup(MassCancelEncoder.mmpGroupNullValue());
        priceTick.wrapAndApplyHeader(priceTickBuffer, 0, header).confidence(PriceTickEncoder.confidenceNullValue());
    }

    DirectBuffer newOrder(
            final long seqNum,
            final long sendTimeNs,
            final long accountId,
            final long instrumentId,
            final Side side,
            final long priceE9,
            final long quantityLots,
            final TimeInForce timeInForce,
            final boolean postOnly,
            final long clOrdId) {
        newOrder.seqNum(seqNum)
                .accountId(accountId)
                .clientSendTimeNs(sendTimeNs)
                .clOrdId(clOrdId)
                .price(priceE9)
                .quantity(quantityLots)
                .instrumentId(instrumentId)
                .side(side)
                .timeInForce(timeInForce);
        newOrder.flags().clear().postOnly(postOnly);
        return newOrderBuffer;
    }

    DirectBuffer replace(
            final long seqNum,
            final long sendTimeNs,
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId,
            final long priceE9,
            final long quantityLots) {
        replace.seqNum(seqNum)
                .accountId(accountId)
                .clientSendTimeNs(sendTimeNs)
                .clOrdId(clOrdId)
                .origClOrdId(origClOrdId)
                .price(priceE9)
                .quantity(quantityLots)
                .instrumentId(instrumentId);
        return replaceBuffer;
    }

    DirectBuffer cancel(
            final long seqNum,
            final long sendTimeNs,
            final long accountId,
            final long instrumentId,
            final long origClOrdId,
            final long clOrdId) {
        cancel.seqNum(seqNum)
                .accountId(accountId)
                .clientSendTimeNs(sendTimeNs)
                .clOrdId(clOrdId)
                .origClOrdId(origClOrdId)
                .instrumentId(instrumentId);
        return cancelBuffer;
    }

    DirectBuffer massCancel(
            final long seqNum,
            final long sendTimeNs,
            final long accountId,
            final MassCancelScope scope,
            final long instrumentId,
            final Side side,
            final long clOrdId) {
        massCancel
                .seqNum(seqNum)
                .accountId(accountId)
                .clientSendTimeNs(sendTimeNs)
                .clOrdId(clOrdId)
                .instrumentId(instrumentId)
                .scope(scope)
                .side(side);
        return massCancelBuffer;
    }

    DirectBuffer priceTick(
            final long seqNum, final long sendTimeNs, final long instrumentId, final long priceE9, final int source) {
        priceTick
                .seqNum(seqNum)
                .instrumentId(instrumentId)
                .price(priceE9)
                .sourceTimeNs(sendTimeNs)
                .source((short) source);
        return priceTickBuffer;
    }

    /** Puts the number into a command encoded by somebody else. */
    static void putSeqNum(final UnsafeBuffer buffer, final long seqNum) {
        buffer.putInt(HEADER, (int) seqNum, LITTLE_ENDIAN);
    }

    private static UnsafeBuffer buffer(final int blockLength) {
        return new UnsafeBuffer(new byte[HEADER + blockLength]);
    }
}
