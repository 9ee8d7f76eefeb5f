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

    /** Whether it is an ordinary taker with ordinary fees, and nothing is liquidated. */
    boolean isFunds;

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
        isFunds = false;
        filledLots = 0;
        received = 0;
        notional = 0;
        rebates = 0;
    }

    /** Lots that the fund works off: whatever they bring is enough. */
    void ofFund(final int position, final boolean buy, final long limitTicks, final long lots) {
        of(position, buy, limitTicks, lots, 0);
        isFunds = true;
    }

    long fee(final int feePpm) {
        return filledLots == 0
                ? 0
                : ZeroPrice.fee(notional, feePpm, received - ZeroPrice.share(cash, filledLots, lots));
    }
}
