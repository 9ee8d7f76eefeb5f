package org.isochron.replay.sim;

import org.isochron.sequencer.edge.VenueClock;

/** The clocks of one host: they follow the world's time, but may run at another speed, and somebody may set the wall clock. */
final class SimulatedClock implements VenueClock {
    private static final long PPM = 1_000_000;

    private final Timetable timetable;
    private long anchorNs;
    private long monotonicAtAnchorNs;
    private long wallAtAnchorNs;
    private int driftPpm;
    private boolean stopped;

    SimulatedClock(final Timetable timetable) {
        this.timetable = timetable;
        anchorNs = timetable.nowNs();
        wallAtAnchorNs = anchorNs;
    }

    @Override
    public long wallNs() {
        return wallAtAnchorNs + elapsedNs();
    }

    @Override
    public long monotonicNs() {
        return monotonicAtAnchorNs + elapsedNs();
    }

    /** From now on the clocks run that much fast. */
    void drift(final int ppm) {
        final long elapsedNs = elapsedNs();
        anchorNs = timetable.nowNs();
        wallAtAnchorNs += elapsedNs;
        monotonicAtAnchorNs += elapsedNs;
        driftPpm = ppm;
    }

    void stepWall(final long stepNs) {
        wallAtAnchorNs += stepNs;
    }

    /** Somebody sets both right. */
    void heal() {
        stop(false);
        drift(0);
        wallAtAnchorNs = anchorNs;
    }

    /** Stands still from now on, or goes on from where it stands. */
    void stop(final boolean stands) {
        drift(driftPpm);
        stopped = stands;
    }

    private long elapsedNs() {
        if (stopped) {
            return 0;
        }
        final long elapsedNs = timetable.nowNs() - anchorNs;
        return elapsedNs + elapsedNs * driftPpm / PPM;
    }
}
