package org.isochron.matcher.twin;

import org.isochron.codecs.CancelReason;

/** Self-trade prevention: the mode is the incoming order's. */
final class SelfTrade {
    private final Lifecycle lifecycle;

    SelfTrade(final Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The same account always; with the firm's scope also its other accounts, narrowed to a group when one is given. */
    boolean isOwn(final Order incoming, final Order resting) {
        if (incoming.account() == resting.account()) {
            return true;
        }
        return incoming.stpFirm
                && incoming.account().firm == resting.account().firm
                && (incoming.stpGroup == Order.NO_GROUP || incoming.stpGroup == resting.stpGroup);
    }

    void prevent(final Order incoming, final Order resting) {
        switch (incoming.stpMode) {
            case CANCEL_AGGRESSOR -> lifecycle.cancel(incoming, CancelReason.STP);
            case CANCEL_BOTH -> {
                lifecycle.cancel(resting, CancelReason.STP);
                lifecycle.cancel(incoming, CancelReason.STP);
            }
            case DECREMENT -> {
                final long lots = Math.min(incoming.leaves, resting.leaves);
                decrement(resting, lots);
                decrement(incoming, lots);
            }
            default -> lifecycle.cancel(resting, CancelReason.STP);
        }
    }

    private void decrement(final Order order, final long lots) {
        if (order.leaves == lots) {
            lifecycle.cancel(order, CancelReason.STP);
        } else {
            lifecycle.reduce(order, lots, CancelReason.STP);
        }
    }
}
