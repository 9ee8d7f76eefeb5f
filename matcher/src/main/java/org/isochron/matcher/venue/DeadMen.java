package org.isochron.matcher.venue;

import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Accounts whose orders are cancelled unless somebody renews their timer in time. The time is the sequencer's, so a
 * connection that is up with nobody behind it does not count. Accounts due at the same time follow each other by slot.
 * Part of the noun BOOKS.
 */
final class DeadMen implements StateOwner {
    private static final int TIMEOUT_NS = 0;

    private final StateTable timeouts;
    private final TimerHeap heap;

    DeadMen(final Capacities capacities) {
        timeouts = new StateTable("deadMenTimeouts", accounts(capacities), 1);
        heap = new TimerHeap("deadMen", accounts(capacities));
    }

    void resize(final Capacities capacities) {
        timeouts.resize(accounts(capacities));
        heap.resize(accounts(capacities));
    }

    private static int accounts(final Capacities capacities) {
        return capacities.accounts() + Ledger.SYSTEM_ACCOUNTS;
    }

    /** Arms the timer of an account, or renews it. */
    void arm(final int account, final long timeoutNs, final long nowNs) {
        timeouts.set(account, TIMEOUT_NS, timeoutNs);
        heap.arm(account, nowNs + timeoutNs, account);
    }

    void disarm(final int account) {
        timeouts.set(account, TIMEOUT_NS, 0);
        heap.disarm(account);
    }

    /** After a pause nobody could have renewed anything: every timer starts again with its full time. */
    void restart(final long nowNs) {
        for (int account = 0; account < timeouts.rows() && heap.armed() > 0; account++) {
            if (heap.isArmed(account)) {
                heap.arm(account, nowNs + timeouts.get(account, TIMEOUT_NS), account);
            }
        }
    }

    /** When the first account is due, {@link TimerHeap#NEVER} while none is armed. */
    long nextDueNs() {
        return heap.nextDueNs();
    }

    /** The account due first; only while one is armed. */
    int first() {
        return heap.first();
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(timeouts);
        heap.visit(visitor);
    }
}
