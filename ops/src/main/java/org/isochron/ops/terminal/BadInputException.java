package org.isochron.ops.terminal;

/** What the user gave cannot be used. The message says what, where, and what would be right. Ends with exit code 2. */
public class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(final String message) {
        super(message);
    }

    public BadInputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
