package org.isochron.perf.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.perf.peer.PipelineTrial;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.TrialFailedException;
import org.isochron.perf.run.TrialSpace;

/**
 * Our core on one thread beside exchange-core's pipeline on its own. Which of its wait strategies suits this machine is
 * found out first, with fewer commands; the rounds then use the fastest.
 */
public final class CoreComparison {
    /** Commands of a full run, after the fill. */
    public static final int COMMANDS = 1_000_000;
    /** Commands of a quick one. */
    public static final int QUICK_COMMANDS = 100_000;
    /** The market: 8 instruments with 2,500 orders each, 1,000 accounts, picked evenly. */
    public static final MarketShape MARKET = new MarketShape(8, 1_000, 20_000, false);

    private static final List<String> WAIT_STRATEGIES = List.of("BLOCKING", "YIELDING", "BUSY_SPIN");
    private static final int TRY_COMMANDS = 100_000;
    private static final int TRY_TIMEOUT_SEC = 60;
    private static final long SEED = 20_260_105;
    private static final String HEAP = "3g";
    private static final int TIMEOUT_SEC = 300;

    private final Path root;
    private final int commands;
    private final int rounds;

    /**
     * What came of it.
     *
     * @param strategies commands a second of the peer with each wait strategy when tried; 0 for one that did not come to
     *     an end in time.
     * @param chosen     the wait strategy of the rounds.
     */
    public record Result(List<Figures> ours, List<Figures> peer, Map<String, Double> strategies, String chosen) {}

    /** @param root of the source tree. */
    public CoreComparison(final Path root, final int commands, final int rounds) {
        this.root = root;
        this.commands = commands;
        this.rounds = rounds;
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        return WAIT_STRATEGIES.size() + 2 * rounds;
    }

    /** @throws TrialFailedException when an engine fails or makes other trades than the reference. */
    public Result run(final LongConsumer progress) {
        final List<Figures> ours = new ArrayList<>();
        final List<Figures> peer = new ArrayList<>();
        try (TrialSpace space = TrialSpace.open(root)) {
            int done = 0;
            final Map<String, Double> strategies = new LinkedHashMap<>();
            for (final String strategy : WAIT_STRATEGIES) {
                strategies.put(strategy, tried(space, strategy));
                progress.accept(++done);
            }
            final String chosen = fastest(strategies);
            final String market = MarketFlow.describe(MARKET, false, SEED, commands);
            for (int round = 0; round < rounds; round++) {
                ours.add(Figures.of(space.ours(HEAP, CoreTrial.class).run(space.directory(), TIMEOUT_SEC, market)));
                progress.accept(++done);
                peer.add(Figures.of(
                        space.peers(HEAP, PipelineTrial.class).run(space.directory(), TIMEOUT_SEC, chosen, market)));
                progress.accept(++done);
            }
            return new Result(ours, peer, strategies, chosen);
        }
    }

    private static double tried(final TrialSpace space, final String strategy) {
        final String market = MarketFlow.describe(MARKET, false, SEED, TRY_COMMANDS);
        try {
            return Figures.of(space.peers(HEAP, PipelineTrial.class)
                            .run(space.directory(), TRY_TIMEOUT_SEC, strategy, market))
                    .commandsPerSecond();
        } catch (final TrialFailedException ex) {
            // More spinning threads than cores: a strategy may not come to an end here. That is told as a speed of 0.
            return 0;
        }
    }

    private static String fastest(final Map<String, Double> strategies) {
        final Map.Entry<String, Double> best =
                strategies.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        if (best.getValue() == 0) {
            throw new TrialFailedException("exchange-core's pipeline comes to an end with none of " + WAIT_STRATEGIES);
        }
        return best.getKey();
    }
}
