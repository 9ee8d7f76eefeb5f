package org.isochron.sequencer.replica;

/** A sound snapshot of a version that this build does not read. Passing over it would hide that the build is the wrong one. */
public final class UnreadableVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableVersionException(final String message) {
        super(message);
    }
}
