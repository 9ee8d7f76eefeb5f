package org.isochron.replay;

/** The core cannot apply a sound command. */
final class CoreFailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    CoreFailedException(final long sequence, final Throwable cause) {
        super("the core cannot apply command " + sequence + ": " + cause.getMessage(), cause);
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }
}
