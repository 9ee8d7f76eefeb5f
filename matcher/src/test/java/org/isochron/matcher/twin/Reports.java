package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.IndexSource;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.book.BookHash;

/** Tells what happens to orders and books. Prices leave in units of 1e-9. */
final class Reports {
    private final World world;
    private final Events events;
    private final List<Instrument> touched = new ArrayList<>();

    Reports(final World world, final Events events) {
        this.world = world;
        this.events = events;
    }

    static Side side(final boolean buy) {
        return buy ? Side.BUY : Side.SELL;
    }

    private int number(final Order order) {
        if (order.number == 0) {
            order.number = ++world.numbersGiven;
            world.orders.put(order.number, order);
        }
        return order.number;
    }

    private Line about(final String name, final Order order, final Session session) {
        return events.privately(name, session, order.account().firm);
    }

    private static long limit(final Order order) {
        return order.ticks == 0 ? Line.NONE : order.instrument().price(order.ticks);
    }

    void acknowledged(final Order order, final long seqNum, final OrderState state) {
        final boolean waits = state == OrderState.DELAYED || state == OrderState.UNTRIGGERED;
        about("OrderAck", order, order.session)
                .id("clOrdId", order.clientId)
                .order(number(order))
                .id("priority", waits ? Line.NO_ID : order.priority)
                .with("price", limit(order))
                .with("quantity", order.leaves)
                .id("userTag", order.tag)
                .u32("instrumentId", order.instrument().id)
                .u32("accountId", order.account().id)
                .u32("refSeqNum", seqNum)
                .with("side", side(order.buy))
                .with("state", state);
    }

    void replaced(final Order order, final long origClOrdId, final long seqNum, final boolean kept, final long place) {
        about("ReplaceAck", order, order.session)
                .id("clOrdId", order.clientId)
                .id("origClOrdId", origClOrdId)
                .order(number(order))
                .id("priority", place)
                .with("price", limit(order))
                .with("leavesQuantity", order.leaves)
                .with("cumQuantity", order.filled)
                .u32("instrumentId", order.instrument().id)
                .u32("accountId", order.account().id)
                .u32("refSeqNum", seqNum)
                .with("priorityKept", kept ? 1 : 0)
                .with("side", side(order.buy));
    }

    /** Lots and position are those after the fill. */
    void filled(
            final Order order,
            final long tradeId,
            final long ticks,
            final long lots,
            final long fee,
            final Liquidity liquidity,
            final boolean mmpTriggered) {
        final Instrument instrument = order.instrument();
        final long execId = events.nextEventId();
        about("Fill", order, order.session)
                .id("clOrdId", order.clientId)
                .order(number(order))
                .id("execId", execId)
                .id("tradeId", tradeId)
                .with("lastPrice", instrument.price(ticks))
                .with("lastQuantity", lots)
                .with("leavesQuantity", order.leaves)
                .with("cumQuantity", order.filled)
                .with("fee", fee)
                .with("positionAfter", order.position.lots)
                .u32("instrumentId", instrument.id)
                .u32("accountId", order.account().id)
                .u32("feeAssetId", instrument.asset)
                .with("side", side(order.buy))
                .with("liquidity", liquidity)
                .with("mmpTriggered", mmpTriggered ? 1 : 0)
                .with("liquidation", 0);
    }

    void cancelled(final Order order, final CancelReason reason) {
        cancelled(order, order.session, reason, Line.NO_ID, Line.NO_U32);
    }

    void cancelled(
            final Order order,
            final Session session,
            final CancelReason reason,
            final long requestClOrdId,
            final long seqNum) {
        about("Cancelled", order, session)
                .id("clOrdId", order.clientId)
                .order(number(order))
                .id("requestClOrdId", requestClOrdId)
                .with("cancelledQuantity", order.leaves)
                .with("cumQuantity", order.filled)
                .u32("instrumentId", order.instrument().id)
                .u32("accountId", order.account().id)
                .u32("refSeqNum", seqNum)
                .with("reason", reason)
                .with("side", side(order.buy));
    }

    void lost(final Order order, final long lots, final CancelReason reason) {
        about("OrderReduced", order, order.session)
                .id("clOrdId", order.clientId)
                .order(number(order))
                .with("reducedQuantity", lots)
                .with("leavesQuantity", order.leaves)
                .with("cumQuantity", order.filled)
                .u32("instrumentId", order.instrument().id)
                .u32("accountId", order.account().id)
                .with("reason", reason)
                .with("side", side(order.buy));
    }

    void activated(final Order order, final ActivationCause cause, final long refTicks) {
        about("OrderActivated", order, order.session)
                .id("clOrdId", order.clientId)
                .order(number(order))
                .id("priority", order.priority)
                .with("price", limit(order))
                .with("leavesQuantity", order.leaves)
                .with("refPrice", refTicks == 0 ? Line.NONE : order.instrument().price(refTicks))
                .u32("instrumentId", order.instrument().id)
                .u32("accountId", order.account().id)
                .with("cause", cause)
                .with("side", side(order.buy));
    }

    // Market data

    void touch(final Instrument instrument) {
        if (!instrument.touched) {
            instrument.touched = true;
            touched.add(instrument);
        }
    }

    void added(final Order order) {
        touch(order.instrument());
        events.publicly("OrderAdd", order.instrument())
                .id("orderId", order.priority)
                .id("priority", order.priority)
                .with("price", order.instrument().price(order.ticks))
                .with("quantity", order.shown)
                .with("side", side(order.buy));
    }

    void shrunk(final Order order) {
        touch(order.instrument());
        events.publicly("OrderReduce", order.instrument())
                .id("orderId", order.priority)
                .with("leavesQuantity", order.shown);
    }

    void deleted(final Instrument instrument, final long publicId) {
        touch(instrument);
        events.publicly("OrderDelete", instrument).id("orderId", publicId);
    }

    /** @param aggressor side that arrived, null in an auction. */
    void traded(
            final Instrument instrument,
            final long tradeId,
            final long restingId,
            final long ticks,
            final long lots,
            final Side aggressor) {
        touch(instrument);
        events.publicly("Trade", instrument)
                .id("tradeId", tradeId)
                .id("restingOrderId", restingId)
                .with("price", instrument.price(ticks))
                .with("quantity", lots)
                .with("aggressorSide", aggressor)
                .with("liquidation", 0);
    }

    void markIndex(final Instrument instrument) {
        final boolean ever = instrument.indexTicks != 0;
        events.publicly("MarkIndex", instrument)
                .with("indexPrice", ever ? instrument.price(instrument.indexTicks) : Line.NONE)
                .with("markPrice", ever ? instrument.price(instrument.markTicks) : Line.NONE)
                .id("sourceBitmap", instrument.sourceBitmap)
                .with("rule", MarkRule.ORACLE)
                .with("state", instrument.valid ? IndexState.VALID : IndexState.INVALID)
                .with("source", IndexSource.EXTERNAL);
    }

    void status(final Instrument instrument, final StateReason reason) {
        events.publicly("SecurityStatus", instrument)
                .id("nextChangeNs", instrument.nextChangeNs == 0 ? Line.NO_ID : instrument.nextChangeNs)
                .with("state", instrument.state)
                .with("reason", reason)
                .word("session", "-")
                .word("nextSession", "-")
                .id("reduceOnly", 0)
                .id("nextSessionNs", Line.NO_ID);
    }

    /** Best bid and offer of every book touched, where they are others than those last told. */
    void tops() {
        for (final Instrument instrument : touched) {
            instrument.touched = false;
            final Queue bids = instrument.bids;
            final Queue asks = instrument.asks;
            final Line line = new Line("")
                    .with("bidPrice", bids.best() == null ? Line.NONE : instrument.price(bids.bestTicks()))
                    .with("bidQuantity", bids.bestLots())
                    .with("askPrice", asks.best() == null ? Line.NONE : instrument.price(asks.bestTicks()))
                    .with("askQuantity", asks.bestLots())
                    .with("bidOrders", bids.bestOrders())
                    .with("askOrders", asks.bestOrders());
            if (!line.toString().equals(instrument.toldTop)) {
                instrument.toldTop = line.toString();
                events.publicly("Bbo", instrument).append(line);
            }
        }
        touched.clear();
    }

    /** The public hash of the book, worked out anew from every order. */
    static long bookHash(final Instrument instrument) {
        long sum = 0;
        for (final boolean buy : new boolean[] {true, false}) {
            for (final Order order : instrument.queue(buy).orders()) {
                sum += BookHash.of(order.priority, order.ticks, order.buy, order.shown);
            }
        }
        return sum;
    }
}
