package org.isochron.perf.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.perf.run.Figures;
import org.isochron.perf.run.Rounds;
import org.isochron.perf.run.TrialSpace;
import org.isochron.risk.state.Capacities;

/**
 * How the cost of a command grows with resting orders, accounts and instruments, one of them at a time while the others
 * stay at the {@link #BASE}, picked by Zipf's law and evenly.
 */
public final class Growth {
    /** Commands of a full run, after the fill. */
    public static final int COMMANDS = 1_000_000;
    /** Commands of a quick one. */
    public static final int QUICK_COMMANDS = 100_000;
    /** What stays while another grows. */
    public static final MarketShape BASE = new MarketShape(8, 1_000, 20_000, true);

    private static final long SEED = 20_260_105;
    private static final String HEAP = "3g";
    private static final int TIMEOUT_SEC = 300;

    /** What grows, and through which sizes. */
    public enum Dimension {
        RESTING("resting", 1_000, 10_000, 100_000, 1_000_000),
        ACCOUNTS("accounts", 1_000, 10_000, 100_000, Capacities.LARGEST.accounts() - 64),
        INSTRUMENTS("instruments", 1, 10, 100, 500);

        private final String id;
        private final int[] sizes;

        Dimension(final String id, final int... sizes) {
            this.id = id;
            this.sizes = sizes;
        }

        /** Name in results. */
        public String id() {
            return id;
        }

        public int[] sizes() {
            return sizes.clone();
        }

        MarketShape shape(final int size, final boolean skewed) {
            return new MarketShape(
                    this == INSTRUMENTS ? size : BASE.instruments(),
                    this == ACCOUNTS ? size : BASE.accounts(),
                    this == RESTING ? size : BASE.resting(),
                    skewed);
        }

        int accounts(final int size) {
            return this == ACCOUNTS ? size : BASE.accounts();
        }
    }

    /**
     * One point of a curve.
     *
     * @param nsPerOp    median of the rounds.
     * @param bytesPerOp median of the rounds.
     */
    public record Point(Dimension dimension, boolean skewed, int size, double nsPerOp, double bytesPerOp) {}

    private final Path root;
    private final int commands;
    private final int rounds;

    /** @param root of the source tree. */
    public Growth(final Path root, final int commands, final int rounds) {
        this.root = root;
        this.commands = commands;
        this.rounds = rounds;
    }

    /** Beyond so many accounts each session speaks for its whole firm. */
    public static int mostNamedAccounts() {
        return VenueFrames.mostNamedAccounts();
    }

    /** How many steps {@link #run} tells of. */
    public int trials() {
        int points = 0;
        for (final Dimension dimension : Dimension.values()) {
            points += 2 * dimension.sizes.length;
        }
        return points * rounds;
    }

    /** Every curve, by dimension, first skewed, then even, from small to large; rounds are interleaved. */
    public List<Point> run(final LongConsumer progress) {
        final List<Point> points = new ArrayList<>();
        for (final Dimension dimension : Dimension.values()) {
            for (final boolean skewed : new boolean[] {true, false}) {
                for (final int size : dimension.sizes) {
                    points.add(new Point(dimension, skewed, size, 0, 0));
                }
            }
        }
        final List<List<Figures>> figures = new ArrayList<>();
        points.forEach(point -> figures.add(new ArrayList<>()));
        try (TrialSpace space = TrialSpace.openOurs(root)) {
            int done = 0;
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < points.size(); i++) {
                    figures.get(i).add(trial(space, points.get(i)));
                    progress.accept(++done);
                }
            }
        }
        for (int i = 0; i < points.size(); i++) {
            final Point point = points.get(i);
            points.set(
                    i,
                    new Point(
                            point.dimension,
                            point.skewed,
                            point.size,
                            Rounds.median(figures.get(i), Figures::nsPerOp),
                            Rounds.medianHundredths(figures.get(i), Figures::bytesPerOp)));
        }
        return points;
    }

    private Figures trial(final TrialSpace space, final Point point) {
        final MarketShape shape = point.dimension.shape(point.size, point.skewed);
        return Figures.of(space.ours(HEAP, GrowthTrial.class)
                .run(
                        space.directory(),
                        TIMEOUT_SEC,
                        MarketFlow.describe(shape, true, SEED, commands),
                        Integer.toString(point.dimension.accounts(point.size))));
    }
}
