package org.isochron.matcher.twin;

import java.util.HashSet;
import java.util.Set;
import org.isochron.codecs.StpMode;

/** Whether an order can be filled at once with all its lots, whatever the fill rule says on the way. */
final class FillOrKill {
    private final SelfTrade selfTrade;
    private final Margins margins;

    FillOrKill(final SelfTrade selfTrade, final Margins margins) {
        this.selfTrade = selfTrade;
        this.margins = margins;
    }

    boolean canFill(final Order order) {
        return isCovered(order) && isOffered(order);
    }

    private boolean isCovered(final Order order) {
        if (!order.reduceOnly) {
            return margins.admitsWhole(order);
        }
        final long fee = Matching.takerFee(order, order.ticks, order.leaves);
        return order.position.reducibleLots(order.buy) >= order.leaves
                && margins.spare(order.position) >= order.leaves
                && margins.admitsFill(order, order.leaves, order.ticks, fee);
    }

    /**
     * Counts the lots at the limit or better that are sure to trade: not own ones, not reduce-only ones, only of accounts
     * that can afford all the lots, of a protected group only what its first order shows. An own order in the way is passed
     * only when it would be cancelled. Hidden lots trade behind all others at their price, which are therefore all met. The
     * first fill may be the last of an order that is protected itself.
     */
    private boolean isOffered(final Order order) {
        long missing = order.leaves;
        long hiddenAtTicks = 0;
        long fills = 0;
        final Set<MmpGroup> groups = new HashSet<>();
        for (final Order maker : order.instrument().queue(!order.buy).upTo(order.ticks)) {
            if (missing <= 0 && maker.ticks != hiddenAtTicks) {
                break;
            }
            final boolean own = selfTrade.isOwn(order, maker);
            if (own && order.stpMode != StpMode.CANCEL_RESTING) {
                return false;
            }
            final boolean counts = own || maker.mmp == null || groups.add(maker.mmp);
            if (!own && counts && !maker.reduceOnly && margins.affords(maker, order.leaves)) {
                missing -= maker.mmp == null ? maker.leaves : maker.shown;
            }
            fills += maker.display == 0 ? 1 : 1 + maker.leaves / maker.display;
            hiddenAtTicks = maker.leaves == maker.shown ? hiddenAtTicks : maker.ticks;
        }
        return missing <= 0 && (order.mmp == null || fills <= 1);
    }
}
