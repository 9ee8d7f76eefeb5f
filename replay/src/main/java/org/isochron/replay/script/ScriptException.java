package org.isochron.replay.script;

/** A line of a script that cannot be run. The message names file and line, what is wrong and what would be right. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int lineNumber;

    ScriptException(final String file, final int lineNumber, final String complaint, final Throwable cause) {
        super(file + ":" + lineNumber + ": " + complaint, cause);
        this.lineNumber = lineNumber;
    }

    /** From 1. */
    public int lineNumber() {
        return lineNumber;
    }
}
