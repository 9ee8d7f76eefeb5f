package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.EXPIRY_INVALID;

import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.matcher.book.OrderTraits;

/**
 * Reads what a NewOrder asks for beside price and quantity, and refuses what does not go together: the first field, in the
 * order side, type and life, trigger, expiry, flags, displayed quantity, self-trade prevention, market maker protection.
 */
final class NewOrderFields {
    private static final int BUY = Side.BUY.value();
    private static final int LIMIT = OrdType.LIMIT.value();
    private static final int MARKET = OrdType.MARKET.value();
    private static final int STOP = OrdType.STOP.value();
    private static final int TAKE_PROFIT = OrdType.TAKE_PROFIT.value();
    private static final int GTC = TimeInForce.GTC.value();
    private static final int IOC = TimeInForce.IOC.value();
    private static final int FOK = TimeInForce.FOK.value();
    private static final int GTT = TimeInForce.GTT.value();

    /** Flags by their bits on the wire: see OrderFlags in the schema. */
    private static final int POST_ONLY = 1;

    private static final int POST_ONLY_SLIDE = 1 << 1;
    private static final int REDUCE_ONLY = 1 << 2;
    private static final int MMP = 1 << 3;
    private static final int COD_TAGGED = 1 << 4;
    private static final int STP_SCOPE_FIRM = 1 << 5;
    private static final int ALL_FLAGS = (1 << 6) - 1;

    private static final int ANY_STOP = OrderTraits.STOP | OrderTraits.TAKE_PROFIT;

    private NewOrderFields() {}

    /** Fills in the terms; returns whether a field is refused, and leaves the reason in the terms. */
    static boolean refuse(final OrderTerms terms, final NewOrderDecoder order, final long nowNs) {
        terms.tag = order.userTag();
        return refuseKind(terms, order)
                || refuseTrigger(terms, order)
                || refuseExpiry(terms, order, nowNs)
                || refuseFlags(terms, order.flags().getRaw())
                || refuseDisplay(terms, order)
                || refuseSelfTrade(terms, order)
                || refuseGroup(terms, order);
    }

    private static boolean refuseKind(final OrderTerms terms, final NewOrderDecoder order) {
        final int side = order.sideRaw();
        if (side == Side.NULL_VAL.value()) {
            return terms.refusal.of(BAD_VALUE, NewOrderDecoder.sideId(), Refusal.NO_VALUE);
        }
        final int type = order.ordTypeRaw() == OrdType.NULL_VAL.value() ? LIMIT : order.ordTypeRaw();
        final boolean isStop = type == STOP || type == TAKE_PROFIT;
        final boolean isMarket = type == MARKET || isStop && order.price() == NewOrderDecoder.priceNullValue();
        final int life = order.timeInForceRaw();
        terms.traits = (side == BUY ? OrderTraits.BUY : 0)
                | (type == STOP ? OrderTraits.STOP : 0)
                | (type == TAKE_PROFIT ? OrderTraits.TAKE_PROFIT : 0)
                | (isMarket ? OrderTraits.MARKET : 0)
                | (isMarket || life == IOC || life == FOK ? OrderTraits.IMMEDIATE : 0)
                | (life == FOK ? OrderTraits.FILL_OR_KILL : 0)
                | (life == GTT ? OrderTraits.GTT | OrderTraits.HAS_EXTRAS : 0);
        // A market order lives for no time; a stop waits as long as it is told, and becomes what its price says.
        final boolean fits = type == MARKET ? life != GTC && life != GTT : !isStop || life != FOK;
        return !fits && terms.refusal.of(BAD_VALUE, NewOrderDecoder.timeInForceId(), life);
    }

    private static boolean refuseTrigger(final OrderTerms terms, final NewOrderDecoder order) {
        final int reference = order.triggerRefRaw();
        if (terms.is(ANY_STOP)) {
            terms.traits |= OrderTraits.HAS_EXTRAS | OrderTraits.ofTriggerRef(reference(reference));
            return false;
        }
        if (order.triggerPrice() != NewOrderDecoder.triggerPriceNullValue()) {
            return terms.refusal.of(BAD_VALUE, NewOrderDecoder.triggerPriceId(), order.triggerPrice());
        }
        return reference != TriggerRef.NULL_VAL.value()
                && terms.refusal.of(BAD_VALUE, NewOrderDecoder.triggerRefId(), reference);
    }

    private static int reference(final int wire) {
        if (wire == TriggerRef.LAST.value()) {
            return OrderTraits.LAST;
        }
        return wire == TriggerRef.INDEX.value() ? OrderTraits.INDEX : OrderTraits.MARK;
    }

    private static boolean refuseExpiry(final OrderTerms terms, final NewOrderDecoder order, final long nowNs) {
        final long expireNs = order.expireTimeNs();
        final boolean given = expireNs != NewOrderDecoder.expireTimeNsNullValue();
        if (!terms.is(OrderTraits.GTT)) {
            return given && terms.refusal.of(BAD_VALUE, NewOrderDecoder.expireTimeNsId(), expireNs);
        }
        terms.expireNs = expireNs;
        // Above 2^63 it is centuries away, and would be negative.
        return (!given || expireNs <= nowNs)
                && terms.refusal.of(EXPIRY_INVALID, NewOrderDecoder.expireTimeNsId(), expireNs, nowNs);
    }

    private static boolean refuseFlags(final OrderTerms terms, final int flags) {
        final int postOnly = flags & (POST_ONLY | POST_ONLY_SLIDE);
        final boolean both = postOnly == (POST_ONLY | POST_ONLY_SLIDE);
        if ((flags & ~ALL_FLAGS) != 0 || both || postOnly != 0 && terms.is(OrderTraits.IMMEDIATE)) {
            return terms.refusal.of(BAD_VALUE, NewOrderDecoder.flagsId(), flags);
        }
        terms.traits |= (postOnly != 0 ? OrderTraits.POST_ONLY : 0)
                | (postOnly == POST_ONLY_SLIDE ? OrderTraits.SLIDE : 0)
                | ((flags & REDUCE_ONLY) != 0 ? OrderTraits.REDUCE_ONLY : 0)
                | ((flags & MMP) != 0 ? OrderTraits.MMP | OrderTraits.HAS_EXTRAS : 0)
                | ((flags & COD_TAGGED) != 0 ? OrderTraits.COD_TAGGED : 0)
                | ((flags & STP_SCOPE_FIRM) != 0 ? OrderTraits.STP_FIRM : 0);
        return false;
    }

    private static boolean refuseDisplay(final OrderTerms terms, final NewOrderDecoder order) {
        final long display = order.displayQuantity();
        if (display == NewOrderDecoder.displayQuantityNullValue()) {
            return false;
        }
        if (display < 1 || display > order.quantity() || terms.is(OrderTraits.IMMEDIATE | ANY_STOP)) {
            return terms.refusal.of(BAD_VALUE, NewOrderDecoder.displayQuantityId(), display, order.quantity());
        }
        if (display < order.quantity()) {
            terms.displayLots = display;
            terms.traits |= OrderTraits.HAS_EXTRAS;
        }
        return false;
    }

    private static boolean refuseSelfTrade(final OrderTerms terms, final NewOrderDecoder order) {
        terms.traits |= OrderTraits.ofStpMode(selfTradeMode(order.stpModeRaw()));
        final long group = order.stpGroup();
        if (group == NewOrderDecoder.stpGroupNullValue()) {
            return false;
        }
        terms.stpGroup = (int) group;
        terms.traits |= OrderTraits.HAS_EXTRAS;
        return !terms.is(OrderTraits.STP_FIRM) && terms.refusal.of(BAD_VALUE, NewOrderDecoder.stpGroupId(), group);
    }

    private static int selfTradeMode(final int wire) {
        if (wire == StpMode.CANCEL_AGGRESSOR.value()) {
            return OrderTraits.CANCEL_AGGRESSOR;
        }
        if (wire == StpMode.CANCEL_BOTH.value()) {
            return OrderTraits.CANCEL_BOTH;
        }
        return wire == StpMode.DECREMENT.value() ? OrderTraits.DECREMENT : OrderTraits.CANCEL_RESTING;
    }

    private static boolean refuseGroup(final OrderTerms terms, final NewOrderDecoder order) {
        terms.mmpGroupId = order.mmpGroup();
        final boolean given = terms.mmpGroupId != NewOrderDecoder.mmpGroupNullValue();
        return given != terms.is(OrderTraits.MMP)
                && terms.refusal.of(
                        BAD_VALUE, NewOrderDecoder.mmpGroupId(), given ? terms.mmpGroupId : Refusal.NO_VALUE);
    }
}
