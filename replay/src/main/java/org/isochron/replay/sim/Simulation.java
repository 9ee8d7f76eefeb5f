package org.isochron.replay.sim;

import java.util.function.LongConsumer;
import org.isochron.replay.check.Violation;

/** One seed's life: the venue is made, trades while everything may fail, heals, and must come to rest. */
final class Simulation {
    private static final long SECOND = 1_000_000_000;
    private static final long DEFINED_WITHIN_NS = 60 * SECOND;
    private static final long QUIET_NS = 4 * SECOND;
    private static final long REST_WITHIN_NS = 60 * SECOND;
    private static final int REST_LOOK_STEPS = 16;
    private static final long PROGRESS_STEPS = 10_000;

    private final World world;
    private final long maxSteps;

    Simulation(final long seed, final long maxSteps, final Parts parts) {
        this.maxSteps = maxSteps;
        world = new World(seed, parts);
    }

    World world() {
        return world;
    }

    void run() {
        run(steps -> {});
    }

    /**
     * Lives the whole life.
     *
     * @param progress told every so often how many steps have been made.
     * @throws Violation when an invariant does not hold.
     */
    void run(final LongConsumer progress) {
        runUntilDefined();
        world.openTrading();
        world.beginFaults();
        long told = 0;
        while (world.steps() < maxSteps) {
            world.step();
            if (world.steps() - told >= PROGRESS_STEPS) {
                told = world.steps();
                progress.accept(told);
            }
        }
        world.heal();
        // Trading goes on a little while wounds close, and then leaves the venue to settle.
        runFor(QUIET_NS / 4);
        world.closeTrading();
        runUntilAtRest();
        world.rest();
    }

    private void runUntilDefined() {
        final long deadlineNs = world.timetable().nowNs() + DEFINED_WITHIN_NS;
        while (!world.isDefined()) {
            world.step();
            if (world.timetable().nowNs() > deadlineNs) {
                throw new Violation("liveness", "the operator has not made the venue in " + DEFINED_WITHIN_NS + " ns");
            }
        }
    }

    private void runFor(final long durationNs) {
        final long untilNs = world.timetable().nowNs() + durationNs;
        while (world.timetable().nowNs() < untilNs) {
            world.step();
        }
    }

    private void runUntilAtRest() {
        final long deadlineNs = world.timetable().nowNs() + REST_WITHIN_NS;
        String unrest = "it has not begun";
        for (int look = 0; unrest != null; look++) {
            world.step();
            if (look % REST_LOOK_STEPS == 0) {
                world.probe();
            }
            unrest = world.unrest();
            if (unrest != null && world.timetable().nowNs() > deadlineNs) {
                throw new Violation(
                        "liveness",
                        REST_WITHIN_NS / SECOND + " s after everything has healed the venue is not at rest: " + unrest);
            }
        }
    }
}
