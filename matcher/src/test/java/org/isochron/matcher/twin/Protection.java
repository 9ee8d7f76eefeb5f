package org.isochron.matcher.twin;

import java.util.List;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.MmpLimit;

/** Counts the fills of market maker protection groups and acts when one has had enough. */
final class Protection {
    private final World world;
    private final Events events;
    private final Lifecycle lifecycle;

    Protection(final World world, final Events events, final Lifecycle lifecycle) {
        this.world = world;
        this.events = events;
        this.lifecycle = lifecycle;
    }

    /**
     * Counts a fill.
     *
     * @return whether it has made the group reach a limit.
     */
    boolean counts(final Order order, final long ticks, final long lots) {
        final MmpGroup group = order.mmp;
        if (group == null || group.isFrozen(world.nowNs)) {
            return false;
        }
        if (!group.windowOpen || world.nowNs >= group.windowStartNs + group.windowNs) {
            group.restartWindow();
            group.windowOpen = true;
            group.windowStartNs = world.nowNs;
        }
        group.quantity += lots;
        group.notional += Matching.cash(order.instrument(), ticks, lots);
        group.delta += order.buy ? lots : -lots;
        group.fillCount++;
        return reached(group) != null;
    }

    private static MmpLimit reached(final MmpGroup group) {
        for (final MmpLimit limit :
                List.of(MmpLimit.QUANTITY, MmpLimit.NOTIONAL, MmpLimit.DELTA, MmpLimit.FILL_COUNT)) {
            if (limit(group, limit) != Line.NONE && value(group, limit) >= limit(group, limit)) {
                return limit;
            }
        }
        return null;
    }

    private static long limit(final MmpGroup group, final MmpLimit limit) {
        return switch (limit) {
            case QUANTITY -> group.quantityLimit;
            case NOTIONAL -> group.notionalLimit;
            case DELTA -> group.deltaLimit;
            default -> group.fillCountLimit;
        };
    }

    private static long value(final MmpGroup group, final MmpLimit limit) {
        return switch (limit) {
            case QUANTITY -> group.quantity;
            case NOTIONAL -> group.notional;
            case DELTA -> Math.abs(group.delta);
            default -> group.fillCount;
        };
    }

    /** The groups of one or both orders of a trade, null for none, have reached a limit: they freeze, their orders go. */
    void trigger(final Order first, final Order second) {
        freeze(first);
        freeze(second);
        cancelGroup(first);
        cancelGroup(second);
    }

    private void freeze(final Order order) {
        if (order == null) {
            return;
        }
        final MmpGroup group = order.mmp;
        final MmpLimit limit = reached(group);
        group.frozenUntilNs = group.frozenNs == 0 ? MmpGroup.UNTIL_RESET : world.nowNs + group.frozenNs;
        events.privately("MmpTriggered", order.session, group.account.firm)
                .with("value", limit == MmpLimit.DELTA ? group.delta : value(group, limit))
                .with("limitValue", limit(group, limit))
                .id("frozenUntilNs", group.frozenNs == 0 ? Line.NO_ID : group.frozenUntilNs)
                .u32("accountId", group.account.id)
                .u16("mmpGroup", group.id)
                .with("reachedLimit", limit);
        group.restartWindow();
    }

    private void cancelGroup(final Order order) {
        if (order != null) {
            lifecycle.cancelAll(
                    Lifecycle.ordersOf(order.account(), other -> other.mmp == order.mmp && other.leaves > 0),
                    CancelReason.MMP);
        }
    }
}
