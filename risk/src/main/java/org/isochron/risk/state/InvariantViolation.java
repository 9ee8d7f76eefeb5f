package org.isochron.risk.state;

/** The venue's own books do not add up: our fault, never a participant's. The replica that meets it stops. */
public final class InvariantViolation extends Error {
    private static final long serialVersionUID = 1L;

    public InvariantViolation(final String message) {
        super(message);
    }
}
