package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;

/**
 * Market maker protection inside a trade: counts the fills, and once the trade's last event is written cancels every order
 * of a group that reached a limit. Nothing matches until all of them are gone; when the batch has no room for that, the
 * cancels wait ahead of all other work.
 */
final class MmpTriggers {
    /** MmpTriggered for either side of a trade. */
    static final int EVENTS = 2;

    private static final int SIDES = 2;

    private final MmpGroups groups;
    private final Books books;
    private final ProtectionReports reports;
    private final Cancels cancels;
    private final WorkQueue work;
    private final MassCancelFilter filter = new MassCancelFilter();
    /** Groups this trade has triggered, the taker's first, and the sessions of the orders that did. */
    private final int[] triggered = new int[SIDES];

    private final int[] sessions = new int[SIDES];
    private int count;

    MmpTriggers(
            final MmpGroups groups,
            final Books books,
            final ProtectionReports reports,
            final Cancels cancels,
            final WorkQueue work) {
        this.groups = groups;
        this.books = books;
        this.reports = reports;
        this.cancels = cancels;
        this.work = work;
    }

    /**
     * One side of a trade.
     *
     * @param cash that changes hands, whichever way.
     * @return whether it triggered its group, so that {@link #cancel} is to follow the trade's last event.
     */
    boolean onFill(final int order, final long lots, final long cash) {
        if (!books.is(order, OrderTraits.MMP)
                || !groups.count(books.mmpGroup(order), books.isBuy(order), lots, Math.abs(cash))) {
            return false;
        }
        triggered[count] = books.mmpGroup(order);
        sessions[count++] = books.session(order);
        return true;
    }

    /** Whether the trade has triggered a group whose orders are still there. */
    boolean isPending() {
        return count != 0;
    }

    /**
     * Tells of the triggered groups and cancels their orders, those outside the queues included: an incoming order of such
     * a group is gone, or will be. An order without open lots must have ended before.
     *
     * @return false when the batch filled up before the end; nothing matches until the rest is done.
     */
    boolean cancel() {
        for (int side = 0; side < count; side++) {
            reports.mmpTriggered(sessions[side], triggered[side]);
        }
        // The last one pushed goes first.
        while (count > 0) {
            final int group = triggered[--count];
            filter.ofMmpGroup(group);
            work.pushUrgentCancel(groups.account(group), filter, CancelReason.MMP.value());
        }
        while (work.isUrgent() && isHeadDone()) {
            work.pop();
        }
        return !work.isUrgent();
    }

    private boolean isHeadDone() {
        work.filter(filter);
        return cancels.ofAccount((int) work.head(WorkQueue.SUBJECT), filter, CancelReason.MMP);
    }
}
