package org.isochron.matcher.venue;

final class Deleveraging {
    long run(
            final int position,
            final long lots,
            final long cash,
            final long done,
            final long all,
            final int reserveEvents) {
        return 0;
    }

    boolean isExhausted() {
        return true;
    }
}
