package org.isochron.sequencer.client;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;

/**
 * An order with everything the venue offers, filled in by its owner and entered by {@link VenueClient#newOrder(OrderTicket)},
 * which copies it: one ticket serves any number of orders, and allocates nothing. Begin with {@link #limit}, {@link
 * #market}, {@link #stop} or {@link #takeProfit}, which forget what the ticket asked for before. The venue judges what
 * goes together, not the ticket.
 *
 * <p>Prices are in units of 1e-9 of the quote currency, quantities whole lots. Single-threaded.
 */
public final class OrderTicket {
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH]);
    private final NewOrderEncoder order = new NewOrderEncoder();

    /** An empty ticket. */
    public OrderTicket() {
        order.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .reserved8((short) 0)
                .reserved16(0);
    }

    /** Begins an order at that price or better, good till cancelled. */
    public OrderTicket limit(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long priceE9,
            final long quantityLots,
            final long clOrdId) {
        return begin(OrdType.LIMIT, accountId, instrumentId, side, quantityLots, clOrdId)
                .price(priceE9);
    }

    /** Begins a market order, which trades no further from the mark than the instrument allows; {@link #price} sets it. */
    public OrderTicket market(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long quantityLots,
            final long clOrdId) {
        return begin(OrdType.MARKET, accountId, instrumentId, side, quantityLots, clOrdId);
    }

    /** Begins a market order that waits until the mark is at the trigger or beyond: above it to buy, below it to sell. */
    public OrderTicket stop(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long triggerPriceE9,
            final long quantityLots,
            final long clOrdId) {
        return begin(OrdType.STOP, accountId, instrumentId, side, quantityLots, clOrdId)
                .triggerPrice(triggerPriceE9);
    }

    /** Begins a market order that waits until the mark is at the trigger or better: below it to buy, above it to sell. */
    public OrderTicket takeProfit(
            final long accountId,
            final long instrumentId,
            final Side side,
            final long triggerPriceE9,
            final long quantityLots,
            final long clOrdId) {
        return begin(OrdType.TAKE_PROFIT, accountId, instrumentId, side, quantityLots, clOrdId)
                .triggerPrice(triggerPriceE9);
    }

    private OrderTicket begin(
            final OrdType type,
            final long accountId,
            final long instrumentId,
            final Side side,
            final long quantityLots,
            final long clOrdId) {
        order.accountId(accountId)
                .clOrdId(clOrdId)
                .price(NewOrderEncoder.priceNullValue())
                .quantity(quantityLots)
                .instrumentId(instrumentId)
                .side(side)
                .ordType(type)
                .timeInForce(TimeInForce.NULL_VAL)
                .stpMode(StpMode.NULL_VAL)
                .triggerPrice(NewOrderEncoder.triggerPriceNullValue())
                .displayQuantity(NewOrderEncoder.displayQuantityNullValue())
                .expireTimeNs(NewOrderEncoder.expireTimeNsNullValue())
                .userTag(NewOrderEncoder.userTagNullValue())
                .maxSeqDelayUs(NewOrderEncoder.maxSeqDelayUsNullValue())
                .stpGroup(NewOrderEncoder.stpGroupNullValue())
                .mmpGroup(NewOrderEncoder.mmpGroupNullValue())
                .triggerRef(TriggerRef.NULL_VAL);
        order.flags().clear();
        return this;
    }

    private OrderTicket triggerPrice(final long triggerPriceE9) {
        order.triggerPrice(triggerPriceE9);
        return this;
    }

    /** The limit; of a market order the price it trades to at worst; of a stop the limit it has once triggered. */
    public OrderTicket price(final long priceE9) {
        order.price(priceE9);
        return this;
    }

    /** How long it lives; for {@link TimeInForce#GTT} see {@link #expiringAt}. */
    public OrderTicket timeInForce(final TimeInForce timeInForce) {
        order.timeInForce(timeInForce);
        return this;
    }

    /** Good till that time, nanoseconds UTC since 1970 on the venue's clock. */
    public OrderTicket expiringAt(final long expireTimeNs) {
        order.timeInForce(TimeInForce.GTT).expireTimeNs(expireTimeNs);
        return this;
    }

    /** An iceberg: shows so many lots at a time. */
    public OrderTicket showing(final long displayLots) {
        order.displayQuantity(displayLots);
        return this;
    }

    /** Rejected where it would take liquidity. */
    public OrderTicket postOnly() {
        order.flags().postOnly(true);
        return this;
    }

    /** Moved one tick behind the touch where it would take liquidity. */
    public OrderTicket postOnlySliding() {
        order.flags().postOnlySlide(true);
        return this;
    }

    /** Never increases or turns the position. */
    public OrderTicket reduceOnly() {
        order.flags().reduceOnly(true);
        return this;
    }

    /** Counts for that market maker protection group, and is cancelled with it. */
    public OrderTicket protectedBy(final int mmpGroup) {
        order.mmpGroup(mmpGroup).flags().mmp(true);
        return this;
    }

    /** Cancelled on disconnect even where the session's mode is per order. */
    public OrderTicket cancelledOnDisconnect() {
        order.flags().codTagged(true);
        return this;
    }

    /** What happens when it meets an order of the same account. */
    public OrderTicket selfTrade(final StpMode mode) {
        order.stpMode(mode);
        return this;
    }

    /** As {@link #selfTrade(StpMode)}, with every order of the firm counting as its own. */
    public OrderTicket selfTradeOfFirm(final StpMode mode) {
        order.stpMode(mode).flags().stpScopeFirm(true);
        return this;
    }

    /** As {@link #selfTradeOfFirm(StpMode)}, narrowed to the firm's orders of the same group. */
    public OrderTicket selfTradeOfFirm(final StpMode mode, final long stpGroup) {
        order.stpGroup(stpGroup);
        return selfTradeOfFirm(mode);
    }

    /** Price the trigger looks at; the mark unless told otherwise. */
    public OrderTicket triggeredBy(final TriggerRef reference) {
        order.triggerRef(reference);
        return this;
    }

    /** A number of the owner, echoed by the acknowledgement and known to mass cancels. */
    public OrderTicket tagged(final long userTag) {
        order.userTag(userTag);
        return this;
    }

    /** Rejected when sequenced later than this after its arrival. */
    public OrderTicket sequencedWithinUs(final long maxSeqDelayUs) {
        order.maxSeqDelayUs(maxSeqDelayUs);
        return this;
    }

    /** The encoded order; its seqNum and send time are filled in by whoever sends it. */
    UnsafeBuffer message() {
        return buffer;
    }
}
