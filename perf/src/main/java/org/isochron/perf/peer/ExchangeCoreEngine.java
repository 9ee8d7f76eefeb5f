package org.isochron.perf.peer;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import exchange.core2.core.orderbook.OrderBookNaiveImpl;
import java.util.Map;
import org.isochron.perf.book.BookEngine;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.TradeTape;

/**
 * exchange-core's books, called as its matching engine calls them: one command object that is written anew for each
 * command, pools of the sizes its router gives them, events unpooled, as it ships. Its events are read to the tape.
 */
public final class ExchangeCoreEngine implements BookEngine {
    private static final long USER = 1;
    private static final int SYMBOL = 1;

    private final IOrderBook book;
    private final OrderCommand command = new OrderCommand();
    private final TradeTape trades;

    private ExchangeCoreEngine(final IOrderBook.OrderBookFactory factory, final TradeTape trades) {
        book = factory.create(
                specification(),
                new ObjectsPool(poolSizes()),
                new OrderBookEventsHelper(MatcherTradeEvent::new),
                LoggingConfiguration.DEFAULT);
        this.trades = trades;
        command.symbol = SYMBOL;
        command.uid = USER;
    }

    /** The fast book. */
    public static BookEngine direct(final TradeTape trades) {
        return new ExchangeCoreEngine(OrderBookDirectImpl::new, trades);
    }

    /** The plain book. */
    public static BookEngine naive(final TradeTape trades) {
        return new ExchangeCoreEngine(OrderBookNaiveImpl::new, trades);
    }

    private static CoreSymbolSpecification specification() {
        return CoreSymbolSpecification.builder()
                .symbolId(SYMBOL)
                .type(SymbolType.FUTURES_CONTRACT)
                .baseCurrency(1)
                .quoteCurrency(2)
                .baseScaleK(1)
                .quoteScaleK(1)
                .build();
    }

    /** As in its MatchingEngineRouter. */
    private static Map<Integer, Integer> poolSizes() {
        return Map.of(
                ObjectsPool.DIRECT_ORDER, 1024 * 1024,
                ObjectsPool.DIRECT_BUCKET, 1024 * 64,
                ObjectsPool.ART_NODE_4, 1024 * 32,
                ObjectsPool.ART_NODE_16, 1024 * 16,
                ObjectsPool.ART_NODE_48, 1024 * 8,
                ObjectsPool.ART_NODE_256, 1024 * 4);
    }

    @Override
    public void apply(final long word, final long id) {
        command.orderId = id;
        command.matcherEvent = null;
        switch (FlowCommand.kind(word)) {
            case FlowCommand.ADD -> place(word, OrderType.GTC);
            case FlowCommand.CANCEL -> command.command = OrderCommandType.CANCEL_ORDER;
            case FlowCommand.MOVE -> {
                command.command = OrderCommandType.MOVE_ORDER;
                command.price = FlowCommand.price(word);
            }
            case FlowCommand.REDUCE -> {
                command.command = OrderCommandType.REDUCE_ORDER;
                command.size = FlowCommand.lots(word);
            }
            case FlowCommand.TAKE -> place(word, OrderType.IOC);
            default -> throw new IllegalArgumentException("no such command: " + word);
        }
        final CommandResultCode result = IOrderBook.processCommand(book, command);
        if (result != CommandResultCode.SUCCESS) {
            throw new IllegalStateException("order " + id + ": " + result);
        }
        for (MatcherTradeEvent event = command.matcherEvent; event != null; event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
                trades.trade(event.price, event.size, event.matchedOrderId, id);
            }
        }
    }

    private void place(final long word, final OrderType type) {
        command.command = OrderCommandType.PLACE_ORDER;
        command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
        command.orderType = type;
        command.action = FlowCommand.isBuy(word) ? OrderAction.BID : OrderAction.ASK;
        command.price = FlowCommand.price(word);
        command.reserveBidPrice = command.price;
        command.size = FlowCommand.lots(word);
    }
}
