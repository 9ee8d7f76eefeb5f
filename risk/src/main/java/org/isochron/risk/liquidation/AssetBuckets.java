package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.AccountOrder;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The buckets of a settlement asset one after the other, in the order of account ids; of one account cross margin first,
 * then its isolated positions in the order of instrument ids. The venue's fees and its insurance fund are among them;
 * ROUNDING and FUNDING_POOL are not, for what they hold is on its way between others.
 */
public final class AssetBuckets {
    private static final int NONE = -1;

    private final Ledger ledger;
    private final AccountOrder accounts;
    private final Instruments instruments;
    private final Positions positions;

    private int asset;
    private int place;
    private int account;
    /** The isolated position returned last, or {@link #NONE} for cross margin. */
    private int isolated;

    public AssetBuckets(final Ledger ledger) {
        this.ledger = ledger;
        accounts = ledger.accountOrder();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Starts with the first account. */
    public void begin(final int asset) {
        this.asset = asset;
        place = 0;
        account = NONE;
    }

    /** The next bucket, or {@link Ledger#NO_BUCKET}. */
    public int next() {
        final int position = account == NONE ? NONE : nextIsolated();
        if (position != NONE) {
            isolated = position;
            return ledger.isolatedBucket(position);
        }
        while (place < accounts.size()) {
            account = accounts.account(place);
            place++;
            if (account != Ledger.ROUNDING && account != Ledger.FUNDING_POOL) {
                isolated = NONE;
                return ledger.crossBucket(account, asset);
            }
        }
        account = NONE;
        return Ledger.NO_BUCKET;
    }

    private int nextIsolated() {
        int next = NONE;
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (ledger.isIsolated(ledger.bucketOf(position))
                    && instruments.asset(positions.instrument(position)) == asset
                    && (isolated == NONE || id(position) > id(isolated))
                    && (next == NONE || id(position) < id(next))) {
                next = position;
            }
        }
        return next;
    }

    private long id(final int position) {
        return instruments.id(positions.instrument(position));
    }
}
