package org.isochron.matcher.venue;

import org.isochron.codecs.MmpLimit;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Market maker protection groups: their limits, what has been filled in the window that runs, and how long they are
 * frozen. A window begins with its first fill; a fill at or after its end begins the next one. Part of the noun BOOKS.
 */
final class MmpGroups implements StateOwner {
    /** No such group. */
    static final int NONE = PairIndex.NONE;
    /** No such limit. */
    static final long NO_LIMIT = 0;
    /** End of a freeze that only a reset ends. */
    static final long UNTIL_RESET = Long.MAX_VALUE;

    private static final int ACCOUNT = 0;
    private static final int GROUP_ID = 1;
    private static final int ASSET = 2;
    private static final int WINDOW_NS = 3;
    private static final int FROZEN_NS = 4;
    private static final int QUANTITY_LIMIT = 5;
    private static final int NOTIONAL_LIMIT = 6;
    private static final int DELTA_LIMIT = 7;
    private static final int FILL_COUNT_LIMIT = 8;
    private static final int WINDOW_END_NS = 9;
    private static final int QUANTITY = 10;
    private static final int NOTIONAL = 11;
    private static final int DELTA = 12;
    private static final int FILL_COUNT = 13;
    private static final int FROZEN_UNTIL_NS = 14;
    private static final int REACHED = 15;
    private static final int REACHED_WITH = 16;
    private static final int FIELDS = 17;

    /** Wire value of the limit - 1, to its field. */
    private static final int[] LIMIT_FIELDS = {QUANTITY_LIMIT, NOTIONAL_LIMIT, DELTA_LIMIT, FILL_COUNT_LIMIT};

    private final Counters counters;
    private final StateTable groups;
    private final PairIndex byId;

    MmpGroups(final Capacities capacities, final Counters counters) {
        this.counters = counters;
        groups = new StateTable("mmpGroups", capacities.mmpGroups(), FIELDS);
        byId = new PairIndex(groups, ACCOUNT, GROUP_ID);
    }

    void resize(final Capacities capacities) {
        groups.resize(capacities.mmpGroups());
        byId.resize();
    }

    /** Slot of an account's group, or {@link #NONE}. */
    int find(final int account, final int groupId) {
        return byId.find(account, groupId);
    }

    boolean isFull() {
        return byId.size() == groups.rows();
    }

    /** A new group; there is room for it. It is of use once it has {@link #limits}. */
    int define(final int account, final int groupId, final int asset) {
        final int group = byId.size();
        groups.set(group, ACCOUNT, account);
        groups.set(group, GROUP_ID, groupId);
        groups.set(group, ASSET, asset);
        byId.insert(group);
        return group;
    }

    /** Takes new limits, each positive or {@link #NO_LIMIT}. The window starts anew, a freeze stays. */
    void limits(
            final int group,
            final long quantityLots,
            final long notional,
            final long deltaLots,
            final long fillCount,
            final long windowNs,
            final long frozenNs) {
        groups.set(group, QUANTITY_LIMIT, quantityLots);
        groups.set(group, NOTIONAL_LIMIT, notional);
        groups.set(group, DELTA_LIMIT, deltaLots);
        groups.set(group, FILL_COUNT_LIMIT, fillCount);
        groups.set(group, WINDOW_NS, windowNs);
        groups.set(group, FROZEN_NS, frozenNs);
        clearWindow(group, 0);
    }

    /** Ends a freeze; a new window begins with the next fill. */
    void reset(final int group) {
        groups.set(group, FROZEN_UNTIL_NS, 0);
        clearWindow(group, 0);
    }

    private void clearWindow(final int group, final long endNs) {
        groups.set(group, WINDOW_END_NS, endNs);
        groups.set(group, QUANTITY, 0);
        groups.set(group, NOTIONAL, 0);
        groups.set(group, DELTA, 0);
        groups.set(group, FILL_COUNT, 0);
    }

    /**
     * Counts a fill for a group.
     *
     * @param cash notional of the fill, quanta.
     * @return whether the group has reached a limit: it is frozen from now on, and its orders have to go.
     */
    boolean count(final int group, final boolean buy, final long lots, final long cash) {
        final long nowNs = counters.nowNs();
        if (nowNs >= groups.get(group, WINDOW_END_NS)) {
            clearWindow(group, nowNs + groups.get(group, WINDOW_NS));
        }
        add(group, QUANTITY, lots);
        add(group, NOTIONAL, cash);
        add(group, DELTA, buy ? lots : -lots);
        add(group, FILL_COUNT, 1);
        if (!reaches(group, MmpLimit.QUANTITY, QUANTITY)
                && !reaches(group, MmpLimit.NOTIONAL, NOTIONAL)
                && !reaches(group, MmpLimit.DELTA, DELTA)
                && !reaches(group, MmpLimit.FILL_COUNT, FILL_COUNT)) {
            return false;
        }
        freeze(group, nowNs);
        return true;
    }

    /** A sum that would leave 63 bits stays at the end of them: past any limit, in a window without one. */
    private void add(final int group, final int field, final long amount) {
        final long before = groups.get(group, field);
        final long sum = before + amount;
        final boolean overflows = ((before ^ sum) & (amount ^ sum)) < 0;
        groups.set(group, field, !overflows ? sum : amount < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE);
    }

    private boolean reaches(final int group, final MmpLimit which, final int field) {
        final long value = groups.get(group, field);
        final long limit = groups.get(group, LIMIT_FIELDS[which.value() - 1]);
        if (limit == NO_LIMIT || Math.abs(value) < limit) {
            return false;
        }
        groups.set(group, REACHED, which.value());
        groups.set(group, REACHED_WITH, value);
        return true;
    }

    private void freeze(final int group, final long nowNs) {
        final long frozenNs = groups.get(group, FROZEN_NS);
        groups.set(group, FROZEN_UNTIL_NS, frozenNs == 0 ? UNTIL_RESET : nowNs + frozenNs);
        clearWindow(group, 0);
    }

    /** The limit that triggered the group last; it has been triggered. */
    MmpLimit reached(final int group) {
        return MmpLimit.get((short) groups.get(group, REACHED));
    }

    /** What that limit was reached with: lots, quanta, fills; negative for lots sold beyond those bought. */
    long reachedWith(final int group) {
        return groups.get(group, REACHED_WITH);
    }

    /** That limit as it stands now. */
    long limit(final int group) {
        return groups.get(group, LIMIT_FIELDS[groups.getInt(group, REACHED) - 1]);
    }

    /** Whether the group takes no orders now. */
    boolean isFrozen(final int group) {
        return counters.nowNs() < groups.get(group, FROZEN_UNTIL_NS);
    }

    /** End of its last freeze, {@link #UNTIL_RESET} when that is open; 0 when it was never frozen or has been reset. */
    long frozenUntilNs(final int group) {
        return groups.get(group, FROZEN_UNTIL_NS);
    }

    int account(final int group) {
        return groups.getInt(group, ACCOUNT);
    }

    int id(final int group) {
        return groups.getInt(group, GROUP_ID);
    }

    /** Slot of the settlement asset of the instruments it may be used in. */
    int asset(final int group) {
        return groups.getInt(group, ASSET);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(groups);
        visitor.part(byId);
    }
}
