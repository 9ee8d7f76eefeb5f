package org.isochron.replay.sim;

import java.lang.reflect.Field;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;

/** The bits of a venue's state, where no code of the venue sees them change. */
final class StateBits {
    private StateBits() {}

    /**
     * Turns over one bit of a cell that is zero, in the last whole row that the first table has between these longs: no
     * command reads it soon.
     */
    static void flip(final Venue venue, final long fromLong, final long toLong) {
        final long[] offset = new long[1];
        final boolean[] done = new boolean[1];
        ((StateOwner) field(venue, "state")).visit(part -> {
            final long end = offset[0] + (long) part.rows() * part.rowLength();
            final long cell = Math.min(end, toLong) - part.rowLength() - offset[0];
            if (part instanceof StateTable table && !done[0] && cell >= Math.max(0, fromLong - offset[0])) {
                final long[] cells = (long[]) field(table, "cells");
                done[0] = cells[(int) cell] == 0;
                cells[(int) cell] ^= done[0] ? 1L << 40 : 0;
            }
            offset[0] = end;
        });
        if (!done[0]) {
            throw new IllegalStateException(
                    "between longs " + fromLong + " and " + toLong + " of the state no table has a free cell");
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
