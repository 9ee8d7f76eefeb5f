package org.isochron.sequencer.replica;

import java.util.Arrays;

/**
 * The state of a core after one command, copied: longs one after another, in named sections. Filled on the core's thread,
 * which takes as long as copying its arrays does; written and checked elsewhere, while the core goes on. Its memory stays
 * with it for the next time, and is never more than the state.
 *
 * <p>A section says its name, how many rows of how many fields it has room for and which hash they have, so that one that
 * does not fit is refused by name. Cells leave out long stretches of zeros: tables are made for more than is in them.
 */
public final class StateImage {
    /** Longs in a block of its memory: a mebibyte. */
    public static final int BLOCK_LONGS = 1 << 17;

    /** What {@link #getRun} answers behind the last run. */
    public static final long END = -1;

    private static final int BLOCK_MASK = BLOCK_LONGS - 1;
    private static final int BLOCK_SHIFT = 17;

    /** Zeros are looked for in steps of so many cells. */
    private static final int STRIDE = 16;

    private static final long SECTION = 0x4E4F495443455331L;

    private long[][] blocks = new long[16][];
    private long size;
    private long position;

    private String name;
    private int rows;
    private int fields;
    private long hash;
    /** Of a section being written: where its length is to stand; of one being read: where it ends. */
    private long lengthAt;

    private long end;

    /** Forgets what it holds; its memory stays. */
    public void clear() {
        size = 0;
        position = 0;
    }

    /** Longs in it. */
    public long size() {
        return size;
    }

    /** Reads from the beginning again. */
    public void rewind() {
        position = 0;
    }

    /** Whether everything has been read. */
    public boolean isAtEnd() {
        return position == size;
    }

    /** A block of its memory, {@link #BLOCK_LONGS} long, made when it is not there yet. */
    public long[] block(final int index) {
        if (index >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, 2 * blocks.length));
        }
        if (blocks[index] == null) {
            blocks[index] = new long[BLOCK_LONGS];
        }
        return blocks[index];
    }

    /** Longs of the last block filled from outside are part of it too. */
    public void grow(final int longs) {
        size += longs;
    }

    // Writing

    public void put(final long value) {
        block((int) (size >>> BLOCK_SHIFT))[(int) size & BLOCK_MASK] = value;
        size++;
    }

    /** Some cells, zeros too. */
    public void put(final long[] cells, final int from, final int count) {
        int at = from;
        final int to = from + count;
        while (at < to) {
            final int place = (int) size & BLOCK_MASK;
            final int length = Math.min(to - at, BLOCK_LONGS - place);
            System.arraycopy(cells, at, block((int) (size >>> BLOCK_SHIFT)), place, length);
            at += length;
            size += length;
        }
    }

    /** The first cells of an array, as runs without the zeros between them. */
    public void putRuns(final long[] cells, final int count) {
        int at = 0;
        while (at < count) {
            if (isZero(cells, at, count)) {
                at += STRIDE;
            } else {
                int to = at;
                while (to < count && !isZero(cells, to, count)) {
                    to += STRIDE;
                }
                final int length = Math.min(to, count) - at;
                put((long) at << Integer.SIZE | length);
                put(cells, at, length);
                at = to;
            }
        }
        put(END);
    }

    private static boolean isZero(final long[] cells, final int from, final int count) {
        long any = 0;
        for (int at = from, to = Math.min(from + STRIDE, count); at < to; at++) {
            any |= cells[at];
        }
        return any == 0;
    }

    /**
     * Begins a section.
     *
     * @param rows   it has room for.
     * @param fields longs in a row.
     * @param hash   of what follows.
     */
    public void beginSection(final String name, final int rows, final int fields, final long hash) {
        put(SECTION);
        put(name.length());
        for (int i = 0; i < name.length(); i++) {
            put(name.charAt(i));
        }
        put(rows);
        put(fields);
        put(hash);
        lengthAt = size;
        put(0);
    }

    public void endSection() {
        block((int) (lengthAt >>> BLOCK_SHIFT))[(int) lengthAt & BLOCK_MASK] = size - lengthAt - 1;
    }

    // Reading

    /** @throws SnapshotException when nothing is left. */
    public long get() {
        if (position >= size) {
            throw new SnapshotException("the snapshot ends inside section " + name);
        }
        final long value = blocks[(int) (position >>> BLOCK_SHIFT)][(int) position & BLOCK_MASK];
        position++;
        return value;
    }

    /** Cells as they were put. */
    public void get(final long[] cells, final int from, final int count) {
        if (count < 0 || from < 0 || count > cells.length - from || count > size - position) {
            throw new SnapshotException(
                    "section " + name + ": " + count + " cells at " + from + " do not fit " + cells.length);
        }
        int at = from;
        final int to = from + count;
        while (at < to) {
            final int place = (int) position & BLOCK_MASK;
            final int length = Math.min(to - at, BLOCK_LONGS - place);
            System.arraycopy(blocks[(int) (position >>> BLOCK_SHIFT)], place, cells, at, length);
            at += length;
            position += length;
        }
    }

    /**
     * Copies the next run of cells to where it was; those between the runs are left alone.
     *
     * @return its first cell &lt;&lt; 32 | its length, {@link #END} behind the last.
     */
    public long getRun(final long[] cells) {
        final long run = get();
        if (run != END) {
            get(cells, (int) (run >>> Integer.SIZE), (int) run);
        }
        return run;
    }

    /** Goes on to the next section; {@link #sectionName} and the others tell which. */
    public void nextSection() {
        if (get() != SECTION) {
            throw new SnapshotException("behind section " + name + " there is no other");
        }
        final long length = get();
        if (length < 1 || length > size - position) {
            throw new SnapshotException("behind section " + name + " there is one without a name");
        }
        final StringBuilder text = new StringBuilder((int) length);
        for (int i = 0; i < length; i++) {
            text.append((char) get());
        }
        name = text.toString();
        rows = (int) get();
        fields = (int) get();
        hash = get();
        end = position + 1 + get();
    }

    /**
     * Goes on to the next section, which has to be this one.
     *
     * @return the hash of what it holds.
     */
    public long openSection(final String expectedName, final int expectedRows, final int expectedFields) {
        nextSection();
        if (!name.equals(expectedName) || rows != expectedRows || fields != expectedFields) {
            throw new SnapshotException("section " + name + " of " + rows + " rows with " + fields
                    + " fields stands where this build has " + expectedName + " of " + expectedRows + " rows with "
                    + expectedFields + ": another build wrote the snapshot");
        }
        return hash;
    }

    /** The section has been read to its end. */
    public void closeSection() {
        if (position != end) {
            throw new SnapshotException(
                    "section " + name + " has " + (end - position) + " longs more than were read from it");
        }
    }

    /** Passes over what is left of the section. */
    public void skipSection() {
        position = Math.min(end, size);
    }

    public String sectionName() {
        return name;
    }

    public int sectionRows() {
        return rows;
    }

    public int sectionFields() {
        return fields;
    }

    public long sectionHash() {
        return hash;
    }

    /** Longs of the section, its header left out. */
    public long sectionLongs() {
        return end - position;
    }
}
