package org.isochron.matcher.venue;

import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What commands have left over because a batch was full, first come first served, and who has to wait for it. Part of the
 * noun BOOKS.
 */
final class WorkQueue implements StateOwner {
    /** An order outside the queues goes on matching, or begins to. SUBJECT: its id; PROGRESS: 1 when it has had its turn. */
    static final int MATCH = 1;
    /** A mass cancel of one account's orders. SUBJECT: the account; PROGRESS: 1 when nothing matches before it is done. */
    static final int MASS_CANCEL = 2;
    /** Every order of a session goes. SUBJECT: the session. */
    static final int SESSION_CANCEL = 3;
    /** A bucket is liquidated. SUBJECT: its row among the open liquidations. */
    static final int LIQUIDATION = 4;
    /** The crossed book of an instrument trades at one price. SUBJECT: that price, 0 before it is worked out. */
    static final int UNCROSS = 5;
    /** Stops that have fired take their turns. SUBJECT: id of the one that has not matched to the end, 0 for none. */
    static final int ACTIVATION = 6;
    /** Quotes of a session are pulled. SUBJECT: the session; TAG: the set. */
    static final int QUOTE_CANCEL = 7;
    /** A funding auction closes the lots that do not carry. */
    static final int FUNDING = 8;

    static final int KIND = 0;
    static final int SUBJECT = 1;
    /** Instrument + 1, 0 for all. */
    static final int INSTRUMENT = 2;

    static final int SCOPE = 3;
    static final int SIDE = 4;
    static final int FROM_TICKS = 5;
    static final int TO_TICKS = 6;
    static final int TAG = 7;
    static final int REASON = 8;
    /** How far a match has come; of an uncross 1 when an operator has asked for it, or {@link #CALLED_OFF}. */
    static final int PROGRESS = 9;
    /** Progress of an uncross that shall not be held any more. */
    static final int CALLED_OFF = 2;

    /** Account of the quotes pulled. */
    static final int ACCOUNT = 10;

    private static final int FIELDS = 11;

    /** Orders and mass cancels that may wait. */
    private static final int CLIENT_ROOM = 4_096;
    /** Mass cancels ahead of all: a trade has two sides, each may trigger its group. */
    private static final int URGENT_ROOM = 2;

    private static final int HEAD = 0;
    private static final int SIZE = 1;
    private static final int CLIENT_ITEMS = 2;
    private static final int URGENT = 3;
    private static final int ACTIVATIONS = 4;
    private static final int RING_FIELDS = 5;

    private static final int MATCHES = 0;
    private static final int UNCROSSES = 1;

    private final StateTable items;
    private final StateTable ring = new StateTable("workRing", 1, RING_FIELDS);

    private final StateTable byAccount;
    private final StateTable bySession;
    private final StateTable byInstrument;

    WorkQueue(final Capacities capacities, final int accounts) {
        items = new StateTable("work", rows(capacities), FIELDS);
        byAccount = new StateTable("workByAccount", accounts, 1);
        bySession = new StateTable("workBySession", capacities.sessions(), 1);
        byInstrument = new StateTable("workByInstrument", capacities.instruments(), 2);
    }

    void resize(final Capacities capacities, final int accounts) {
        items.resize(rows(capacities));
        byAccount.resize(accounts);
        bySession.resize(capacities.sessions());
        byInstrument.resize(capacities.instruments());
    }

    /**
     * One cancel of all orders per session can wait at a time, one uncross and one funding auction per instrument, every open
     * liquidation and one activation, so there is always room for them.
     */
    private static int rows(final Capacities capacities) {
        return CLIENT_ROOM
                + OpenLiquidations.capacity(capacities)
                + URGENT_ROOM
                + capacities.sessions()
                + 2 * capacities.instruments()
                + 1;
    }

    boolean isEmpty() {
        return ring.get(0, SIZE) == 0;
    }

    int size() {
        return ring.getInt(0, SIZE);
    }

    boolean hasClientRoom(final int count) {
        return ring.get(0, CLIENT_ITEMS) + count <= CLIENT_ROOM;
    }

    /** A mass cancel or quote cancel of the account is not finished. */
    boolean isCancellingAccount(final int account) {
        return byAccount.get(account, 0) != 0;
    }

    /** A cancel of all orders of the session is not finished. */
    boolean isCancellingSession(final int session) {
        return bySession.get(session, 0) != 0;
    }

    /** Orders of the instrument wait for their turn, or have not matched to the end; or no instrument may match now. */
    boolean isMatching(final int instrument) {
        return byInstrument.get(instrument, MATCHES) != 0 || isUrgent();
    }

    /** The instrument's auction is being held. */
    boolean isUncrossing(final int instrument) {
        return byInstrument.get(instrument, UNCROSSES) != 0;
    }

    /** Stops that have fired wait for their turn. */
    boolean isActivating() {
        return ring.get(0, ACTIVATIONS) != 0;
    }

    /** One order more of the instrument waits, which is no item of its own: those that arrive queue up behind it. */
    void hold(final int instrument) {
        byInstrument.add(instrument, MATCHES, 1);
    }

    /** Takes one {@link #hold} back. */
    void release(final int instrument) {
        byInstrument.add(instrument, MATCHES, -1);
    }

    /** A mass cancel has to be finished before anything matches. */
    boolean isUrgent() {
        return ring.get(0, URGENT) != 0;
    }

    /** @param hadTurn the order's turn has come, and it was not held back or is no more. */
    void pushMatch(final long orderId, final int instrument, final boolean hadTurn) {
        final int row = push(MATCH, orderId);
        items.set(row, INSTRUMENT, instrument + 1L);
        items.set(row, PROGRESS, hadTurn ? 1 : 0);
        ring.add(0, CLIENT_ITEMS, 1);
        byInstrument.add(instrument, MATCHES, 1);
    }

    void pushMassCancel(final int account, final MassCancelFilter filter, final int reason) {
        fillMassCancel(push(MASS_CANCEL, account), account, filter, reason);
    }

    /** Puts a mass cancel ahead of everything that waits: nothing matches until it is done. */
    void pushUrgentCancel(final int account, final MassCancelFilter filter, final int reason) {
        ring.set(0, HEAD, (ring.getInt(0, HEAD) + items.rows() - 1) % items.rows());
        ring.add(0, URGENT, 1);
        final int row = take(ring.getInt(0, HEAD), MASS_CANCEL, account);
        fillMassCancel(row, account, filter, reason);
        items.set(row, PROGRESS, 1);
    }

    private void fillMassCancel(final int row, final int account, final MassCancelFilter filter, final int reason) {
        items.set(row, INSTRUMENT, filter.instrument + 1L);
        items.set(row, SCOPE, filter.scope);
        items.set(row, SIDE, filter.side);
        items.set(row, FROM_TICKS, filter.fromTicks);
        items.set(row, TO_TICKS, filter.toTicks);
        items.set(row, TAG, filter.tag);
        items.set(row, REASON, reason);
        ring.add(0, CLIENT_ITEMS, 1);
        byAccount.add(account, 0, 1);
    }

    /** Cancels every order of a session; only while no other such cancel of it waits. */
    void pushSessionCancel(final int session, final int reason) {
        final int row = push(SESSION_CANCEL, session);
        items.set(row, REASON, reason);
        bySession.add(session, 0, 1);
    }

    void pushQuoteCancel(final int session, final QuoteFilter filter) {
        final int row = push(QUOTE_CANCEL, session);
        items.set(row, INSTRUMENT, filter.instrument + 1L);
        items.set(row, TAG, filter.set);
        items.set(row, ACCOUNT, filter.account);
        ring.add(0, CLIENT_ITEMS, 1);
        byAccount.add(filter.account, 0, 1);
    }

    /** @param row among the open liquidations; each waits here at most once. */
    void pushLiquidation(final int row) {
        push(LIQUIDATION, row);
    }

    /** @param reason of the state it ends in, as on the wire. */
    void pushUncross(final int instrument, final int reason, final boolean atCommand) {
        final int row = push(UNCROSS, 0);
        items.set(row, INSTRUMENT, instrument + 1L);
        items.set(row, REASON, reason);
        items.set(row, PROGRESS, atCommand ? 1 : 0);
        byInstrument.add(instrument, MATCHES, 1);
        byInstrument.add(instrument, UNCROSSES, 1);
    }

    /** An uncross of the instrument that waits, if any, is done when its turn comes: whether there is one. */
    boolean callOffUncross(final int instrument) {
        for (int i = 0; i < size(); i++) {
            final int row = (ring.getInt(0, HEAD) + i) % items.rows();
            if (items.get(row, KIND) == UNCROSS && items.get(row, INSTRUMENT) == instrument + 1L) {
                items.set(row, PROGRESS, CALLED_OFF);
                return true;
            }
        }
        return false;
    }

    /** Only while no other funding auction of the instrument waits. */
    void pushFunding(final int instrument) {
        items.set(push(FUNDING, 0), INSTRUMENT, instrument + 1L);
    }

    /** Whatever fires while stops already wait takes its turn behind them, in the same item. */
    void pushActivation() {
        if (!isActivating()) {
            push(ACTIVATION, 0);
            ring.add(0, ACTIVATIONS, 1);
        }
    }

    private int push(final int kind, final long subject) {
        return take((ring.getInt(0, HEAD) + size()) % items.rows(), kind, subject);
    }

    private int take(final int row, final int kind, final long subject) {
        final int size = size();
        if (size == items.rows()) {
            throw new InvariantViolation("work left over by " + size + " commands, room for no more");
        }
        for (int field = 0; field < FIELDS; field++) {
            items.set(row, field, 0);
        }
        items.set(row, KIND, kind);
        items.set(row, SUBJECT, subject);
        ring.set(0, SIZE, size + 1L);
        return row;
    }

    /** A field of the item at the head. */
    long head(final int field) {
        return items.get(ring.getInt(0, HEAD), field);
    }

    void head(final int field, final long value) {
        items.set(ring.getInt(0, HEAD), field, value);
    }

    void filter(final MassCancelFilter filter) {
        filter.instrument = (int) head(INSTRUMENT) - 1;
        filter.scope = (int) head(SCOPE);
        filter.side = (int) head(SIDE);
        filter.fromTicks = head(FROM_TICKS);
        filter.toTicks = head(TO_TICKS);
        filter.tag = head(TAG);
    }

    void filter(final QuoteFilter filter) {
        filter.instrument = (int) head(INSTRUMENT) - 1;
        filter.set = head(TAG);
        filter.account = (int) head(ACCOUNT);
    }

    /** The item at the head is done. */
    void pop() {
        switch ((int) head(KIND)) {
            case MATCH -> {
                byInstrument.add((int) head(INSTRUMENT) - 1, MATCHES, -1);
                ring.add(0, CLIENT_ITEMS, -1);
            }
            case MASS_CANCEL -> {
                byAccount.add((int) head(SUBJECT), 0, -1);
                ring.add(0, CLIENT_ITEMS, -1);
                ring.add(0, URGENT, -head(PROGRESS));
            }
            case QUOTE_CANCEL -> {
                byAccount.add((int) head(ACCOUNT), 0, -1);
                ring.add(0, CLIENT_ITEMS, -1);
            }
            case SESSION_CANCEL -> bySession.add((int) head(SUBJECT), 0, -1);
            case UNCROSS -> {
                byInstrument.add((int) head(INSTRUMENT) - 1, MATCHES, -1);
                byInstrument.add((int) head(INSTRUMENT) - 1, UNCROSSES, -1);
            }
            case ACTIVATION -> ring.add(0, ACTIVATIONS, -1);
            case FUNDING, LIQUIDATION -> {
                // nobody asks whether one waits
            }
            default -> throw new InvariantViolation("work of kind " + head(KIND));
        }
        ring.set(0, HEAD, (ring.getInt(0, HEAD) + 1) % items.rows());
        ring.add(0, SIZE, -1);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(items);
        visitor.part(ring);
        visitor.part(byAccount);
        visitor.part(bySession);
        visitor.part(byInstrument);
    }
}
