package org.isochron.matcher.book;

import org.isochron.risk.state.StateTable;

/** What only orders with {@link OrderTraits#HAS_EXTRAS} have; to be asked for others by way of {@link Books} alone. */
final class OrderExtras {
    private static final int NONE = Books.NONE;

    /** Groups are held plus 1, so that nothing is 0. */
    private static final int DISPLAY = 0;

    private static final int EXPIRE = 1;
    private static final int TRIGGER = 2;
    private static final int STP_GROUP = 3;
    private static final int MMP_GROUP = 4;
    /** Lots of a resting iceberg that are not shown. */
    private static final int HIDDEN = 5;

    private static final int FIELDS = 6;

    private final StateTable table;

    OrderExtras(final int capacity) {
        table = new StateTable("orderExtras", capacity, FIELDS);
    }

    StateTable table() {
        return table;
    }

    /** A row begins anew. */
    void clear(final int order) {
        set(order, 0, 0, 0, NONE, NONE);
        hidden(order, 0);
    }

    void set(
            final int order,
            final long displayLots,
            final long expireNs,
            final long triggerTicks,
            final int stpGroup,
            final int mmpGroup) {
        table.set(order, DISPLAY, displayLots);
        table.set(order, EXPIRE, expireNs);
        table.set(order, TRIGGER, triggerTicks);
        table.set(order, STP_GROUP, stpGroup + 1L);
        table.set(order, MMP_GROUP, mmpGroup + 1L);
    }

    long displayLots(final int order) {
        return table.get(order, DISPLAY);
    }

    long expireNs(final int order) {
        return table.get(order, EXPIRE);
    }

    long triggerTicks(final int order) {
        return table.get(order, TRIGGER);
    }

    int stpGroup(final int order) {
        return table.getInt(order, STP_GROUP) - 1;
    }

    int mmpGroup(final int order) {
        return table.getInt(order, MMP_GROUP) - 1;
    }

    long hidden(final int order) {
        return table.get(order, HIDDEN);
    }

    void hidden(final int order, final long lots) {
        table.set(order, HIDDEN, lots);
    }

    /** A resting order shows its next slice. Returns its lots. */
    long showSlice(final int order, final long leaves) {
        final long display = displayLots(order);
        final long shown = display == 0 ? leaves : Math.min(display, leaves);
        hidden(order, leaves - shown);
        return shown;
    }
}
