package org.isochron.ops.client;

import org.isochron.codecs.OrdType;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;

/**
 * What an order asks for beside side, price and quantity. Immutable: a trader keeps the terms it uses.
 *
 * @param posting        whether it may take liquidity.
 * @param displayLots    shown slice of an iceberg, 0 for all of it.
 * @param triggerPriceE9 of a stop or take-profit, 0 for none.
 * @param triggerRef     price the trigger looks at.
 * @param lifeMs         how long it lives from its sending, 0 for no end.
 * @param selfTrade      what happens when it meets an order of its own side of the trade.
 * @param isOfFirm       whether every order of the firm is its own, not only those of the account.
 */
public record OrderTerms(
        OrdType type,
        TimeInForce timeInForce,
        Posting posting,
        boolean isReduceOnly,
        long displayLots,
        long triggerPriceE9,
        TriggerRef triggerRef,
        long lifeMs,
        StpMode selfTrade,
        boolean isOfFirm) {

    /** What becomes of an order that would take liquidity. */
    public enum Posting {
        TAKING,
        REJECTED,
        SLIDING
    }

    public static final OrderTerms GTC = of(OrdType.LIMIT, TimeInForce.GTC);
    public static final OrderTerms IOC = of(OrdType.LIMIT, TimeInForce.IOC);
    public static final OrderTerms FOK = of(OrdType.LIMIT, TimeInForce.FOK);
    public static final OrderTerms MARKET = of(OrdType.MARKET, TimeInForce.IOC);
    public static final OrderTerms POST_ONLY = GTC.posting(Posting.REJECTED);
    public static final OrderTerms SLIDING = GTC.posting(Posting.SLIDING);

    private static OrderTerms of(final OrdType type, final TimeInForce timeInForce) {
        return new OrderTerms(
                type, timeInForce, Posting.TAKING, false, 0, 0, TriggerRef.MARK, 0, StpMode.CANCEL_RESTING, false);
    }

    /** A stop, a market order once triggered unless it is sent with a price. */
    public static OrderTerms stop(final long triggerPriceE9, final TriggerRef reference) {
        return of(OrdType.STOP, TimeInForce.NULL_VAL).triggered(triggerPriceE9, reference);
    }

    /** A take-profit order that never does more than close the position. */
    public static OrderTerms takeProfit(final long triggerPriceE9, final TriggerRef reference) {
        return of(OrdType.TAKE_PROFIT, TimeInForce.NULL_VAL)
                .triggered(triggerPriceE9, reference)
                .reduceOnly();
    }

    private OrderTerms triggered(final long newTriggerPriceE9, final TriggerRef reference) {
        return new OrderTerms(
                type,
                timeInForce,
                posting,
                isReduceOnly,
                displayLots,
                newTriggerPriceE9,
                reference,
                lifeMs,
                selfTrade,
                isOfFirm);
    }

    private OrderTerms posting(final Posting newPosting) {
        return new OrderTerms(
                type,
                timeInForce,
                newPosting,
                isReduceOnly,
                displayLots,
                triggerPriceE9,
                triggerRef,
                lifeMs,
                selfTrade,
                isOfFirm);
    }

    public OrderTerms reduceOnly() {
        return new OrderTerms(
                type, timeInForce, posting, true, displayLots, triggerPriceE9, triggerRef, lifeMs, selfTrade, isOfFirm);
    }

    public OrderTerms showing(final long newDisplayLots) {
        return new OrderTerms(
                type,
                timeInForce,
                posting,
                isReduceOnly,
                newDisplayLots,
                triggerPriceE9,
                triggerRef,
                lifeMs,
                selfTrade,
                isOfFirm);
    }

    /** Good till so long after it was sent. */
    public OrderTerms livingMs(final long newLifeMs) {
        return new OrderTerms(
                type,
                TimeInForce.GTT,
                posting,
                isReduceOnly,
                displayLots,
                triggerPriceE9,
                triggerRef,
                newLifeMs,
                selfTrade,
                isOfFirm);
    }

    public OrderTerms selfTrade(final StpMode mode, final boolean newIsOfFirm) {
        return new OrderTerms(
                type,
                timeInForce,
                posting,
                isReduceOnly,
                displayLots,
                triggerPriceE9,
                triggerRef,
                lifeMs,
                mode,
                newIsOfFirm);
    }
}
