package org.isochron.sequencer.replica;

/** A snapshot cannot be used, or none can be written; the message says which and why. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotException(final String message) {
        super(message);
    }

    public SnapshotException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
