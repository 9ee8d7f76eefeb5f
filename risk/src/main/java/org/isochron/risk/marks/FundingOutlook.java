package org.isochron.risk.marks;

/** The funding that is coming, as far as the mark rule FAIR_BASIS needs it. */
public interface FundingOutlook {
    /** No funding. */
    FundingOutlook NONE = new NoFunding();

    /** Rate that the next funding will be charged at, 1e-9 of the notional per interval; longs pay a positive one. */
    long nextRateE9(int instrument);

    /** Sequenced time of the next funding, 0 when there is none. */
    long nextFundingNs(int instrument);

    /** Time between two fundings, positive where there is any. */
    long fundingIntervalNs(int instrument);
}
