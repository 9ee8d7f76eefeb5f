package org.isochron.matcher.venue;

import org.isochron.codecs.Role;
import org.isochron.codecs.StateReason;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Watches the risk nodes, in sequenced time. Each says which accounts its last finished scan covered and when; together the
 * scans of the last {@code scanDeadlineMs} have to cover every account a member can have. While they do not, nobody knows
 * who is under water: no order may open or enlarge a position, in any instrument. What rests stays, and fills by the
 * fill rule. Looked at on every clock tick; in force once a session of role RISK is defined; and after a pause, or in a new
 * epoch, the nodes have the full deadline again. Part of the noun SESSIONS.
 */
final class ScanWatch implements StateOwner {
    /** Lowest id an account can have. */
    static final long LOWEST_ACCOUNT = 1;

    /** Highest id a member's account can have. */
    static final long HIGHEST_ACCOUNT = Ledger.FIRST_SYSTEM_ID - 1;

    /** Instruments told about in one clock tick at most: there may be more of them than a batch has room to spare. */
    static final int TOLD_PER_TICK = 64;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** By session: accounts and time of its last finished scan; time 0 for none. */
    private static final int FIRST_ACCOUNT = 0;

    private static final int LAST_ACCOUNT = 1;
    private static final int SCANNED_NS = 2;
    private static final int SCAN_FIELDS = 3;

    /** Start of the window in which there need not be a scan; 0 before there is a risk node. */
    private static final int SINCE_NS = 0;

    private static final int IS_LATE = 1;
    /** Instruments still to be told of the last change: those from this slot on, plus 1; 0 for none. */
    private static final int TO_TELL = 2;

    private static final int WATCH_FIELDS = 3;

    private final Sessions sessions;
    private final Instruments instruments;
    private final Counters counters;
    private final StateTable scans;
    private final StateTable watch = new StateTable("scanWatch", 1, WATCH_FIELDS);

    ScanWatch(final Sessions sessions, final Ledger ledger, final Counters counters, final int sessionCapacity) {
        this.sessions = sessions;
        this.counters = counters;
        instruments = ledger.instruments();
        scans = new StateTable("scans", sessionCapacity, SCAN_FIELDS);
    }

    void resize(final int sessionCapacity) {
        scans.resize(sessionCapacity);
    }

    /** Whether no scan of all accounts has finished in time: orders may only reduce. */
    boolean isLate() {
        return watch.get(0, IS_LATE) != 0;
    }

    /** A risk node's session reports a finished scan of these accounts, both ends included. */
    void scanned(final int session, final long firstAccount, final long lastAccount) {
        scans.set(session, FIRST_ACCOUNT, firstAccount);
        scans.set(session, LAST_ACCOUNT, lastAccount);
        scans.set(session, SCANNED_NS, counters.nowNs());
    }

    /** After a pause the nodes have their full time again; who was late before stays so until they have used it. */
    void restart() {
        if (watch.get(0, SINCE_NS) != 0) {
            watch.set(0, SINCE_NS, counters.nowNs());
        }
    }

    /** Most events one clock tick can cause. */
    int events() {
        return Math.min(instruments.count(), TOLD_PER_TICK);
    }

    /** Looks whether the scans are in time, and tells every instrument when that has changed. */
    void onClockTick(final TradingStates states) {
        if (isArmed()) {
            final boolean covered = isCovered();
            final boolean isOverdue = counters.nowNs() - watch.get(0, SINCE_NS) > deadlineNs();
            if (isLate() ? covered : !covered && isOverdue) {
                watch.set(0, IS_LATE, covered ? 0 : 1);
                watch.set(0, TO_TELL, 1);
            }
        }
        tell(states);
    }

    /** From the first clock tick with a risk node on. */
    private boolean isArmed() {
        if (watch.get(0, SINCE_NS) == 0 && hasRiskNode()) {
            watch.set(0, SINCE_NS, counters.nowNs());
        }
        return watch.get(0, SINCE_NS) != 0;
    }

    private boolean hasRiskNode() {
        for (int session = 0; session < sessions.count(); session++) {
            if (sessions.role(session) == Role.RISK) {
                return true;
            }
        }
        return false;
    }

    /** Goes up the accounts as far as fresh scans reach without a gap. */
    private boolean isCovered() {
        long next = LOWEST_ACCOUNT;
        while (next <= HIGHEST_ACCOUNT) {
            final long reach = reachFrom(next);
            if (reach < next) {
                return false;
            }
            next = reach + 1;
        }
        return true;
    }

    /** The last account of the longest fresh scan that has this one in it, 0 when there is none. */
    private long reachFrom(final long account) {
        final long oldestNs = counters.nowNs() - deadlineNs();
        long reach = 0;
        for (int session = 0; session < sessions.count(); session++) {
            if (scans.get(session, SCANNED_NS) != 0
                    && scans.get(session, SCANNED_NS) >= oldestNs
                    && scans.get(session, FIRST_ACCOUNT) <= account) {
                reach = Math.max(reach, scans.get(session, LAST_ACCOUNT));
            }
        }
        return reach;
    }

    private long deadlineNs() {
        return counters.scanDeadlineMs() * NANOS_PER_MILLI;
    }

    private void tell(final TradingStates states) {
        if (watch.get(0, TO_TELL) == 0) {
            return;
        }
        final int first = watch.getInt(0, TO_TELL) - 1;
        final int end = Math.min(instruments.count(), first + TOLD_PER_TICK);
        final StateReason reason = isLate() ? StateReason.RISK_SILENT : StateReason.RECOVERED;
        for (int instrument = first; instrument < end; instrument++) {
            states.tell(instrument, reason);
        }
        watch.set(0, TO_TELL, end == instruments.count() ? 0 : end + 1L);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(scans);
        visitor.part(watch);
    }
}
