package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.isochron.codecs.shape.SessionMessage;
import org.isochron.replay.check.Violation;

/** Many seeds, one after the other, each a venue of its own; what was found, and how much was tried. */
public final class Campaign {
    /** Most steps of one seed: what its venue writes is kept in memory. */
    public static final long MAX_STEPS = 10_000_000;

    private static final long PRIME = 0x9E3779B185EBCA87L;

    private final long firstSeed;
    private final int seeds;
    private final long stepsPerSeed;
    private final Supplier<Parts> parts;
    private final FaultCounts faults = new FaultCounts();
    private final long[] commands = new long[1 << 10];
    private final List<Failure> failures = new ArrayList<>();
    private final Reached reached = new Reached();
    private long steps;
    private long snapshotsTaken;
    private long snapshotsLoaded;
    private long eventsResent;
    private long eventsMissed;
    private long traceHash;

    /**
     * A seed in which an invariant did not hold.
     *
     * @param step      at which it showed.
     * @param invariant that did not hold.
     * @param what      in words.
     * @param traceHash of the run up to there.
     * @param lastNotes what happened last on each host, oldest first: time in ns, what, details.
     * @param script    lines of a script that breaks the invariant in a core alone; empty when it takes more than that.
     */
    public record Failure(
            long seed,
            long step,
            String invariant,
            String what,
            long traceHash,
            Map<String, List<String>> lastNotes,
            List<String> script) {}

    /**
     * How much of an enumeration that events have, or of all kinds of events, the cores have said.
     *
     * @param missing names of what was never said.
     */
    public record Share(int reached, int of, List<String> missing) {}

    /**
     * What a campaign has done.
     *
     * @param faults   injected, by kind.
     * @param commands sent by clients, by message.
     * @param branches of the core reached, by enumeration; kinds of events as {@code event}.
     * @param snapshotsTaken  by all nodes.
     * @param snapshotsLoaded starts of nodes behind one.
     * @param eventsResent    to clients that had missed them.
     * @param eventsMissed    of which clients were told that nobody has them any more.
     * @param traceHash       over everything that happened in all seeds: the same for the same seeds, steps and build, whatever
     *                        Java runs them.
     */
    public record Report(
            int seeds,
            long steps,
            List<Failure> failures,
            Map<FaultKind, Long> faults,
            Map<String, Long> commands,
            Map<String, Share> branches,
            long snapshotsTaken,
            long snapshotsLoaded,
            long eventsResent,
            long eventsMissed,
            long traceHash) {}

    /**
     * @param firstSeed    the others follow it.
     * @param stepsPerSeed until wounds are healed; coming to rest takes some more.
     */
    public Campaign(final long firstSeed, final int seeds, final long stepsPerSeed) {
        this(firstSeed, seeds, stepsPerSeed, () -> Parts.SOUND);
    }

    Campaign(final long firstSeed, final int seeds, final long stepsPerSeed, final Supplier<Parts> parts) {
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds is " + seeds + ", at least 1 is needed");
        }
        if (stepsPerSeed < 1 || stepsPerSeed > MAX_STEPS) {
            throw new IllegalArgumentException("steps is " + stepsPerSeed + ", 1 to " + MAX_STEPS + " are possible");
        }
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.stepsPerSeed = stepsPerSeed;
        this.parts = parts;
    }

    /**
     * Runs all seeds.
     *
     * @param progress told now and then how many of the steps that were asked for are done.
     */
    public Report run(final LongConsumer progress) {
        for (int i = 0; i < seeds; i++) {
            final long before = i * stepsPerSeed;
            run(firstSeed + i, inSeed -> progress.accept(before + Math.min(inSeed, stepsPerSeed)));
            progress.accept(before + stepsPerSeed);
        }
        return new Report(
                seeds,
                steps,
                List.copyOf(failures),
                faults.toMap(),
                commandsByName(),
                reached.shares(),
                snapshotsTaken,
                snapshotsLoaded,
                eventsResent,
                eventsMissed,
                traceHash);
    }

    private void run(final long seed, final LongConsumer progress) {
        final Simulation simulation = new Simulation(seed, stepsPerSeed, parts.get());
        final World world = simulation.world();
        try {
            simulation.run(progress);
        } catch (final Violation violation) {
            failures.add(new Failure(
                    seed,
                    world.steps(),
                    violation.invariant(),
                    violation.getMessage(),
                    world.trace().hash(),
                    lastNotes(world),
                    Reproduction.of(seed, world.core().disk().file(), parts, violation.invariant())));
        }
        steps += world.steps();
        faults.add(world.faultCounts());
        reached.add(world.reached());
        snapshotsTaken += world.snapshotsTaken();
        snapshotsLoaded += world.snapshotsLoaded();
        eventsResent += world.eventsResent();
        eventsMissed += world.eventsMissed();
        traceHash = Long.rotateLeft(traceHash, 1) * PRIME + world.trace().hash();
        for (int i = 0; i < commands.length; i++) {
            commands[i] += world.commandCounts()[i];
        }
    }

    private static Map<String, List<String>> lastNotes(final World world) {
        final Map<String, List<String>> notes = new LinkedHashMap<>();
        for (final Host host : world.hosts()) {
            notes.put(host.name(), world.trace().last(host.number()));
        }
        return notes;
    }

    /** Every command a session may number, also those that were never sent. */
    private Map<String, Long> commandsByName() {
        final Map<String, Long> byName = new TreeMap<>();
        for (final MessageSchema message : Schema.venue().messages()) {
            if (SessionMessage.isNumbered(message.templateId())) {
                byName.put(message.name(), commands[message.templateId()]);
            }
        }
        return byName;
    }
}
