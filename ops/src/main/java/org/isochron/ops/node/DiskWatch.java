package org.isochron.ops.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Watches the room left where journals and snapshots are. The disk counts as low from the watermark on, and as recovered with twice as
 * much, so that it does not go to and fro. A low disk has room for what is in flight and for many cancels; an appender that
 * met a full one would end its process in the middle of a frame.
 */
final class DiskWatch {
    private static final long RECOVERED_FACTOR = 2;

    private final List<Path> places;
    private final long lowLength;
    private boolean isLow;

    /**
     * @param places    directories; one that does not exist (yet) is left out.
     * @param lowLength bytes.
     */
    DiskWatch(final List<Path> places, final long lowLength) {
        this.places = List.copyOf(places);
        this.lowLength = lowLength;
    }

    /** Looks, and tells whether the disk is low. */
    boolean isLow() {
        final long room = room();
        isLow = room < (isLow ? RECOVERED_FACTOR * lowLength : lowLength);
        return isLow;
    }

    /** Bytes left where there are fewest. */
    long room() {
        long least = Long.MAX_VALUE;
        for (final Path place : places) {
            if (Files.exists(place)) {
                least = Math.min(least, place.toFile().getUsableSpace());
            }
        }
        return least;
    }
}
