package org.isochron.replay.sim;

import org.isochron.replay.check.Violation;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.ReplicaException;

/** A machine with one process on it, which is worked when something arrives for it and when its idle time is over. */
abstract class Host {
    private static final long CYCLE_NS = 300;
    private static final long WORK_NS = 400;
    /** A process that had something to do looks again so soon for more, unless something arrives before. */
    private static final long LOOK_AGAIN_NS = 20_000;

    final World world;
    private final int number;
    private final String name;
    private final SimulatedClock clock;
    private final long idleNs;
    private final int turn;
    private SimulatedTransport transport;
    private boolean up;
    private long pausedUntilNs;
    private long busyUntilNs;
    private int slowness = 1;
    private boolean woken;

    Host(final World world, final String name, final long idleNs) {
        this.world = world;
        this.name = name;
        this.idleNs = idleNs;
        number = world.enrol(this);
        turn = world.timetable().enrol(new Turn());
        clock = new SimulatedClock(world.timetable());
    }

    final String name() {
        return name;
    }

    final int number() {
        return number;
    }

    final SimulatedClock clock() {
        return clock;
    }

    /** The clocks as the process sees them. */
    final VenueClock processClock() {
        return world.parts().clock(name, clock);
    }

    /** Puts the process together; it may refuse. */
    abstract void assemble(SimulatedTransport freshTransport);

    /** One duty cycle. */
    abstract int work();

    /** The process is gone; its memory with it. */
    abstract void scrap();

    /** What an operator does about a journal that cannot be used; false when nothing can be done. */
    boolean replaceDisk() {
        return false;
    }

    /** What an operator does about a process that has ended like that; false when it must not happen. */
    boolean recoverFrom(final RuntimeException failure) {
        return false;
    }

    final boolean isUp() {
        return up;
    }

    final boolean isPaused() {
        return pausedUntilNs > world.timetable().nowNs();
    }

    final void start() {
        if (up) {
            return;
        }
        transport = world.newTransport(this);
        try {
            assemble(transport);
            up = true;
            world.trace().note(Trace.STARTED, number, 0, 0);
            wake();
        } catch (final JournalException unusable) {
            refused(unusable.sequence());
            if (!replaceDisk()) {
                throw cannotStart(unusable);
            }
            world.startLater(this);
        } catch (final ReplicaException refusal) {
            refused(refusal.sequence());
            if (!recoverFrom(refusal)) {
                throw cannotStart(refusal);
            }
        }
    }

    private void refused(final long sequence) {
        world.trace().note(Trace.REFUSED, number, sequence, 0);
        die();
    }

    private Violation cannotStart(final RuntimeException reason) {
        return new Violation("node-starts", name + " cannot start: " + reason.getMessage(), reason);
    }

    /** The process dies as by kill -9. */
    final void die() {
        if (transport != null) {
            transport.die();
            transport = null;
        }
        up = false;
        world.timetable().cancel(turn);
        scrap();
    }

    final void pause(final long durationNs) {
        pausedUntilNs = world.timetable().nowNs() + durationNs;
    }

    final void goOn() {
        pausedUntilNs = 0;
        wake();
    }

    final void slowness(final int factor) {
        slowness = factor;
    }

    /** Something has happened that the process will see in its next duty cycle. */
    final void wake() {
        woken = true;
        pollAt(world.timetable().nowNs());
    }

    final void wakeIn(final long durationNs) {
        pollAt(world.timetable().nowNs() + durationNs);
    }

    private void pollAt(final long timeNs) {
        if (up) {
            world.timetable().bringForward(turn, Math.max(timeNs, Math.max(busyUntilNs, pausedUntilNs)));
        }
    }

    private void poll() {
        final boolean byTimer = !woken;
        woken = false;
        int work = 0;
        try {
            work = work();
        } catch (final JournalException unusable) {
            world.journalFailed(this, unusable);
            return;
        } catch (final RuntimeException failure) {
            if (recoverFrom(failure)) {
                return;
            }
            throw violation(failure);
        }
        if (!up) {
            return;
        }
        if (byTimer && work > 0) {
            world.timerFired(this, work);
        }
        busyUntilNs = world.timetable().nowNs() + slowness * (CYCLE_NS + work * WORK_NS);
        pollAt(work > 0 ? busyUntilNs + LOOK_AGAIN_NS : world.timetable().nowNs() + idleNs);
    }

    /** A replica wraps whatever its core throws, the complaint of a check included. */
    private Violation violation(final RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Violation violation) {
                return violation;
            }
        }
        return new Violation(Invariants.NO_PROCESS_STOPS, name + " has stopped: " + failure.getMessage(), failure);
    }

    private final class Turn extends Event {
        @Override
        void happen() {
            if (isPaused()) {
                pollAt(pausedUntilNs);
            } else {
                poll();
            }
        }
    }
}
