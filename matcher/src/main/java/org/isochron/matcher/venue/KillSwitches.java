package org.isochron.matcher.venue;

import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Which accounts and firms may enter no orders. A firm's own switch and the operator's are apart: neither releases the
 * other's. Part of the noun BOOKS.
 */
final class KillSwitches implements StateOwner {
    /** Switched by a session of the firm. */
    static final int OWN = 1;
    /** Switched by an operator. */
    static final int OPERATOR = 2;

    private final Ledger ledger;
    private final StateTable accounts;
    private final StateTable firms;
    /** How many switches are on, so that an order in a venue without any looks at nothing else. */
    private final StateTable on = new StateTable("killSwitchesOn", 1, 1);

    KillSwitches(final Capacities capacities, final Ledger ledger) {
        this.ledger = ledger;
        accounts = new StateTable("killedAccounts", capacities.accounts() + Ledger.SYSTEM_ACCOUNTS, 1);
        firms = new StateTable("killedFirms", capacities.firms(), 1);
    }

    void resize(final Capacities capacities) {
        accounts.resize(capacities.accounts() + Ledger.SYSTEM_ACCOUNTS);
        firms.resize(capacities.firms());
    }

    /** Whether an account of a firm is stopped, by itself or with its firm. */
    boolean isKilled(final int account) {
        return on.get(0, 0) != 0 && (accounts.get(account, 0) | firms.get(ledger.firm(account), 0)) != 0;
    }

    /** Switches that are on for the account alone: a sum of {@link #OWN} and {@link #OPERATOR}. */
    int ofAccount(final int account) {
        return accounts.getInt(account, 0);
    }

    /** Switches that are on for the firm. */
    int ofFirm(final int firm) {
        return firms.getInt(firm, 0);
    }

    void account(final int account, final int which, final boolean kill) {
        set(accounts, account, which, kill);
    }

    void firm(final int firm, final int which, final boolean kill) {
        set(firms, firm, which, kill);
    }

    private void set(final StateTable switches, final int row, final int which, final boolean kill) {
        final int before = switches.getInt(row, 0);
        final int after = kill ? before | which : before & ~which;
        switches.set(row, 0, after);
        on.add(0, 0, Integer.bitCount(after) - Integer.bitCount(before));
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(accounts);
        visitor.part(firms);
        visitor.part(on);
    }
}
