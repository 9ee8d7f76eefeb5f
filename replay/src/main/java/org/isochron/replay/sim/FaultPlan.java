package org.isochron.replay.sim;

import java.util.EnumSet;
import java.util.Set;
import org.isochron.sequencer.sequence.SequencerConfig;

/** Which faults strike a simulated venue, and how hard: every seed has its own mixture, none and all included. */
final class FaultPlan {
    private static final Set<FaultKind> OF_MESSAGES =
            EnumSet.of(FaultKind.LOSS, FaultKind.DUPLICATION, FaultKind.REORDERING, FaultKind.DELAY, FaultKind.DAMAGE);
    private static final Set<FaultKind> CONSEQUENCES = EnumSet.of(FaultKind.RESTART);

    private final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    private final FaultKind[] striking;
    private final long meanIntervalNs;
    private final Weather[] weathers = new Weather[Way.values().length];
    private final long feedLagNs;
    private final int snapshotInterval;
    private final boolean durable;

    FaultPlan(final Dice dice) {
        for (final FaultKind kind : FaultKind.values()) {
            if (kind != FaultKind.POISON && !dice.oneIn(3)) {
                kinds.add(kind);
            }
        }
        if (dice.oneIn(4)) {
            kinds.add(FaultKind.POISON);
        }
        striking = kinds.stream()
                .filter(kind -> !OF_MESSAGES.contains(kind) && !CONSEQUENCES.contains(kind))
                .toArray(FaultKind[]::new);
        meanIntervalNs = dice.between(20_000_000, 1_000_000_000);
        feedLagNs = dice.oneIn(3) ? dice.between(1_000, 80_000) : 0;
        snapshotInterval = dice.oneIn(5) ? SequencerConfig.NO_SNAPSHOTS : (int) dice.between(50, 800);
        durable = dice.oneIn(3);
        for (final Way way : Way.values()) {
            weathers[way.ordinal()] = weather(way, dice);
        }
    }

    Weather[] weathers() {
        return weathers.clone();
    }

    long feedLagNs() {
        return feedLagNs;
    }

    int snapshotInterval() {
        return snapshotInterval;
    }

    /** Whether matchers hold events back until their disks have the command: durability D3. */
    boolean isDurable() {
        return durable;
    }

    long intervalNs(final Dice dice) {
        return dice.between(0, 2 * meanIntervalNs);
    }

    /** The next fault to strike; null when none does in this venue. */
    FaultKind next(final Dice dice) {
        return striking.length == 0 ? null : striking[dice.below(striking.length)];
    }

    /**
     * Inside one process nothing is lost, and only what sessions send comes twice. The way to the gateway and back keeps
     * order, as Aeron does. A feed that is full drops.
     */
    private Weather weather(final Way way, final Dice dice) {
        final long minNs = way == Way.COMMANDS ? 200 : dice.between(2_000, 50_000);
        final long maxNs = way == Way.COMMANDS ? 500 : minNs + dice.between(0, 200_000);
        final boolean inside = way == Way.COMMANDS;
        final boolean multicast = way == Way.LOG || way == Way.FEED;
        return new Weather(
                minNs,
                maxNs,
                inside ? 0 : rate(FaultKind.LOSS, multicast ? 300_000 : 30_000, dice),
                rate(FaultKind.DUPLICATION, multicast ? 500_000 : 50_000, dice),
                multicast ? rate(FaultKind.REORDERING, 200_000, dice) : 0,
                inside ? 0 : rate(FaultKind.DELAY, 2_000, dice),
                way == Way.LOG ? rate(FaultKind.DAMAGE, 10_000, dice) : 0,
                (int) dice.between(64, 1_024),
                way == Way.FEED);
    }

    private int rate(final FaultKind kind, final int mostPpm, final Dice dice) {
        final int drawn = dice.oneIn(2) ? dice.below(mostPpm) : dice.below(mostPpm / 20);
        return kinds.contains(kind) && !dice.oneIn(4) ? drawn : 0;
    }
}
