package org.isochron.risk.state;

/**
 * The rolling scrub: re-hashes one slice of the state after another from the cells themselves. A cell that changed by
 * itself shows in the incremental hash as soon as somebody writes over it, in what the venue does as soon as somebody reads
 * it, and here when its turn comes, even if nobody ever looks at it again.
 *
 * <p>Which slice it is follows from a number alone, so that replicas hash the same one and can compare. A slice begins and
 * ends at a row, has about {@value #SLICE_LONGS} longs, and goes on in the next part where one ends. No allocation.
 */
public final class Scrub {
    /** 64 KiB. */
    public static final int SLICE_LONGS = 8_192;

    private final Total total = new Total();
    private final Slice slice = new Slice();

    /** After how many slices, one for each number, every row had its turn. */
    public long cycle(final StateOwner state) {
        return (total.of(state) + SLICE_LONGS - 1) / SLICE_LONGS;
    }

    /** Hash of the slice with that number; numbers beyond the last slice start over. */
    public long hash(final StateOwner state, final long number) {
        go(state, number);
        return slice.sum;
    }

    /** Where that slice begins and ends, in words; for a message, so it may allocate. */
    public String describe(final StateOwner state, final long number) {
        go(state, number);
        return slice.firstPart + " row " + slice.firstRow
                + (slice.lastPart == slice.firstPart
                        ? " to " + slice.lastRow
                        : " to " + slice.lastPart + " row " + slice.lastRow);
    }

    private void go(final StateOwner state, final long number) {
        slice.begin(Math.floorMod(number, cycle(state)) * SLICE_LONGS);
        state.visit(slice);
    }

    private static final class Total implements StateVisitor {
        private long longs;

        long of(final StateOwner state) {
            longs = 0;
            state.visit(this);
            return longs;
        }

        @Override
        public void part(final StatePart part) {
            longs += (long) part.rows() * part.rowLength();
        }
    }

    /** A row belongs to the slice in which it begins. */
    private static final class Slice implements StateVisitor {
        private long from;
        private long offset;
        private long sum;
        private StatePart firstPart;
        private StatePart lastPart;
        private int firstRow;
        private int lastRow;

        void begin(final long firstLong) {
            from = firstLong;
            offset = 0;
            sum = 0;
            firstPart = null;
            lastPart = null;
        }

        @Override
        public void part(final StatePart part) {
            final int length = part.rowLength();
            final long first = rowFrom(from - offset, length);
            final long end = Math.min(part.rows(), rowFrom(from + SLICE_LONGS - offset, length));
            for (long row = first; row < end; row++) {
                sum += part.rowHash((int) row);
            }
            if (first < end) {
                note(part, (int) first, (int) end - 1);
            }
            offset += (long) part.rows() * length;
        }

        private void note(final StatePart part, final int first, final int last) {
            if (firstPart == null) {
                firstPart = part;
                firstRow = first;
            }
            lastPart = part;
            lastRow = last;
        }

        /** First row that begins at that long of the part, or behind it. */
        private static long rowFrom(final long firstLong, final int length) {
            return firstLong <= 0 ? 0 : (firstLong + length - 1) / length;
        }
    }
}
