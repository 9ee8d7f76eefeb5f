package org.isochron.sequencer.edge;

/** A journal that cannot be opened or read as it should be. The message names the journal, the place and the remedy. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Another process has it open. */
        IN_USE,
        /** Written under another schema version. */
        SCHEMA_VERSION,
        /** A frame is damaged, missing or out of order. */
        CORRUPT,
        /** The place does not hold a journal, or cannot be written. */
        UNUSABLE
    }

    private final Reason reason;
    private final long sequence;

    /**
     * @param sequence frame concerned, 0 when none is.
     */
    public JournalException(final Reason reason, final long sequence, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sequence = sequence;
    }

    public Reason reason() {
        return reason;
    }

    /** Sequence of the frame concerned, 0 when none is. */
    public long sequence() {
        return sequence;
    }
}
