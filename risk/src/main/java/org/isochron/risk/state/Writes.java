package org.isochron.risk.state;

/**
 * Whether anything has been written to the state since somebody began to look: one flag that every part of it sets, so that
 * a command that fails can tell whether it has left anything behind.
 */
public final class Writes {
    private boolean any;

    /** Begins to look. */
    public void forget() {
        any = false;
    }

    /** A part has been written to. */
    public void note() {
        any = true;
    }

    /** Whether there was a write since. */
    public boolean any() {
        return any;
    }

    /** Has all parts of a state note their writes here. */
    public void watch(final StateOwner state) {
        state.visit(part -> part.notes(this));
    }
}
