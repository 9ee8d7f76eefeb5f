package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TradingState;
import org.isochron.codecs.TriggerRef;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/**
 * One trader in one instrument that uses every kind of order: icebergs, post-only that slides or is rejected, orders for a
 * time, stops, take-profits, reduce-only, market, FOK and IOC, in all modes of self-trade prevention, with replaces and
 * cancels between. While an auction collects it bids above the index and offers below it.
 */
final class MixedTrader implements OrderListener {
    static final int MAX_OPEN = 24;

    private static final long UNITS_PER_PRICE = 20_000;
    private static final int SMALL_LOTS = 30;
    private static final int ICEBERG_LOTS = 100;
    private static final int DISPLAY_LOTS = 20;
    private static final int SHORTEST_MS = 500;
    private static final int LONGEST_MS = 2_500;
    private static final int DICE = 100;
    private static final long REACH_UNITS = 8;
    private static final long IDLE = 0;
    private static final StpMode[] SELF_TRADE = {
        StpMode.CANCEL_RESTING, StpMode.CANCEL_AGGRESSOR, StpMode.CANCEL_BOTH, StpMode.DECREMENT
    };
    private static final TriggerRef[] REFERENCES = {TriggerRef.MARK, TriggerRef.LAST, TriggerRef.INDEX};

    private static final class Order {
        private final long priceE9;
        private long clOrdId;
        /** The request on its way, {@link #IDLE} for none. */
        private long pendingId = IDLE;

        Order(final long clOrdId, final long priceE9) {
            this.clOrdId = clOrdId;
            this.priceE9 = priceE9;
        }
    }

    private final OrderPort port;
    private final Contract contract;
    private final SplittableRandom random;
    private final Inventory inventory = new Inventory();
    private final Long2ObjectHashMap<Order> byId = new Long2ObjectHashMap<>();
    private final List<Order> open = new ArrayList<>();
    private long ids;
    private int inFlight;
    private long indexTicks;
    private long unitTicks;

    MixedTrader(final OrderPort port, final Contract contract, final long seed) {
        this.port = port;
        this.contract = contract;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Sends the next request.
     *
     * @return false when there is nothing to do in that state, or the way is blocked.
     */
    boolean act(final long intendedNs, final long indexE9, final TradingState state) {
        indexTicks = indexE9 / contract.tickE9();
        unitTicks = Math.max(1, indexTicks / UNITS_PER_PRICE);
        switch (state) {
            case OPEN, LIMIT:
                return open.size() < MAX_OPEN ? trade(intendedNs, random.nextInt(DICE)) : amend(intendedNs);
            case AUCTION:
                return open.size() < MAX_OPEN ? bidForAuction(intendedNs) : amend(intendedNs);
            default:
                return cancel(intendedNs);
        }
    }

    private boolean trade(final long intendedNs, final int dice) {
        if (dice < 45) {
            return rest(intendedNs, dice);
        }
        if (dice < 60) {
            return stop(intendedNs);
        }
        if (dice < 72) {
            return close(intendedNs);
        }
        return dice < 90 ? take(intendedNs, dice) : amend(intendedNs);
    }

    /** Orders that wait in the book. */
    private boolean rest(final long intendedNs, final int dice) {
        final Side side = side();
        if (dice < 15) {
            final long lots = 2 * DISPLAY_LOTS + random.nextInt(ICEBERG_LOTS);
            return enter(
                    intendedNs,
                    side,
                    away(side, 1 + random.nextInt(4)),
                    lots,
                    OrderTerms.GTC.showing(DISPLAY_LOTS / 2 + random.nextInt(DISPLAY_LOTS)));
        }
        if (dice < 27) {
            return enter(intendedNs, side, away(side, -2), lots(), OrderTerms.SLIDING);
        }
        if (dice < 33) {
            return enter(intendedNs, side, away(side, 1), lots(), OrderTerms.POST_ONLY);
        }
        final long lifeMs = random.nextLong(SHORTEST_MS, LONGEST_MS);
        return enter(intendedNs, side, away(side, 3), lots(), OrderTerms.GTC.livingMs(lifeMs));
    }

    /** A stop a little beyond the index, a market order in half of the cases and a limit order in the others. */
    private boolean stop(final long intendedNs) {
        final Side side = side();
        final long beyond = 2 + random.nextInt(5);
        final long trigger = away(side, -beyond);
        final OrderTerms terms = OrderTerms.stop(trigger, REFERENCES[random.nextInt(REFERENCES.length)]);
        final long price = random.nextBoolean() ? OrderPort.NO_PRICE : away(side, -beyond - 3);
        return enter(intendedNs, side, price, lots(), terms);
    }

    /** Takes a profit, or just closes a part of the position. */
    private boolean close(final long intendedNs) {
        final long position = inventory.positionLots();
        if (position == 0) {
            return stop(intendedNs);
        }
        final Side side = position > 0 ? Side.SELL : Side.BUY;
        final long lots = 1 + random.nextLong(Math.min(Math.abs(position), SMALL_LOTS));
        if (random.nextBoolean()) {
            final long trigger = away(side, 2 + random.nextInt(5));
            return enter(intendedNs, side, OrderPort.NO_PRICE, lots, OrderTerms.takeProfit(trigger, TriggerRef.MARK));
        }
        return enter(intendedNs, side, away(side, 2), lots, OrderTerms.GTC.reduceOnly());
    }

    /** Orders that trade at once or not at all. */
    private boolean take(final long intendedNs, final int dice) {
        final Side side = side();
        final StpMode mode = SELF_TRADE[random.nextInt(SELF_TRADE.length)];
        final boolean isOfFirm = random.nextBoolean();
        if (dice < 78) {
            final long price = random.nextBoolean() ? OrderPort.NO_PRICE : away(side, -REACH_UNITS);
            return enter(intendedNs, side, price, lots(), OrderTerms.MARKET.selfTrade(mode, isOfFirm));
        }
        final OrderTerms terms = dice < 84 ? OrderTerms.FOK : OrderTerms.IOC;
        return enter(intendedNs, side, away(side, -REACH_UNITS), lots(), terms.selfTrade(mode, isOfFirm));
    }

    private boolean bidForAuction(final long intendedNs) {
        final Side side = side();
        return enter(intendedNs, side, away(side, random.nextInt(9) - 5), lots(), OrderTerms.GTC);
    }

    private boolean amend(final long intendedNs) {
        return random.nextInt(3) == 0 ? replace(intendedNs) : cancel(intendedNs);
    }

    /** New size at the old price: fewer lots keep the place in the queue, more lose it. */
    private boolean replace(final long intendedNs) {
        final Order order = anyIdle();
        if (order == null) {
            return false;
        }
        final long clOrdId = ids + 1;
        if (!port.replace(intendedNs, clOrdId, order.clOrdId, order.priceE9, lots())) {
            return false;
        }
        byId.put(clOrdId, order);
        sent(order);
        return true;
    }

    private boolean cancel(final long intendedNs) {
        final Order order = anyIdle();
        if (order == null || !port.cancel(intendedNs, ids + 1, order.clOrdId)) {
            return false;
        }
        sent(order);
        return true;
    }

    private Order anyIdle() {
        if (open.isEmpty()) {
            return null;
        }
        final Order order = open.get(random.nextInt(open.size()));
        return order.pendingId == IDLE ? order : null;
    }

    private boolean enter(
            final long intendedNs, final Side side, final long priceE9, final long lots, final OrderTerms terms) {
        final long clOrdId = ids + 1;
        if (!port.newOrder(intendedNs, clOrdId, side, priceE9, lots, terms)) {
            return false;
        }
        final Order order = new Order(clOrdId, priceE9);
        byId.put(clOrdId, order);
        sent(order);
        return true;
    }

    private void sent(final Order order) {
        order.pendingId = ++ids;
        inFlight++;
    }

    private Side side() {
        if (inventory.isFull()) {
            return inventory.positionLots() > 0 ? Side.SELL : Side.BUY;
        }
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    /** A price so many units on the passive side of the index, a part of a unit more or less. */
    private long away(final Side side, final long units) {
        final long ticks = units * unitTicks + random.nextLong(unitTicks);
        final long price = side == Side.BUY ? indexTicks - ticks : indexTicks + ticks;
        return Math.min(contract.priceE9(Math.max(1, price)), contract.maxPriceE9());
    }

    private long lots() {
        return 1 + random.nextInt(SMALL_LOTS);
    }

    /** Requests without an answer yet. */
    int inFlight() {
        return inFlight;
    }

    /** Orders that stand or wait. */
    int openOrders() {
        return open.size();
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        open.add(answered(clOrdId));
    }

    @Override
    public void onReplaced(final long clOrdId, final long origClOrdId, final long priceE9, final long openLots) {
        byId.remove(origClOrdId);
        answered(clOrdId).clOrdId = clOrdId;
    }

    /** Of the order that the id is, or is to become, the id of. */
    private Order answered(final long clOrdId) {
        final Order order = byId.get(clOrdId);
        inFlight--;
        order.pendingId = IDLE;
        return order;
    }

    @Override
    public void onFill(final long clOrdId, final long openLots, final long positionLots) {
        inventory.onFill(positionLots);
        if (openLots == 0) {
            gone(clOrdId);
        }
    }

    @Override
    public void onCancelled(final long clOrdId, final boolean isAnswer) {
        if (isAnswer) {
            inFlight--;
        }
        gone(clOrdId);
    }

    /** A request for it may still be on its way; its refusal finds it gone. */
    private void gone(final long clOrdId) {
        open.remove(byId.remove(clOrdId));
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        onNotTaken(clOrdId);
    }

    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        onNotTaken(clOrdId);
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        onNotTaken(clOrdId);
    }

    /** An order that the request would have changed stands as it stood, if it stood. */
    @Override
    public void onNotTaken(final long clOrdId) {
        inFlight--;
        byId.remove(clOrdId);
        for (final Order order : open) {
            if (order.pendingId == clOrdId) {
                order.pendingId = IDLE;
            }
        }
    }
}
