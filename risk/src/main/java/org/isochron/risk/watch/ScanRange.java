package org.isochron.risk.watch;

import org.isochron.risk.ledger.Ledger;

/**
 * The accounts a risk node scans, and its place among those that scan the same ones. The venue's own accounts are in no
 * range: nobody liquidates them.
 *
 * @param firstAccountId lowest account id, at least 1.
 * @param lastAccountId  highest account id, below the venue's own.
 * @param rank           0 for the node that proposes at once; each one further waits 20 ms longer for the others.
 */
public record ScanRange(long firstAccountId, long lastAccountId, int rank) {
    /** Lowest id an account can have. */
    public static final long LOWEST = 1;

    /** Highest id a member's account can have. */
    public static final long HIGHEST = Ledger.FIRST_SYSTEM_ID - 1;

    /** Nodes that may share a range: the last of them waits 300 ms. */
    public static final int MAX_RANK = 15;

    /** All accounts, first in turn. */
    public static final ScanRange WHOLE = new ScanRange(LOWEST, HIGHEST, 0);

    /** @throws IllegalArgumentException naming what is out of its bounds. */
    public ScanRange {
        if (firstAccountId < LOWEST || lastAccountId > HIGHEST || firstAccountId > lastAccountId) {
            throw new IllegalArgumentException("accounts " + firstAccountId + " to " + lastAccountId
                    + " are no range within " + LOWEST + " to " + HIGHEST);
        }
        if (rank < 0 || rank > MAX_RANK) {
            throw new IllegalArgumentException("rank " + rank + " is not within 0 to " + MAX_RANK);
        }
    }

    boolean contains(final long accountId) {
        return accountId >= firstAccountId && accountId <= lastAccountId;
    }
}
