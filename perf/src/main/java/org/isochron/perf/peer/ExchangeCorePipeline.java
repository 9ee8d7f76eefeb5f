package org.isochron.perf.peer;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.ApiCancelOrder;
import exchange.core2.core.common.api.ApiCommand;
import exchange.core2.core.common.api.ApiMoveOrder;
import exchange.core2.core.common.api.ApiNop;
import exchange.core2.core.common.api.ApiPlaceOrder;
import exchange.core2.core.common.api.ApiReduceOrder;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import java.util.ArrayList;
import java.util.List;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.TradeTape;

/**
 * exchange-core's own pipeline: grouping, risk hold, matching, risk release and results, each on a thread, as its throughput
 * test drives it. Futures contracts with margin, its fast book, one matching and one risk engine, commands built before and
 * submitted by one thread. Journaling is off, as in that test.
 */
public final class ExchangeCorePipeline implements AutoCloseable {
    private static final int RING_SIZE = 64 * 1024;
    private static final int GROUP_LIMIT = 4_096;
    private static final int GROUP_NS = 4_000_000;
    private static final int CURRENCY = 840;
    private static final int BASE = 1;
    private static final long CASH = 1L << 46;
    private static final int MARGIN = 5_000;

    private final ExchangeCore core;
    private final ExchangeApi api;
    private final TradeTape trades;
    private volatile CommandResultCode refusal;

    /**
     * @param waitStrategy name of one of its CoreWaitStrategy.
     * @param trades       receives the trades; null when nobody wants them.
     */
    public ExchangeCorePipeline(final String waitStrategy, final TradeTape trades) {
        this.trades = trades;
        core = ExchangeCore.builder()
                .resultsConsumer((command, sequence) -> accept(command))
                .exchangeConfiguration(ExchangeConfiguration.defaultBuilder()
                        .performanceCfg(PerformanceConfiguration.baseBuilder()
                                .ringBufferSize(RING_SIZE)
                                .msgsInGroupLimit(GROUP_LIMIT)
                                .maxGroupDurationNs(GROUP_NS)
                                .waitStrategy(CoreWaitStrategy.valueOf(waitStrategy))
                                .orderBookFactory(OrderBookDirectImpl::new)
                                .build())
                        .build())
                .build();
        core.startup();
        api = core.getApi();
    }

    /** On the results thread: trades to the tape, refusals kept. */
    private void accept(final OrderCommand command) {
        if (command.resultCode != CommandResultCode.SUCCESS && isOfUser(command.command)) {
            refusal = command.resultCode;
        }
        if (trades == null) {
            return;
        }
        for (MatcherTradeEvent event = command.matcherEvent; event != null; event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
                MarketFlow.recordTrade(
                        trades,
                        command.symbol - 1,
                        event.price,
                        event.size,
                        (int) event.matchedOrderUid - 1,
                        (int) command.uid - 1);
            }
        }
    }

    /** Definitions come in pieces, each with a result of its own. */
    private static boolean isOfUser(final OrderCommandType type) {
        return switch (type) {
            case PLACE_ORDER, MOVE_ORDER, CANCEL_ORDER, REDUCE_ORDER, ADD_USER, BALANCE_ADJUSTMENT -> true;
            default -> false;
        };
    }

    /** Defines symbols and users with cash. */
    public void define(final int instruments, final int accounts) {
        for (int symbol = 1; symbol <= instruments; symbol++) {
            require(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(CoreSymbolSpecification.builder()
                            .symbolId(symbol)
                            .type(SymbolType.FUTURES_CONTRACT)
                            .baseCurrency(BASE)
                            .quoteCurrency(CURRENCY)
                            .baseScaleK(1)
                            .quoteScaleK(1)
                            .marginBuy(MARGIN)
                            .marginSell(MARGIN)
                            .takerFee(2)
                            .makerFee(1)
                            .build()))
                    .join());
        }
        final List<ApiCommand> users = new ArrayList<>();
        for (long user = 1; user <= accounts; user++) {
            users.add(ApiAddUser.builder().uid(user).build());
            users.add(ApiAdjustUserBalance.builder()
                    .uid(user)
                    .currency(CURRENCY)
                    .amount(CASH)
                    .transactionId(user)
                    .build());
        }
        submit(users);
    }

    private static void require(final CommandResultCode result) {
        if (result != CommandResultCode.SUCCESS) {
            throw new IllegalStateException("exchange-core refused a definition: " + result);
        }
    }

    /** Commands as its interface takes them. */
    public static List<ApiCommand> commands(final MarketFlow flow, final int from, final int to) {
        final List<ApiCommand> commands = new ArrayList<>(to - from);
        for (int command = from; command < to; command++) {
            commands.add(command(flow, command));
        }
        return commands;
    }

    private static ApiCommand command(final MarketFlow flow, final int command) {
        final long word = flow.word(command);
        final long id = flow.orderId(command);
        final long user = flow.account(command) + 1L;
        final int symbol = flow.instrument(command) + 1;
        return switch (FlowCommand.kind(word)) {
            case FlowCommand.ADD -> place(word, id, user, symbol, OrderType.GTC);
            case FlowCommand.CANCEL ->
                ApiCancelOrder.builder().orderId(id).uid(user).symbol(symbol).build();
            case FlowCommand.MOVE ->
                ApiMoveOrder.builder()
                        .orderId(id)
                        .newPrice(FlowCommand.price(word))
                        .uid(user)
                        .symbol(symbol)
                        .build();
            case FlowCommand.REDUCE ->
                ApiReduceOrder.builder()
                        .orderId(id)
                        .reduceSize(flow.lotsOff(command))
                        .uid(user)
                        .symbol(symbol)
                        .build();
            case FlowCommand.TAKE -> place(word, id, user, symbol, OrderType.IOC);
            default -> throw new IllegalArgumentException("no such command: " + word);
        };
    }

    private static ApiCommand place(
            final long word, final long id, final long user, final int symbol, final OrderType type) {
        return ApiPlaceOrder.builder()
                .orderId(id)
                .uid(user)
                .symbol(symbol)
                .orderType(type)
                .action(FlowCommand.isBuy(word) ? OrderAction.BID : OrderAction.ASK)
                .price(FlowCommand.price(word))
                .reservePrice(FlowCommand.price(word))
                .size(FlowCommand.lots(word))
                .build();
    }

    /** Submits commands and waits until the last has its result. */
    public void submit(final List<ApiCommand> commands) {
        for (int i = 0; i < commands.size(); i++) {
            api.submitCommand(commands.get(i));
        }
        api.submitCommandAsync(ApiNop.builder().build()).join();
        if (refusal != null) {
            throw new IllegalStateException("exchange-core refused a command: " + refusal);
        }
    }

    @Override
    public void close() {
        core.shutdown();
    }
}
