package org.isochron.replay.sim;

import java.lang.reflect.Field;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.StateTable;

/** The bits of a venue's state, where no code of the venue sees them change. */
final class StateBits {
    private StateBits() {}

    /** Turns over one bit of the first table that has anything in it. */
    static void flip(final Venue venue) {
        final boolean[] done = new boolean[1];
        ((StateOwner) field(venue, "state")).visit((final StatePart part) -> {
            if (part instanceof StateTable table && !done[0] && table.hash() != 0) {
                final long[] cells = (long[]) field(table, "cells");
                int used = 0;
                while (cells[used] == 0) {
                    used++;
                }
                cells[used] ^= 1L << 40;
                done[0] = true;
            }
        });
        if (!done[0]) {
            throw new IllegalStateException("no table of the venue holds anything");
        }
    }

    private static Object field(final Object owner, final String name) {
        try {
            final Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (final ReflectiveOperationException renamed) {
            throw new IllegalStateException(owner.getClass() + " has no field " + name, renamed);
        }
    }
}
