package org.isochron.replay;

/** The log skips a command that this replay has applied, or could not: it has to begin again and pass it over. */
public final class SkippedCommandException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long skipped;
    private final long saidAt;

    SkippedCommandException(final long skipped, final long saidAt) {
        super("command " + skipped + " is skipped by command " + saidAt + "; replay from before it and pass it over");
        this.skipped = skipped;
        this.saidAt = saidAt;
    }

    /** The command. */
    public long skipped() {
        return skipped;
    }

    /** What says so. */
    public long saidAt() {
        return saidAt;
    }
}
