package org.isochron.matcher.venue;

import org.isochron.risk.liquidation.ZeroPrice;

/** What a liquidation offers to the book, and what has come of it. Reused. */
final class Tranche {
    int position;
    boolean buy;
    long limitTicks;
    long lots;
    /** b: the cash that all lots together must bring. */
    long cash;

    long filledLots;
    /** Signed cash the fills have brought. */
    long received;

    long notional;
    /** Rebates of makers, paid by INSURANCE out of the fee. */
    long rebates;

    void of(final int position, final boolean buy, final long limitTicks, final long lots, final long cash) {
        this.position = position;
        this.buy = buy;
        this.limitTicks = limitTicks;
        this.lots = lots;
        this.cash = cash;
        filledLots = 0;
        received = 0;
        notional = 0;
        rebates = 0;
    }

    long fee(final int feePpm) {
        return filledLots == 0
                ? 0
                : ZeroPrice.fee(notional, feePpm, received - ZeroPrice.share(cash, filledLots, lots));
    }
}
