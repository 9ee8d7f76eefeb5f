package org.isochron.matcher.venue;

import org.isochron.risk.ledger.FundingPool;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * Settles funding before something else is done with a position, and tells it. The ledger itself would settle it too, but
 * silently. One event at most for each position and move of its instrument's index.
 */
final class FundingSettlement {
    private final Ledger ledger;
    private final Positions positions;
    private final FundingPool pool;
    private final FundingReports reports;

    FundingSettlement(final Ledger ledger, final FundingReports reports) {
        this.ledger = ledger;
        this.reports = reports;
        positions = ledger.positions();
        pool = ledger.funding();
    }

    /** A position about to be touched. Lots that owe less than a quantum are told too: the pool has what they owe. */
    void settle(final int position) {
        final long before = positions.fundingIndex(position);
        final long lots = positions.lots(position);
        if (before == pool.index(positions.instrument(position))) {
            return;
        }
        final long received = ledger.settleFunding(position);
        if (lots != 0) {
            reports.payment(position, received, lots, before);
        }
    }

    /** Every position of a bucket. As many events at most as there are instruments. */
    void settleBucket(final int bucket) {
        final int account = ledger.bucketAccount(bucket);
        for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
            if (ledger.bucketOf(at) == bucket) {
                settle(at);
            }
        }
    }
}
