package org.isochron.replay.sim;

import java.util.List;

/** Lets the faults of a plan strike, one at a time, until it is told to stop; then undoes what lasts. */
final class Faults {
    private static final long MS = 1_000_000;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long YEAR_NS = 365 * 24 * HOUR_NS;
    private static final int MAX_DRIFT_PPM = 20_000;
    private static final int MOST_FRAMES_LOST = 40;

    private final World world;
    private final Dice dice;
    private final FaultPlan plan;
    private boolean stopped;

    Faults(final World world, final Dice dice, final FaultPlan plan) {
        this.world = world;
        this.dice = dice;
        this.plan = plan;
    }

    void begin() {
        strikeLater();
    }

    void stop() {
        stopped = true;
    }

    private void strikeLater() {
        world.timetable().in(plan.intervalNs(dice), new Event() {
            @Override
            void happen() {
                final FaultKind kind = plan.next(dice);
                if (!stopped && kind != null) {
                    strike(kind);
                    strikeLater();
                }
            }
        });
    }

    private void strike(final FaultKind kind) {
        final Host host = any(world.hosts());
        final ReplicaHost replica =
                world.replicas().get(dice.below(world.replicas().size()));
        switch (kind) {
            case CRASH -> crash(host);
            case EMPTY_DISK -> loseDisk(replica);
            case PAUSE -> pause(host);
            case SLOW -> slow(host);
            case CLOG -> clog(host, any(world.hosts()));
            case ONE_WAY -> block(FaultKind.ONE_WAY, host, any(world.hosts()));
            case PARTITION -> partition(host);
            case CLOCK_STEP -> step(host);
            case CLOCK_DRIFT -> drift(host);
            case LOST_WRITE, TORN_WRITE, PARTIAL_WRITE -> losePower(replica);
            case BIT_FLIP, ZEROED_PAGE, TRUNCATED_FILE, MISDIRECTED_WRITE -> spoil(kind, replica);
            case SYNC_FAILURE -> failSync(replica);
            case CLOCK_STOP -> stopClock(host);
            case SNAPSHOT_DAMAGE -> spoilSnapshot(replica);
            case LOST_TAIL -> loseTail();
            case LOST_EVENTS -> loseEvents(replica);
            case EVENT_DAMAGE -> spoilEvents(replica);
            case FULL_DISK -> fill(replica);
            case POISON -> layPoison();
            default -> throw new IllegalStateException(kind + " strikes messages, not hosts");
        }
    }

    private Host any(final List<Host> hosts) {
        return hosts.get(dice.below(hosts.size()));
    }

    private void happened(final FaultKind kind, final Host host) {
        world.faultStruck(kind, host);
    }

    private void crash(final Host host) {
        if (host.isUp()) {
            happened(FaultKind.CRASH, host);
            host.die();
            world.startLater(host);
        }
    }

    private void loseDisk(final ReplicaHost host) {
        if (host.isUp()) {
            happened(FaultKind.EMPTY_DISK, host);
            host.die();
            host.disk().replace();
            world.startLater(host);
        }
    }

    /** What was written and not flushed is at the mercy of the disk; that process is down until it is started again. */
    private void losePower(final ReplicaHost host) {
        if (host.isUp() && host.disk().file().hasUnflushed()) {
            world.trace().note(Trace.FAULT, host.number(), FaultKind.LOST_WRITE.ordinal(), 0);
            host.die();
            host.disk().file().losePower(dice, world.faultCounts());
            world.startLater(host);
        }
    }

    private void spoil(final FaultKind kind, final ReplicaHost host) {
        if (host.disk().file().strike(kind, dice)) {
            happened(kind, host);
        }
    }

    /** Nobody knows what is on such a disk, so nobody asks it again. */
    private void failSync(final ReplicaHost host) {
        if (host.isUp() && host.disk().file().hasUnflushed()) {
            happened(FaultKind.SYNC_FAILURE, host);
            host.die();
            host.disk().replace();
            world.startLater(host);
        }
    }

    private void stopClock(final Host host) {
        happened(FaultKind.CLOCK_STOP, host);
        host.clock().stop(true);
        undoIn(
                dice.between(5 * MS, dice.oneIn(3) ? 2_500 * MS : 200 * MS),
                () -> host.clock().stop(false));
    }

    private void spoilSnapshot(final ReplicaHost host) {
        if (host.disk().snapshots().damage(dice)) {
            happened(FaultKind.SNAPSHOT_DAMAGE, host);
        }
    }

    /**
     * Only of what somebody else holds: frames that are gone everywhere, and reports made of them, are more than one
     * sequencer's journal promises to bear.
     */
    private void loseTail() {
        final CoreHost core = world.core();
        final DiskFile log = core.disk().file();
        final int frames = 1 + dice.below(MOST_FRAMES_LOST);
        if (!core.isUp() || log.count() <= frames) {
            return;
        }
        world.replicas().stream()
                .filter(replica -> replica.disk().file().holdsTailOf(log, frames + 1))
                .findFirst()
                .ifPresent(holder -> {
                    happened(FaultKind.LOST_TAIL, core);
                    core.die();
                    log.loseTail(frames);
                    core.startWithTailOf(holder);
                });
    }

    private void loseEvents(final ReplicaHost host) {
        if (host.isUp() && host.disk().loseEvents(dice)) {
            happened(FaultKind.LOST_EVENTS, host);
            host.die();
            world.startLater(host);
        }
    }

    private void spoilEvents(final ReplicaHost host) {
        if (host.disk().spoilEvents(dice)) {
            happened(FaultKind.EVENT_DAMAGE, host);
        }
    }

    private void layPoison() {
        if (world.poison().lay()) {
            happened(FaultKind.POISON, world.core());
        }
    }

    private void fill(final ReplicaHost host) {
        happened(FaultKind.FULL_DISK, host);
        host.disk().full(true);
        undoIn(dice.between(10 * MS, 500 * MS), () -> host.disk().full(false));
    }

    private void pause(final Host host) {
        happened(FaultKind.PAUSE, host);
        host.pause(dice.between(MS, dice.oneIn(3) ? 3_000 * MS : 200 * MS));
    }

    private void slow(final Host host) {
        happened(FaultKind.SLOW, host);
        host.slowness(2 + dice.below(30));
        undoIn(dice.between(20 * MS, 500 * MS), () -> host.slowness(1));
    }

    private void clog(final Host from, final Host to) {
        happened(FaultKind.CLOG, from);
        world.network().clog(from, to, world.timetable().nowNs() + dice.between(MS, 250 * MS));
    }

    private void block(final FaultKind kind, final Host from, final Host to) {
        if (from == to) {
            return;
        }
        happened(kind, from);
        world.network().block(from, to);
        undoIn(durationNs(), () -> world.network().unblock(from, to));
    }

    private void partition(final Host host) {
        happened(FaultKind.PARTITION, host);
        final long durationNs = durationNs();
        for (final Host other : world.hosts()) {
            if (other != host) {
                world.network().block(host, other);
                world.network().block(other, host);
                undoIn(durationNs, () -> {
                    world.network().unblock(host, other);
                    world.network().unblock(other, host);
                });
            }
        }
    }

    private long durationNs() {
        return dice.oneIn(3) ? dice.between(300 * MS, 1_500 * MS) : dice.between(MS, 200 * MS);
    }

    private void step(final Host host) {
        happened(FaultKind.CLOCK_STEP, host);
        host.clock().stepWall(dice.oneIn(3) ? farNs() : dice.between(-4_000, 4_000) * MS);
    }

    private long farNs() {
        final long mostNs = dice.oneIn(3) ? YEAR_NS : HOUR_NS;
        return dice.between(-mostNs, mostNs);
    }

    private void drift(final Host host) {
        happened(FaultKind.CLOCK_DRIFT, host);
        host.clock().drift((int) dice.between(-MAX_DRIFT_PPM, MAX_DRIFT_PPM));
    }

    private void undoIn(final long durationNs, final Runnable undo) {
        world.timetable().in(durationNs, new Event() {
            @Override
            void happen() {
                undo.run();
            }
        });
    }
}
