package org.isochron.replay.check;

/** An invariant does not hold. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    public Violation(final String invariant, final String what) {
        this(invariant, what, null);
    }

    public Violation(final String invariant, final String what, final Throwable cause) {
        super(invariant + ": " + what, cause);
        this.invariant = invariant;
    }

    /** Name of the invariant. */
    public String invariant() {
        return invariant;
    }
}
