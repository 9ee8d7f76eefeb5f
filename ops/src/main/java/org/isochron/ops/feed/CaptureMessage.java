package org.isochron.ops.feed;

/** A line of a capture, parsed. Prices and quantities are units of 1e-9. */
sealed interface CaptureMessage {
    /** Local receive time, nanoseconds: good for gaps between messages only. */
    long receiveNs();

    /** Exchange's name of the instrument; null when the line does not say. */
    default String symbol() {
        return null;
    }

    /** Whole book from the exchange's REST interface. */
    record Snapshot(long receiveNs, long lastUpdateId, Levels bids, Levels asks) implements CaptureMessage {}

    /** Quantities that changed between two updates; the new quantity of each level, 0 for none. */
    record Depth(
            long receiveNs,
            String symbol,
            long firstUpdateId,
            long lastUpdateId,
            long previousUpdateId,
            Levels bids,
            Levels asks)
            implements CaptureMessage {}

    /** A match on the exchange. */
    record Trade(long receiveNs, String symbol, long priceE9, long quantityE9, boolean buyerIsMaker, boolean inMarket)
            implements CaptureMessage {}

    /** Best bid and offer. */
    record BookTicker(long receiveNs, String symbol, long bidE9, long askE9) implements CaptureMessage {}

    /** An event of another type. */
    record Other(long receiveNs, String symbol, String type) implements CaptureMessage {}

    /** Not of the format. */
    record Malformed(long receiveNs, String what) implements CaptureMessage {}

    /** Price levels in the order of the line. */
    record Levels(long[] pricesE9, long[] quantitiesE9) {
        int count() {
            return pricesE9.length;
        }
    }
}
