package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CancelledDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.OrderActivatedDecoder;
import org.isochron.codecs.OrderReducedDecoder;
import org.isochron.codecs.ReplaceAckDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/**
 * The life of each order, followed by its reports alone: acknowledged once, filled by what it says, leaves never negative
 * and what is left after each report, one end and nothing after it. The orders that live by their reports are the orders
 * the core holds. What a mass quote entered has no acknowledgement of its own and is followed from its first report on.
 */
public final class OrderLives extends Invariant {
    private static final class Order {
        private boolean acknowledged;
        private long leaves;
        private long cumulated;
    }

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private final ReplaceAckDecoder replaceAck = new ReplaceAckDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
    private final OrderActivatedDecoder activated = new OrderActivatedDecoder();
    private final CancelledDecoder cancelled = new CancelledDecoder();
    private final Long2ObjectHashMap<Order> orders = new Long2ObjectHashMap<>();
    /** Sequence of the command that ended an order, by its id. */
    private final Long2LongHashMap ended = new Long2LongHashMap(0);

    private long sequence;

    public OrderLives() {
        super("order-lives");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        sequence = frame.sequence();
        cursor.over(events);
        while (cursor.advance()) {
            switch (cursor.templateId()) {
                case OrderAckDecoder.TEMPLATE_ID -> onAck();
                case ReplaceAckDecoder.TEMPLATE_ID -> onReplaced();
                case FillDecoder.TEMPLATE_ID -> onFill();
                case OrderReducedDecoder.TEMPLATE_ID -> onReduced();
                case OrderActivatedDecoder.TEMPLATE_ID -> onActivated();
                case CancelledDecoder.TEMPLATE_ID -> onCancelled();
                default -> {
                    // Says nothing of one order's lots.
                }
            }
        }
    }

    private void onAck() {
        ack.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (orders.containsKey(ack.orderId()) || ended.containsKey(ack.orderId())) {
            throw broken("command " + sequence + " acknowledges order " + ack.orderId() + " a second time");
        }
        final Order order = live(ack.orderId());
        order.acknowledged = true;
        order.leaves = ack.quantity();
        if (order.leaves <= 0) {
            throw broken("order " + ack.orderId() + " is acknowledged with " + order.leaves + " lots");
        }
    }

    private void onReplaced() {
        replaceAck.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Order order = live(replaceAck.orderId());
        if (order.acknowledged && replaceAck.cumQuantity() != order.cumulated) {
            throw broken("command " + sequence + ": order " + replaceAck.orderId() + " was filled " + order.cumulated
                    + " lots, its replace says " + replaceAck.cumQuantity());
        }
        order.leaves = replaceAck.leavesQuantity();
        order.cumulated = replaceAck.cumQuantity();
    }

    private void onFill() {
        fill.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (fill.orderId() == FillDecoder.orderIdNullValue()) {
            return;
        }
        final Order order = live(fill.orderId());
        order.cumulated += fill.lastQuantity();
        order.leaves -= fill.lastQuantity();
        if (order.acknowledged && (fill.leavesQuantity() != order.leaves || fill.cumQuantity() != order.cumulated)) {
            throw broken("command " + sequence + ": order " + fill.orderId() + " has " + order.leaves + " left and "
                    + order.cumulated + " filled, its fill says " + fill.leavesQuantity() + " and "
                    + fill.cumQuantity());
        }
        endWhenNothingIsLeft(fill.orderId(), order, fill.leavesQuantity());
    }

    private void onReduced() {
        reduced.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Order order = live(reduced.orderId());
        order.leaves -= reduced.reducedQuantity();
        if (order.acknowledged && reduced.leavesQuantity() != order.leaves) {
            throw broken("command " + sequence + ": order " + reduced.orderId() + " has " + order.leaves
                    + " left, the report of its reduction says " + reduced.leavesQuantity());
        }
        if (reduced.leavesQuantity() <= 0) {
            throw broken("order " + reduced.orderId() + " is reduced to " + reduced.leavesQuantity()
                    + " lots and not ended");
        }
    }

    private void onActivated() {
        activated.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Order order = live(activated.orderId());
        if (order.acknowledged && activated.leavesQuantity() != order.leaves) {
            throw broken("command " + sequence + ": order " + activated.orderId() + " has " + order.leaves
                    + " left, and takes its place with " + activated.leavesQuantity());
        }
        order.leaves = activated.leavesQuantity();
    }

    private void onCancelled() {
        cancelled.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (ended.containsKey(cancelled.orderId())) {
            throw broken("command " + sequence + " ends order " + cancelled.orderId() + " by " + reason() + ", command "
                    + ended.get(cancelled.orderId()) + " had ended it");
        }
        final Order order = live(cancelled.orderId());
        if (order.acknowledged && cancelled.cancelledQuantity() != order.leaves) {
            throw broken("command " + sequence + ": order " + cancelled.orderId() + " has " + order.leaves
                    + " left, its end by " + reason() + " says " + cancelled.cancelledQuantity());
        }
        end(cancelled.orderId());
    }

    private CancelReason reason() {
        return cancelled.reason();
    }

    private Order live(final long orderId) {
        if (ended.containsKey(orderId)) {
            throw broken("command " + sequence + " reports on order " + orderId + ", which command "
                    + ended.get(orderId) + " has ended, template " + cursor.templateId());
        }
        return orders.computeIfAbsent(orderId, id -> new Order());
    }

    private void endWhenNothingIsLeft(final long orderId, final Order order, final long leaves) {
        if (leaves < 0) {
            throw broken("order " + orderId + " has " + leaves + " lots left");
        }
        if (leaves == 0) {
            end(orderId);
        }
    }

    private void end(final long orderId) {
        orders.remove(orderId);
        ended.put(orderId, sequence);
    }

    @Override
    protected void onAudit(final long atSequence, final Venue venue) {
        compare(venue);
    }

    @Override
    protected void onRest(final long atSequence, final Venue venue) {
        compare(venue);
    }

    private void compare(final Venue venue) {
        final Map<Long, Long> held = new TreeMap<>();
        for (final long instrumentId : venue.inspection().instrumentIds()) {
            for (final Inspection.Order order : venue.inspection().orders(instrumentId)) {
                held.put(order.orderId(), order.leaves());
                if (ended.containsKey(order.orderId())) {
                    throw broken("order " + order.orderId() + " has ended and is still held");
                }
            }
        }
        orders.forEach((orderId, order) -> {
            final Long leaves = held.get(orderId);
            if (order.acknowledged && (leaves == null || leaves != order.leaves)) {
                throw broken("order " + orderId + " has " + order.leaves + " lots left by its reports, the core holds "
                        + (leaves == null ? "no such order" : leaves + " lots"));
            }
        });
    }
}
