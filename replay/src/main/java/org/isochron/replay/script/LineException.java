package org.isochron.replay.script;

/** What is wrong with the line at hand; whoever knows file and line number makes a {@link ScriptException} of it. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    LineException(final String complaint) {
        super(complaint);
    }

    LineException(final String complaint, final Throwable cause) {
        super(complaint, cause);
    }
}
