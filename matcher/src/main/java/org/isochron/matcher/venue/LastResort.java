package org.isochron.matcher.venue;

final class LastResort {
    void settle(final int instrument) {
        throw new IllegalStateException("settle");
    }

    void payDeficit(final int bucket) {
        throw new IllegalStateException("deficit");
    }
}
