package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What the last settlement has done to each bucket and has not told its owner yet. There is one settlement at a time, of
 * one asset, so an account needs a row for its cross margin in that asset and one for each position that is a bucket of its
 * own.
 */
public final class SettledBuckets implements StateOwner {
    /** Signed lots closed. */
    public static final int LOTS = 0;
    /** Signed, received for them. */
    public static final int CASH = 1;
    /** Signed, settled on them before. */
    public static final int FUNDING = 2;
    /** Of the lots, signed; no longer of interest when the settlement is done. */
    static final int PROFIT = 3;

    /** Taken of the profit on the lots. */
    public static final int PROFIT_CHARGE = 4;
    /** Taken of the equity. */
    public static final int EQUITY_CHARGE = 5;
    /** Received, for the bucket owed more than it had. */
    public static final int DEFICIT_PAID = 6;
    /** Cash after all that. */
    public static final int BALANCE_AFTER = 7;

    private static final int FIELDS = 8;

    private final Ledger ledger;
    private final StateTable table;
    private int accounts;

    public SettledBuckets(final Ledger ledger, final Capacities capacities) {
        this.ledger = ledger;
        accounts = capacities.accounts() + Ledger.SYSTEM_ACCOUNTS;
        table = new StateTable("settledBuckets", accounts + capacities.positions(), FIELDS);
    }

    /** Takes other capacities; only while nothing is defined. */
    public void resize(final Capacities capacities) {
        accounts = capacities.accounts() + Ledger.SYSTEM_ACCOUNTS;
        table.resize(accounts + capacities.positions());
    }

    private int row(final int bucket) {
        return ledger.isIsolated(bucket) ? accounts + ledger.isolatedPosition(bucket) : ledger.bucketAccount(bucket);
    }

    /** One of the amounts. */
    public long get(final int bucket, final int field) {
        return table.get(row(bucket), field);
    }

    /** Notes an amount, and what the bucket has now. */
    void set(final int bucket, final int field, final long amount) {
        final int row = row(bucket);
        table.set(row, field, amount);
        table.set(row, BALANCE_AFTER, ledger.cash(bucket));
    }

    /** Whether anything was done to the bucket. */
    public boolean has(final int bucket) {
        final int row = row(bucket);
        return table.get(row, LOTS) != 0 || table.get(row, EQUITY_CHARGE) != 0 || table.get(row, DEFICIT_PAID) != 0;
    }

    /** Its owner has been told. */
    public void clear(final int bucket) {
        final int row = row(bucket);
        for (int field = 0; field < FIELDS; field++) {
            table.set(row, field, 0);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
