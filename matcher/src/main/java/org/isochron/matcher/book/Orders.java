package org.isochron.matcher.book;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StatePart;
import org.isochron.risk.state.Writes;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.StateImage;

/**
 * The rows of all orders: 64 bytes, and 32 of links, whose room for other lists than the queue is in the care of
 * {@link OrderLists}; only the tag, which nothing but reports asks for, is elsewhere. A freed row is the next one taken,
 * while it is still in the cache.
 *
 * <p>The hash is the sum, modulo 2^64, over fields of {@code value * field factor * row factor}, as in a StateTable, which
 * see for why that is sound; each row keeps its sum before the row's factor, so that its next user need not look at the
 * fields it writes over. Only what the client chooses freely is folded first: in all others the low bits tell values
 * apart. The order of the free rows is part of it. Links are not: those of a queue follow from price and priority, those
 * of the other lists from ids, see {@link Books#hash}.
 */
final class Orders implements StatePart {
    static final int NONE = -1;

    /** Bits of an id that are the row's; 43 are left for the count, 100 days at a million orders a second. */
    static final int ROW_BITS = 20;

    private static final int MAX_ROWS = 1 << ROW_BITS;

    private static final int ROW_SHIFT = 3;
    private static final int PRIORITY = 0;
    private static final int LEAVES = 1;
    private static final int TICKS = 2;
    private static final int CLIENT_ID = 3;
    /** Instrument and session, 16 bits each, then the holding. */
    private static final int OWNER = 4;
    /** What the fields add up to in the hash, before the row's factor. */
    private static final int SUM = 5;

    private static final int ID = 6;
    private static final int FILLED = 7;

    static final int PLACE_SHIFT = OrderLists.WIDTH_SHIFT;
    /** Level, {@link #NONE} or {@link #FREE}. */
    private static final int LEVEL = 0;
    /** Orders ahead and behind at the same price, or the level's own place at either end: see {@link Levels}. */
    static final int AHEAD = 1;

    static final int BEHIND = 2;
    /** Traits, and above them the stage. */
    private static final int TRAITS = 3;

    private static final int FREE = -2;

    private static final String NAME = "orders";
    /** Longs of a row in a snapshot: the row, its tag and its place. */
    private static final int SAVED_FIELDS = 13;

    private static final int INSTRUMENT_SHIFT = 48;
    private static final int SESSION_SHIFT = 32;
    private static final int SESSION_MASK = 0xFFFF;
    private static final int TRAITS_MASK = (1 << OrderTraits.BITS) - 1;

    private static final long SPREAD = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIORITY_FACTOR = fieldFactor(1);
    private static final long LEAVES_FACTOR = fieldFactor(2);
    private static final long TRAITS_FACTOR = fieldFactor(3);
    private static final long ID_FACTOR = fieldFactor(4);
    private static final long CLIENT_ID_FACTOR = fieldFactor(5);
    private static final long TAG_FACTOR = fieldFactor(6);
    private static final long TICKS_FACTOR = fieldFactor(7);
    private static final long FILLED_FACTOR = fieldFactor(8);
    private static final long OWNER_FACTOR = fieldFactor(9);
    private static final long FREE_FACTOR = fieldFactor(10);
    private static final long CREATED_FACTOR = fieldFactor(11);

    private final int capacity;
    private final long[] rows;
    private final int[] places;
    private final long[] tags;
    private final int[] free;
    private int freeCount;
    private int everUsed;
    /** Orders ever created. */
    private long created;

    private long hash;
    private Writes writes = new Writes();

    /** @param places of all orders, with room beside an order's place in its queue for its links in other lists; then of levels. */
    Orders(final int capacity, final int[] places) {
        if (capacity > MAX_ROWS) {
            throw new IllegalArgumentException(
                    "orders: " + capacity + " are more than the " + MAX_ROWS + " an id can tell");
        }
        this.capacity = capacity;
        this.places = places;
        rows = new long[capacity << ROW_SHIFT];
        tags = new long[capacity];
        free = new int[capacity];
    }

    boolean isFull() {
        return everUsed - freeCount == capacity;
    }

    int inUse() {
        return everUsed - freeCount;
    }

    /** Rows below this one have been in use at some time. */
    int everUsed() {
        return everUsed;
    }

    int create(
            final int instrument,
            final long ticks,
            final long lots,
            final int holding,
            final int session,
            final long clientId,
            final long tag,
            final long priority,
            final int traits) {
        final int order = take();
        final int[] places = this.places;
        final int place = order << PLACE_SHIFT;
        places[place + LEVEL] = NONE;
        places[place + TRAITS] = traits;
        final long id = ++created << ROW_BITS | order;
        final long owner = owner(instrument, session, holding);
        final long sum = priority * PRIORITY_FACTOR
                + lots * LEAVES_FACTOR
                + traits * TRAITS_FACTOR
                + id * ID_FACTOR
                + fold(clientId) * CLIENT_ID_FACTOR
                + fold(tag) * TAG_FACTOR
                + ticks * TICKS_FACTOR
                + owner * OWNER_FACTOR;
        final long[] rows = this.rows;
        final int row = order << ROW_SHIFT;
        hash += (sum - rows[row + SUM]) * rowFactor(order);
        rows[row + PRIORITY] = priority;
        rows[row + LEAVES] = lots;
        rows[row + TICKS] = ticks;
        rows[row + CLIENT_ID] = clientId;
        rows[row + OWNER] = owner;
        rows[row + SUM] = sum;
        rows[row + ID] = id;
        rows[row + FILLED] = 0;
        tags[order] = tag;
        return order;
    }

    private int take() {
        writes.note();
        if (freeCount == 0) {
            if (everUsed == capacity) {
                throw new InvariantViolation("no room for another order, " + capacity + " are open");
            }
            return everUsed++;
        }
        final int order = free[--freeCount];
        hash -= freeHash(freeCount, order);
        return order;
    }

    /** Frees a row. What it holds stays, and in the hash, until its next user writes over it. */
    void give(final int order) {
        writes.note();
        level(order, FREE);
        free[freeCount] = order;
        hash += freeHash(freeCount++, order);
    }

    boolean isOpen(final int order) {
        return order < everUsed && places[(order << PLACE_SHIFT) + LEVEL] != FREE;
    }

    /** Open order with that id, or {@link #NONE}. */
    int find(final long id) {
        final int order = (int) id & MAX_ROWS - 1;
        return isOpen(order) && id(order) == id ? order : NONE;
    }

    // What queueing touches

    long priority(final int order) {
        return rows[(order << ROW_SHIFT) + PRIORITY];
    }

    void priority(final int order, final long priority) {
        final int cell = (order << ROW_SHIFT) + PRIORITY;
        change(order, (priority - rows[cell]) * PRIORITY_FACTOR);
        rows[cell] = priority;
    }

    long leaves(final int order) {
        return rows[(order << ROW_SHIFT) + LEAVES];
    }

    void leaves(final int order, final long lots) {
        final int cell = (order << ROW_SHIFT) + LEAVES;
        change(order, (lots - rows[cell]) * LEAVES_FACTOR);
        rows[cell] = lots;
    }

    /** Open lots become filled ones. */
    void fill(final int order, final long lots) {
        final int cell = (order << ROW_SHIFT) + LEAVES;
        final int filledCell = (order << ROW_SHIFT) + FILLED;
        change(order, lots * (FILLED_FACTOR - LEAVES_FACTOR));
        rows[cell] -= lots;
        rows[filledCell] += lots;
    }

    /** Order ahead in the queue, or {@link #NONE}. */
    int ahead(final int order) {
        return unlessEnd(places[(order << PLACE_SHIFT) + AHEAD]);
    }

    /** Order behind in the queue, or {@link #NONE}. */
    int behind(final int order) {
        return unlessEnd(places[(order << PLACE_SHIFT) + BEHIND]);
    }

    private int unlessEnd(final int neighbour) {
        return neighbour < capacity ? neighbour : NONE;
    }

    /** Puts the order last in the queue of a level. */
    void enqueue(final int order, final int level) {
        final int[] places = this.places;
        final int place = order << PLACE_SHIFT;
        final int end = capacity + level;
        final int endPlace = end << PLACE_SHIFT;
        final int last = places[endPlace + AHEAD];
        places[(last << PLACE_SHIFT) + BEHIND] = order;
        places[endPlace + AHEAD] = order;
        places[place + LEVEL] = level;
        places[place + AHEAD] = last;
        places[place + BEHIND] = end;
    }

    /** Takes the order out of its queue. */
    void dequeue(final int order) {
        final int[] places = this.places;
        final int place = order << PLACE_SHIFT;
        final int ahead = places[place + AHEAD];
        final int behind = places[place + BEHIND];
        places[(ahead << PLACE_SHIFT) + BEHIND] = behind;
        places[(behind << PLACE_SHIFT) + AHEAD] = ahead;
    }

    /** Level at which the order rests; below 0 when it does not. */
    int level(final int order) {
        return places[(order << PLACE_SHIFT) + LEVEL];
    }

    void level(final int order, final int level) {
        places[(order << PLACE_SHIFT) + LEVEL] = level;
    }

    int traits(final int order) {
        return places[(order << PLACE_SHIFT) + TRAITS] & TRAITS_MASK;
    }

    /** What an order outside the queues waits for; 0 for its turn. */
    int waitsFor(final int order) {
        return places[(order << PLACE_SHIFT) + TRAITS] >>> OrderTraits.BITS;
    }

    void traits(final int order, final int traits, final int waitsFor) {
        final int cell = (order << PLACE_SHIFT) + TRAITS;
        final int after = waitsFor << OrderTraits.BITS | traits;
        change(order, (after - (long) places[cell]) * TRAITS_FACTOR);
        places[cell] = after;
    }

    // Whose it is

    /** Number of the order among all ever created, and its row; never 0. */
    long id(final int order) {
        return rows[(order << ROW_SHIFT) + ID];
    }

    long clientId(final int order) {
        return rows[(order << ROW_SHIFT) + CLIENT_ID];
    }

    long tag(final int order) {
        return tags[order];
    }

    long ticks(final int order) {
        return rows[(order << ROW_SHIFT) + TICKS];
    }

    void ticks(final int order, final long ticks) {
        final int cell = (order << ROW_SHIFT) + TICKS;
        change(order, (ticks - rows[cell]) * TICKS_FACTOR);
        rows[cell] = ticks;
    }

    long filled(final int order) {
        return rows[(order << ROW_SHIFT) + FILLED];
    }

    int instrument(final int order) {
        return (int) (rows[(order << ROW_SHIFT) + OWNER] >>> INSTRUMENT_SHIFT);
    }

    int session(final int order) {
        return (int) (rows[(order << ROW_SHIFT) + OWNER] >>> SESSION_SHIFT) & SESSION_MASK;
    }

    int holding(final int order) {
        return (int) rows[(order << ROW_SHIFT) + OWNER];
    }

    private static long owner(final int instrument, final int session, final int holding) {
        return (long) instrument << INSTRUMENT_SHIFT | (long) session << SESSION_SHIFT | holding;
    }

    void rename(final int order, final int session, final long clientId) {
        final int row = order << ROW_SHIFT;
        final long owner = owner(instrument(order), session, holding(order));
        change(
                order,
                (owner - rows[row + OWNER]) * OWNER_FACTOR
                        + (fold(clientId) - fold(rows[row + CLIENT_ID])) * CLIENT_ID_FACTOR);
        rows[row + OWNER] = owner;
        rows[row + CLIENT_ID] = clientId;
    }

    // The hash

    /** Of all there is room for, so that the place of a row among all state does not move. */
    @Override
    public int rows() {
        return capacity;
    }

    @Override
    public int rowLength() {
        return SAVED_FIELDS;
    }

    private void change(final int order, final long change) {
        rows[(order << ROW_SHIFT) + SUM] += change;
        hash += change * rowFactor(order);
        writes.note();
    }

    @Override
    public void notes(final Writes to) {
        writes = to;
    }

    @Override
    public long hash() {
        return hash + created * CREATED_FACTOR;
    }

    /** Hashes every row again, and holds the free ones against their marks. */
    @Override
    public void verify() {
        final long full = fullHash();
        int marked = 0;
        for (int order = 0; order < everUsed; order++) {
            marked += isOpen(order) ? 0 : 1;
        }
        for (int i = 0; i < freeCount; i++) {
            if (isOpen(free[i])) {
                throw new InvariantViolation("order slot " + free[i] + " is on the free list and open");
            }
        }
        if (full != hash || marked != freeCount) {
            throw new InvariantViolation("orders: hash is " + Long.toHexString(hash) + ", their rows give "
                    + Long.toHexString(full) + "; " + marked + " marked free, " + freeCount + " on the free list");
        }
    }

    private long fullHash() {
        long full = 0;
        for (int order = 0; order < everUsed; order++) {
            verifyRow(order);
            full += rowHash(order);
        }
        for (int i = 0; i < freeCount; i++) {
            full += freeHash(i, free[i]);
        }
        return full;
    }

    /** Rows ever used, free ones too: what they hold stays in the hash. */
    @Override
    public void save(final StateImage image) {
        image.beginSection(NAME, capacity, SAVED_FIELDS, hash());
        image.put(everUsed);
        image.put(freeCount);
        image.put(created);
        image.put(rows, 0, everUsed << ROW_SHIFT);
        image.put(tags, 0, everUsed);
        for (int order = 0; order < everUsed; order++) {
            savePlace(image, order << PLACE_SHIFT);
        }
        for (int i = 0; i < freeCount; i++) {
            image.put(free[i]);
        }
        image.endSection();
    }

    /** Which level it is, or which end of a queue, says nothing, as levels are made anew; that it is one does. */
    private void savePlace(final StateImage image, final int place) {
        image.put(pair(Math.min(places[place + LEVEL], 0), unlessEnd(places[place + AHEAD])));
        image.put(pair(unlessEnd(places[place + BEHIND]), places[place + TRAITS]));
        for (int link = TRAITS + 1; link < 1 << PLACE_SHIFT; link += 2) {
            image.put(pair(places[place + link], places[place + link + 1]));
        }
    }

    private static long pair(final int first, final int second) {
        return (long) first << Integer.SIZE | second & 0xFFFF_FFFFL;
    }

    /** Only into rows that were never used. */
    @Override
    public void load(final StateImage image) {
        final long saved = image.openSection(NAME, capacity, SAVED_FIELDS);
        if (everUsed != 0) {
            throw new IllegalStateException("orders: a snapshot is loaded into a new venue");
        }
        final long used = image.get();
        final long freed = image.get();
        if (used < 0 || used > capacity || freed < 0 || freed > used) {
            throw new SnapshotException("orders: " + used + " rows used and " + freed + " free of " + capacity);
        }
        everUsed = (int) used;
        freeCount = (int) freed;
        created = image.get();
        image.get(rows, 0, everUsed << ROW_SHIFT);
        image.get(tags, 0, everUsed);
        for (int cell = 0; cell < everUsed << PLACE_SHIFT; cell += 2) {
            final long pair = image.get();
            places[cell] = (int) (pair >> Integer.SIZE);
            places[cell + 1] = (int) pair;
        }
        for (int i = 0; i < freeCount; i++) {
            free[i] = (int) image.get();
        }
        image.closeSection();
        hash = fullHash();
        if (hash() != saved) {
            throw new SnapshotException("orders: hash was " + Long.toHexString(saved) + ", the rows saved give "
                    + Long.toHexString(hash()));
        }
    }

    private void verifyRow(final int order) {
        if (rowSum(order) != rows[(order << ROW_SHIFT) + SUM]) {
            throw new InvariantViolation("order slot " + order + " holds another sum than that of its fields");
        }
    }

    @Override
    public long rowHash(final int order) {
        return order < everUsed ? rowSum(order) * rowFactor(order) : 0;
    }

    private long rowSum(final int order) {
        final int row = order << ROW_SHIFT;
        return rows[row + PRIORITY] * PRIORITY_FACTOR
                + rows[row + LEAVES] * LEAVES_FACTOR
                + places[(order << PLACE_SHIFT) + TRAITS] * TRAITS_FACTOR
                + rows[row + ID] * ID_FACTOR
                + fold(rows[row + CLIENT_ID]) * CLIENT_ID_FACTOR
                + fold(tags[order]) * TAG_FACTOR
                + rows[row + TICKS] * TICKS_FACTOR
                + rows[row + FILLED] * FILLED_FACTOR
                + rows[row + OWNER] * OWNER_FACTOR;
    }

    private static long freeHash(final int place, final int order) {
        return fold((place + 1L << ROW_BITS | order) * FREE_FACTOR);
    }

    private static long rowFactor(final int row) {
        return fold((row + 1L) * SPREAD) | 1;
    }

    private static long fieldFactor(final int field) {
        return XxHash64.mix(field * SPREAD) | 1;
    }

    private static long fold(final long value) {
        return value ^ value >>> 32;
    }
}
