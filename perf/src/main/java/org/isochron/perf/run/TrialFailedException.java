package org.isochron.perf.run;

/** A trial did not come to figures: its JVM failed or hung, an engine disagrees, a library is missing. */
public final class TrialFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrialFailedException(final String message) {
        super(message);
    }

    public TrialFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
