package org.isochron.sequencer.chronicle;

/** A promotion that is not done. The message says why, and what would help. */
public final class PromotionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PromotionException(final String message) {
        super(message);
    }
}
