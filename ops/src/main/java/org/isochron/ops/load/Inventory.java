package org.isochron.ops.load;

/** A simulated trader's position in one instrument, and how it leans against it. */
final class Inventory {
    /** Position in lots at which a trader leans fully. */
    static final long LIMIT_LOTS = 2_000;

    private long positionLots;

    void onFill(final long newPositionLots) {
        positionLots = newPositionLots;
    }

    long positionLots() {
        return positionLots;
    }

    boolean isFull() {
        return Math.abs(positionLots) >= LIMIT_LOTS;
    }

    /** How far to move quotes against the position: {@code full} at the limit, and on in proportion. */
    long skew(final long full) {
        return -positionLots * full / LIMIT_LOTS;
    }
}
