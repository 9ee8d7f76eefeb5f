package org.isochron.replay.sim;

/** What the simulated world does to the venue. */
public enum FaultKind {
    /** A message never arrives. */
    LOSS,
    /** A message arrives twice. */
    DUPLICATION,
    /** A message arrives after later ones. */
    REORDERING,
    /** A message takes many times as long as usual. */
    DELAY,
    /** A message arrives with a bit turned over. */
    DAMAGE,
    /** Nothing passes from one host to another for a while; then everything that waited arrives. */
    CLOG,
    /** One host hears nothing of another, which hears it. */
    ONE_WAY,
    /** A host is cut off from all others. */
    PARTITION,
    /** A process dies without a word; its disk keeps what it had written. */
    CRASH,
    /** A process comes back. */
    RESTART,
    /** A process stands still and goes on as if nothing had been. */
    PAUSE,
    /** A process needs many times as long for everything. */
    SLOW,
    /** A process dies and its disk is replaced by an empty one. */
    EMPTY_DISK,
    /** The wall clock of a host jumps. */
    CLOCK_STEP,
    /** The clocks of a host run fast or slow. */
    CLOCK_DRIFT,
    /** A host loses power, and a write that had not reached the disk is gone. */
    LOST_WRITE,
    /** A host loses power, and only the beginning of a write reached the disk. */
    TORN_WRITE,
    /** A host loses power, and any of the bytes of a write may have reached the disk. */
    PARTIAL_WRITE,
    /** A write lands at another place than meant. */
    MISDIRECTED_WRITE,
    /** A bit of a file turns over. */
    BIT_FLIP,
    /** A page of a file reads as zeros. */
    ZEROED_PAGE,
    /** A file ends earlier than it did. */
    TRUNCATED_FILE,
    /** A host loses power, and the last blocks of its event journal are gone, or its index. */
    LOST_EVENTS,
    /** A byte of an event journal turns over. */
    EVENT_DAMAGE,
    /** A bit of a snapshot turns over. */
    SNAPSHOT_DAMAGE,
    /** The sequencer's host loses power, and the last frames of its journal are gone; replicas have them. */
    LOST_TAIL,
    /** A disk fails to bring to it what was written: its node stops for good, and gets another disk. */
    SYNC_FAILURE,
    /** Both clocks of a host stand still for a while. */
    CLOCK_STOP,
    /** A disk takes no more. */
    FULL_DISK,
    /** Every core fails on a command, and no node starts until an operator has it skipped. */
    POISON
}
