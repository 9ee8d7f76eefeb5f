package org.isochron.sequencer.replica;

/** Why a replica stopped. It never goes on behind one of these: its state may be wrong. */
public final class ReplicaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stopped it. */
    public enum Reason {
        /** Another frame of the same sequence than the one it holds. */
        LOG_FORK,
        /** Its state differs from that of the majority. */
        DIVERGED,
        /** The core failed on a command. */
        CORE_FAILED,
        /** It has applied a command that the log says is skipped. */
        SKIPPED,
        /** It needs frames that no source has. */
        GAP_UNFILLABLE
    }

    private final Reason reason;
    private final long sequence;

    public ReplicaException(final Reason reason, final long sequence, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sequence = sequence;
    }

    public Reason reason() {
        return reason;
    }

    /** Sequence at which it stopped. */
    public long sequence() {
        return sequence;
    }
}
