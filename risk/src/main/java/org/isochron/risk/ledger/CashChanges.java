package org.isochron.risk.ledger;

import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Buckets whose cash has changed and whose owner has not been told where they stand since. Accounts wait in a ring, each at
 * most once. Part of the ledger.
 */
public final class CashChanges implements StateOwner {
    /** No account waits. */
    public static final int NONE = -1;

    private static final int ASSETS = 0;
    private static final int ACCOUNT = 1;
    private static final int IS_WAITING = 2;
    private static final int ACCOUNT_FIELDS = 3;

    private static final int HEAD = 0;
    private static final int SIZE = 1;

    /** By account: bits of the assets whose cross margin has changed, whether it waits; by place in the ring: the account. */
    private final StateTable byAccount;
    /** 1 when the isolated bucket of the position has changed. */
    private final StateTable byPosition;

    private final StateTable ring = new StateTable("cashChangesRing", 1, 2);

    CashChanges(final int accounts, final int positions) {
        byAccount = new StateTable("cashChanges", accounts, ACCOUNT_FIELDS);
        byPosition = new StateTable("cashChangesIsolated", positions, 1);
    }

    void resize(final int accounts, final int positions) {
        byAccount.resize(accounts);
        byPosition.resize(positions);
    }

    void cross(final int account, final int asset) {
        byAccount.set(account, ASSETS, byAccount.get(account, ASSETS) | 1L << asset);
        add(account);
    }

    void isolated(final int account, final int position) {
        byPosition.set(position, 0, 1);
        add(account);
    }

    private void add(final int account) {
        if (byAccount.get(account, IS_WAITING) == 0) {
            byAccount.set(account, IS_WAITING, 1);
            byAccount.set((ring.getInt(0, HEAD) + ring.getInt(0, SIZE)) % byAccount.rows(), ACCOUNT, account);
            ring.add(0, SIZE, 1);
        }
    }

    /** Account that has waited longest, or {@link #NONE}; it stays. */
    public int head() {
        return ring.get(0, SIZE) == 0 ? NONE : byAccount.getInt(ring.getInt(0, HEAD), ACCOUNT);
    }

    /** Bit of every asset in which the account's cross margin has changed. */
    public long assets(final int account) {
        return byAccount.get(account, ASSETS);
    }

    /** The account has been told of its cross margin in the asset. */
    public void told(final int account, final int asset) {
        byAccount.set(account, ASSETS, assets(account) & ~(1L << asset));
    }

    /** Whether the isolated bucket of the position has changed. */
    public boolean isIsolatedChanged(final int position) {
        return byPosition.get(position, 0) != 0;
    }

    /** The account has been told of the isolated bucket of the position. */
    public void toldIsolated(final int position) {
        byPosition.set(position, 0, 0);
    }

    /** The account at the head has been told everything. */
    public void pop() {
        byAccount.set(head(), IS_WAITING, 0);
        ring.set(0, HEAD, (ring.getInt(0, HEAD) + 1) % byAccount.rows());
        ring.add(0, SIZE, -1);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(byAccount);
        visitor.part(byPosition);
        visitor.part(ring);
    }
}
