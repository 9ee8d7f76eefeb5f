package org.isochron.risk.marks;

/** A market without funding. */
final class NoFunding implements FundingOutlook {
    @Override
    public long nextRateE9(final int instrument) {
        return 0;
    }

    @Override
    public long nextFundingNs(final int instrument) {
        return 0;
    }

    @Override
    public long fundingIntervalNs(final int instrument) {
        return 0;
    }
}
