package org.isochron.perf.core;

import java.io.IOException;
import java.nio.file.Path;
import org.isochron.perf.flow.MarketFlow;

/** Measures our core in a JVM of its own. */
public final class CoreTrial {
    private static final int WARM_UP_PASSES = 2;

    private CoreTrial() {}

    /** @param args the market as {@link MarketFlow#parse} reads it, the file for the figures. */
    public static void main(final String[] args) throws IOException {
        final MarketFlow flow = MarketFlow.parse(args[0]);
        new VenueTrial(flow, flow.shape().accounts(), WARM_UP_PASSES).measure().write(Path.of(args[1]));
    }
}
