package org.isochron.perf.core;

import java.io.IOException;
import java.nio.file.Path;
import org.isochron.perf.flow.MarketFlow;

/** Measures our core with one point of a growth curve in a JVM of its own. */
public final class GrowthTrial {
    private GrowthTrial() {}

    /** @param args the market as {@link MarketFlow#parse} reads it, the number of accounts, the file for the figures. */
    public static void main(final String[] args) throws IOException {
        new VenueTrial(MarketFlow.parse(args[0]), Integer.parseInt(args[1]), 1)
                .measureThroughput()
                .write(Path.of(args[2]));
    }
}
