package org.isochron.risk.margin;

import java.util.Arrays;
import org.isochron.risk.ledger.ChangedPositions;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.MarkChanges;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;

/**
 * Per bucket of cross margin the sum of what its positions add to it, at all times equal to what a walk over them would give. Each position
 * remembers its share; when its lots or orders have changed, the share is worked out anew and the difference goes into the
 * sums. A change of mark touches no holder: a bucket that is asked for first catches up with the marks of its asset that
 * changed since it was last asked, instrument by instrument, or walks over its positions where those are fewer. A position
 * in a bucket of its own is in no sum: its share is the bucket, worked out whenever it is asked for.
 *
 * <p>Derived from the cells of ledger, marks and books, no part of the state: {@link #rebuild} makes it from them. A bucket
 * gets its row with its first position and keeps it, so there are never more rows than positions.
 */
final class BucketTotals {
    /** A bucket of cross margin that never had a position. */
    static final int NONE = -1;

    static final int VALUE = 0;
    static final int MAINTENANCE = 1;
    static final int INITIAL = 2;
    static final int CLOSING_FEE = 3;
    static final int NOTIONAL = 4;
    static final int REQUIREMENT = 5;
    static final int EXPOSURE = 6;
    /** Positions with lots, and from bit 32 on those of them whose mark is not valid. */
    static final int COUNTS = 7;
    /** Funding up to now that is not settled yet, rounded down for each position. */
    static final int FUNDING = 8;

    private static final int SUMS = 9;

    /** Number of the last change of a mark the bucket has caught up with. */
    private static final int SEEN = 9;
    /** Positions of the bucket, those without lots included. */
    private static final int POSITIONS = 10;

    private static final int BUCKET_FIELDS = 11;

    /** Share of a position: as the bucket's sums, the notional left out, for it is the size of the value. */
    private static final int SHARE_BUCKET = 4;

    /** Leverage that the share's initial margin counts. */
    private static final int SHARE_LEVERAGE = 9;

    private static final int SHARE_FIELDS = 10;

    private final Ledger ledger;
    private final Marks marks;
    private final Instruments instruments;
    private final Positions positions;
    private final ChangedPositions changed;
    private final PositionMargin position;
    private final Headroom headroom;

    private Capacities capacities;
    /** By bucket of cross margin: row + 1. */
    private int[] rows;

    private int rowCount;
    private long[] buckets;
    private long[] shares;

    BucketTotals(final Ledger ledger, final Marks marks, final PositionMargin position) {
        this.ledger = ledger;
        this.marks = marks;
        this.position = position;
        instruments = ledger.instruments();
        positions = ledger.positions();
        changed = positions.changed();
        changed.follow();
        headroom = new Headroom(changed, marks.changes(), instruments);
        rebuild();
    }

    /** Starts again from the cells: after a change of capacities, or when the cells came from a snapshot. */
    void rebuild() {
        capacities = ledger.capacities();
        position.terms().rebuild();
        rows = new int[(capacities.accounts() + Ledger.SYSTEM_ACCOUNTS) * capacities.assets()];
        rowCount = 0;
        buckets = new long[Math.min(rows.length, capacities.positions()) * BUCKET_FIELDS];
        shares = new long[capacities.positions() * SHARE_FIELDS];
        headroom.rebuild(Math.min(rows.length, capacities.positions()));
        for (int at = 0; at < positions.count(); at++) {
            position.restateLosses(at);
            update(at, true);
        }
    }

    /** Row of a bucket of cross margin, every sum brought up to date; {@link #NONE} when it never had a position. */
    int upToDate(final int bucket) {
        final int account = ledger.bucketAccount(bucket);
        follow(account);
        final int row = row(bucket);
        if (row != NONE) {
            final int newest = marks.changes().newest(ledger.bucketAsset(bucket));
            if (newest != MarkChanges.NONE && marks.changes().changedAt(newest) > buckets[row * BUCKET_FIELDS + SEEN]) {
                catchUp(row, account, newest);
            }
        }
        return row;
    }

    /** Row of a bucket of cross margin, as it is; {@link #NONE} when it never had a position. */
    int row(final int bucket) {
        return rows[bucket] - 1;
    }

    /** What the buckets can surely spare, by their rows. */
    Headroom headroom() {
        return headroom;
    }

    /** Brings the share of a position in a bucket of its own up to date. */
    void updateIsolated(final int at) {
        follow(positions.account(at));
        position.of(at);
        final int share = at * SHARE_FIELDS;
        shares[share + VALUE] = position.value;
        shares[share + MAINTENANCE] = position.maintenance;
        shares[share + INITIAL] = position.initial;
        shares[share + CLOSING_FEE] = position.closingFee;
        shares[share + REQUIREMENT] = position.requirement;
        shares[share + EXPOSURE] = position.exposure;
        shares[share + COUNTS] = position.counts(positions.instrument(at), positions.lots(at));
        shares[share + FUNDING] = ledger.unsettledFunding(at);
    }

    long sum(final int row, final int field) {
        return buckets[row * BUCKET_FIELDS + field];
    }

    /** Share of a position whose bucket is up to date. */
    long share(final int at, final int field) {
        return shares[at * SHARE_FIELDS + field];
    }

    private void follow(final int account) {
        if (capacities != ledger.capacities()) {
            rebuild();
        }
        for (int at = changed.take(account); at != ChangedPositions.NONE; at = changed.take(account)) {
            update(at, false);
        }
    }

    private void catchUp(final int row, final int account, final int newest) {
        final MarkChanges changes = marks.changes();
        final int bucket = row * BUCKET_FIELDS;
        final long seen = buckets[bucket + SEEN];
        long left = buckets[bucket + POSITIONS];
        int instrument = newest;
        while (left > 0 && instrument != MarkChanges.NONE && changes.changedAt(instrument) > seen) {
            final int at = positions.find(account, instrument);
            if (at >= 0 && shares[at * SHARE_FIELDS + SHARE_BUCKET] == row + 1) {
                update(at, true);
            }
            instrument = changes.older(instrument);
            left--;
        }
        if (instrument != MarkChanges.NONE && changes.changedAt(instrument) > seen) {
            walk(row, account);
        }
        buckets[bucket + SEEN] = changes.changedAt(newest);
    }

    private void walk(final int row, final int account) {
        for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
            if (shares[at * SHARE_FIELDS + SHARE_BUCKET] == row + 1) {
                update(at, true);
            }
        }
    }

    /** @param repriced whether what lots need may have changed though their value has not: with the rules, for one. */
    private void update(final int at, final boolean repriced) {
        final int share = at * SHARE_FIELDS;
        if (ledger.isIsolated(ledger.bucketOf(at))) {
            leave(share);
            return;
        }
        if (shares[share + SHARE_BUCKET] == 0) {
            enter(at);
        }
        final int bucket = (int) (shares[share + SHARE_BUCKET] - 1) * BUCKET_FIELDS;
        final int instrument = positions.instrument(at);
        final long held = positions.lots(at);
        final int leverage = positions.leverage(at);
        // What lots need follows from their value and the leverage; most changes are of orders.
        if (repriced
                || position.value(position.terms().of(instrument), held) != shares[share + VALUE]
                || leverage != shares[share + SHARE_LEVERAGE]) {
            position.hold(at, instrument, held);
            shares[share + SHARE_LEVERAGE] = leverage;
            updateHeld(share, bucket);
        }
        put(share, bucket, COUNTS, position.counts(instrument, held));
        position.require(at);
        put(share, bucket, REQUIREMENT, position.requirement);
        put(share, bucket, EXPOSURE, position.exposure);
        put(share, bucket, FUNDING, ledger.unsettledFunding(at));
    }

    private void updateHeld(final int share, final int bucket) {
        buckets[bucket + NOTIONAL] += Math.abs(position.value) - Math.abs(shares[share + VALUE]);
        put(share, bucket, VALUE, position.value);
        put(share, bucket, MAINTENANCE, position.maintenance);
        put(share, bucket, INITIAL, position.initial);
        put(share, bucket, CLOSING_FEE, position.closingFee);
    }

    private void put(final int share, final int bucket, final int field, final long amount) {
        buckets[bucket + field] += amount - shares[share + field];
        shares[share + field] = amount;
    }

    private void enter(final int at) {
        final int key = ledger.bucketOf(at);
        if (rows[key] == 0) {
            rows[key] = ++rowCount;
            final int asset = instruments.asset(positions.instrument(at));
            final int newest = marks.changes().newest(asset);
            // Nothing in it is older than now.
            buckets[(rowCount - 1) * BUCKET_FIELDS + SEEN] =
                    newest == MarkChanges.NONE ? 0 : marks.changes().changedAt(newest);
        }
        Arrays.fill(shares, at * SHARE_FIELDS, (at + 1) * SHARE_FIELDS, 0);
        shares[at * SHARE_FIELDS + SHARE_BUCKET] = rows[key];
        buckets[(rows[key] - 1) * BUCKET_FIELDS + POSITIONS]++;
    }

    /** The position is in a bucket of its own now. */
    private void leave(final int share) {
        if (shares[share + SHARE_BUCKET] == 0) {
            return;
        }
        final int bucket = (int) (shares[share + SHARE_BUCKET] - 1) * BUCKET_FIELDS;
        buckets[bucket + NOTIONAL] -= Math.abs(shares[share + VALUE]);
        for (int field = 0; field < SUMS; field++) {
            if (field != SHARE_BUCKET) {
                put(share, bucket, field, 0);
            }
        }
        buckets[bucket + POSITIONS]--;
        shares[share + SHARE_BUCKET] = 0;
    }

    /**
     * Compares every bucket with a walk over its positions, and every order's loss with a walk over the orders. Slow.
     *
     * @throws InvariantViolation when one differs.
     */
    void verify() {
        // The walks that follow state the losses anew.
        for (int at = 0; at < positions.count(); at++) {
            position.verifyLosses(at);
        }
        final long[] sums = new long[SUMS];
        for (int account = 0; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                final int bucket = ledger.crossBucket(account, asset);
                final int row = upToDate(bucket);
                walk(account, bucket, sums);
                for (int field = 0; field < SUMS; field++) {
                    final long kept = row == NONE ? 0 : sum(row, field);
                    if (sums[field] != kept) {
                        throw new InvariantViolation("account " + ledger.accountId(account) + ", asset "
                                + ledger.assets().id(asset) + ": running total " + field + " is " + kept
                                + ", a walk gives " + sums[field]);
                    }
                }
            }
        }
    }

    private void walk(final int account, final int bucket, final long[] sums) {
        Arrays.fill(sums, 0);
        for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
            if (ledger.bucketOf(at) == bucket) {
                position.restateLosses(at);
                position.of(at);
                sums[VALUE] += position.value;
                sums[MAINTENANCE] += position.maintenance;
                sums[INITIAL] += position.initial;
                sums[CLOSING_FEE] += position.closingFee;
                sums[NOTIONAL] += Math.abs(position.value);
                sums[REQUIREMENT] += position.requirement;
                sums[EXPOSURE] += position.exposure;
                sums[COUNTS] += position.counts(positions.instrument(at), positions.lots(at));
                sums[FUNDING] += ledger.unsettledFunding(at);
            }
        }
    }
}
