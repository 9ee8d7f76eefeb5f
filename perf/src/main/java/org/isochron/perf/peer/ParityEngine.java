package org.isochron.perf.peer;

import com.paritytrading.parity.match.OrderBook;
import com.paritytrading.parity.match.OrderBookListener;
import com.paritytrading.parity.match.Side;
import org.isochron.perf.book.BookEngine;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.TradeTape;

/**
 * Parity's book. It knows entering and cancelling only: a move is a cancel and a new order under the same id, a reduce is
 * its cancel to a smaller size, and an aggressor is an ordinary order, which leaves nothing behind because it fills.
 */
public final class ParityEngine implements BookEngine, OrderBookListener {
    private final OrderBook book = new OrderBook(this);
    private final TradeTape trades;

    public ParityEngine(final TradeTape trades) {
        this.trades = trades;
    }

    @Override
    public void apply(final long word, final long id) {
        switch (FlowCommand.kind(word)) {
            case FlowCommand.ADD, FlowCommand.TAKE -> enter(word, id);
            case FlowCommand.CANCEL -> book.cancel(id, 0);
            case FlowCommand.MOVE -> {
                book.cancel(id, 0);
                enter(word, id);
            }
            case FlowCommand.REDUCE -> book.cancel(id, FlowCommand.price(word));
            default -> throw new IllegalArgumentException("no such command: " + word);
        }
    }

    private void enter(final long word, final long id) {
        book.enter(id, FlowCommand.isBuy(word) ? Side.BUY : Side.SELL, FlowCommand.price(word), FlowCommand.lots(word));
    }

    @Override
    public void match(
            final long restingOrderId,
            final long incomingOrderId,
            final Side incomingSide,
            final long price,
            final long executedQuantity,
            final long remainingQuantity) {
        trades.trade(price, executedQuantity, restingOrderId, incomingOrderId);
    }

    @Override
    public void add(final long orderId, final Side side, final long price, final long size) {
        // The comparison is about trades.
    }

    @Override
    public void cancel(final long orderId, final long canceledQuantity, final long remainingQuantity) {
        // As above.
    }
}
