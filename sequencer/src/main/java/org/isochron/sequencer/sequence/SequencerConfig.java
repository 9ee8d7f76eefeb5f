package org.isochron.sequencer.sequence;

import org.isochron.codecs.frame.Frame;

/**
 * What a sequencer is told.
 *
 * @param sequencerId         node id, written into its own frames.
 * @param tailFrames          frames republished at start: it may have journaled them without anybody receiving them.
 * @param heartbeatIntervalNs silence after which a heartbeat tells the replicas where the log stands.
 * @param commandsPerCycle    most commands stamped in one duty cycle.
 * @param snapshotInterval    commands between two marks at which replicas copy their state; {@link #NO_SNAPSHOTS} for none.
 */
public record SequencerConfig(
        int sequencerId, int tailFrames, long heartbeatIntervalNs, int commandsPerCycle, int snapshotInterval) {
    public static final int NO_SNAPSHOTS = 0;

    public static final int DEFAULT_TAIL_FRAMES = 1024;
    public static final long DEFAULT_HEARTBEAT_INTERVAL_NS = 10_000_000;
    public static final int DEFAULT_COMMANDS_PER_CYCLE = 64;

    public SequencerConfig {
        require(sequencerId > 0, "sequencerId", sequencerId, "a positive node id");
        require(
                tailFrames >= 0,
                "tailFrames",
                tailFrames,
                "0 or more frames of at most " + Frame.MAX_LENGTH + " bytes");
        require(heartbeatIntervalNs > 0, "heartbeatIntervalNs", heartbeatIntervalNs, "a positive duration");
        require(commandsPerCycle > 0, "commandsPerCycle", commandsPerCycle, "at least 1");
        require(snapshotInterval >= NO_SNAPSHOTS, "snapshotInterval", snapshotInterval, "0 or more commands");
    }

    /** Everything but the id by default, without snapshots. */
    public static SequencerConfig of(final int sequencerId) {
        return new SequencerConfig(
                sequencerId,
                DEFAULT_TAIL_FRAMES,
                DEFAULT_HEARTBEAT_INTERVAL_NS,
                DEFAULT_COMMANDS_PER_CYCLE,
                NO_SNAPSHOTS);
    }

    /** The same with another number of frames republished at start. */
    public SequencerConfig withTailFrames(final int frames) {
        return new SequencerConfig(sequencerId, frames, heartbeatIntervalNs, commandsPerCycle, snapshotInterval);
    }

    /** The same with marks for snapshots, at multiples of so many commands or soon after. */
    public SequencerConfig withSnapshotInterval(final int commands) {
        return new SequencerConfig(sequencerId, tailFrames, heartbeatIntervalNs, commandsPerCycle, commands);
    }

    private static void require(final boolean holds, final String key, final long value, final String right) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", " + right + " is needed");
        }
    }
}
