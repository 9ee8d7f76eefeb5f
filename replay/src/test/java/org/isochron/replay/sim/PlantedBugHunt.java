package org.isochron.replay.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.isochron.replay.check.Violation;

/**
 * Plants each bug and runs seeds until a check finds it. As a command it hunts all of them, or those named, and prints a
 * table: {@code PlantedBugHunt [seeds [steps [name ...]]]}.
 */
final class PlantedBugHunt {
    private static final int SEEDS = 200;
    private static final long STEPS = 10_000;

    private PlantedBugHunt() {}

    /**
     * What found a bug.
     *
     * @param seed      the first that did, 0 for none.
     * @param step      of that seed.
     * @param steps     of all seeds up to there.
     * @param invariant that did not hold.
     */
    record Found(long seed, long step, long steps, String invariant, String what) {
        boolean isFound() {
            return seed != 0;
        }
    }

    static Found hunt(final PlantedBug bug, final long firstSeed, final int seeds, final long steps) {
        long all = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            final Simulation simulation =
                    new Simulation(seed, steps, bug.parts().get());
            try {
                simulation.run();
            } catch (final Violation violation) {
                final long step = simulation.world().steps();
                return new Found(seed, step, all + step, violation.invariant(), violation.getMessage());
            }
            all += simulation.world().steps();
        }
        return new Found(0, 0, all, "", "");
    }

    /**
     * Hunts one after the other and prints a line of a table for each.
     *
     * @return names of those that were not found.
     */
    static List<String> huntAll(final List<PlantedBug> bugs, final int seeds, final long steps, final PrintStream out) {
        final List<String> missing = new ArrayList<>();
        for (final PlantedBug bug : bugs) {
            final Found trophy = hunt(bug, 1, seeds, steps);
            if (!trophy.isFound()) {
                missing.add(bug.name());
            }
            out.printf(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    bug.name(),
                    bug.what(),
                    trophy.isFound() ? trophy.seed() : "not found",
                    trophy.step(),
                    trophy.steps(),
                    trophy.invariant());
            out.println("    " + trophy.what());
        }
        out.println((bugs.size() - missing.size()) + " of " + bugs.size() + " found, " + seeds + " seeds of " + steps
                + " steps each at most");
        return missing;
    }

    public static void main(final String[] args) {
        final int seeds = args.length > 0 ? Integer.parseInt(args[0]) : SEEDS;
        final long steps = args.length > 1 ? Long.parseLong(args[1]) : STEPS;
        final List<String> names = List.of(args).subList(Math.min(2, args.length), args.length);
        final List<PlantedBug> bugs = names.isEmpty()
                ? PlantedBugs.all()
                : names.stream().map(PlantedBugs::named).toList();
        huntAll(bugs, seeds, steps, System.out);
    }
}
