package org.isochron.sequencer.event;

/** An event journal that cannot be used with the log at hand. The message names the place and the remedy. */
public final class EventJournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventJournalException(final String message) {
        super(message);
    }
}
