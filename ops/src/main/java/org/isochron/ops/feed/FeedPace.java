package org.isochron.ops.feed;

/**
 * How fast a capture is played.
 *
 * @param factor 2 is twice as fast as recorded; {@link Double#POSITIVE_INFINITY} as fast as the venue takes it.
 */
public record FeedPace(double factor) {
    public static final FeedPace MAX = new FeedPace(Double.POSITIVE_INFINITY);

    public FeedPace {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("speed is " + factor + ", a positive number or max is possible");
        }
    }

    /**
     * @param text a positive number, or {@code max}.
     * @throws IllegalArgumentException for anything else.
     */
    public static FeedPace of(final String text) {
        if ("max".equalsIgnoreCase(text)) {
            return MAX;
        }
        try {
            return new FeedPace(Double.parseDouble(text));
        } catch (final NumberFormatException ex) {
            throw new IllegalArgumentException("speed is '" + text + "', a positive number or max is possible", ex);
        }
    }

    public boolean isMax() {
        return Double.isInfinite(factor);
    }

    /** That much of the capture's time in time to play. */
    long scaledNs(final long captureNs) {
        return isMax() ? 0 : (long) (captureNs / factor);
    }
}
