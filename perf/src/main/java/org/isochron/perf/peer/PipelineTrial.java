package org.isochron.perf.peer;

import exchange.core2.core.common.api.ApiCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.TradeTape;
import org.isochron.perf.run.Allocation;
import org.isochron.perf.run.Figures;

/**
 * Measures exchange-core's pipeline in a JVM of its own: one pass whose trades are checked, two to warm up, one that counts,
 * each with a new instance.
 */
public final class PipelineTrial {
    private static final int WARM_UP_PASSES = 2;

    private final MarketFlow flow;
    private final String waitStrategy;
    private final List<ApiCommand> fill;
    private final List<ApiCommand> commands;

    private PipelineTrial(final MarketFlow flow, final String waitStrategy) {
        this.flow = flow;
        this.waitStrategy = waitStrategy;
        fill = ExchangeCorePipeline.commands(flow, 0, flow.fill());
        commands = ExchangeCorePipeline.commands(flow, flow.fill(), flow.length());
    }

    /** @param args name of the wait strategy, the market as {@link MarketFlow#parse} reads it, the file for the figures. */
    public static void main(final String[] args) throws IOException {
        new PipelineTrial(MarketFlow.parse(args[1]), args[0]).measure().write(Path.of(args[2]));
        // The pipeline's threads are no daemons, and one that has failed does not end.
        System.exit(0);
    }

    private Figures measure() {
        verify();
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            throughput();
        }
        return throughput();
    }

    private void verify() {
        final TradeTape trades = new TradeTape(flow.trades());
        try (ExchangeCorePipeline pipeline = new ExchangeCorePipeline(waitStrategy, trades)) {
            pipeline.define(flow.shape().instruments(), flow.shape().accounts());
            pipeline.submit(fill);
            pipeline.submit(commands);
        }
        if (trades.count() != flow.trades() || trades.hash() != flow.tradesHash()) {
            throw new IllegalStateException("exchange-core made other trades than the reference: " + trades.count()
                    + " instead of " + flow.trades());
        }
    }

    private Figures throughput() {
        try (ExchangeCorePipeline pipeline = new ExchangeCorePipeline(waitStrategy, null)) {
            pipeline.define(flow.shape().instruments(), flow.shape().accounts());
            pipeline.submit(fill);
            System.gc();
            final long bytesBefore = Allocation.ofAllThreads();
            final long beforeNs = System.nanoTime();
            pipeline.submit(commands);
            final double ns = System.nanoTime() - beforeNs;
            final double bytes = Allocation.ofAllThreads() - bytesBefore;
            return new Figures(ns / commands.size(), 0, 0, 0, 0, bytes / commands.size(), flow.trades(), 0);
        }
    }
}
