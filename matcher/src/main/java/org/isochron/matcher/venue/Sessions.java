package org.isochron.matcher.venue;

import org.isochron.codecs.Role;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The noun SESSIONS: firms, sessions with their role, entitlements and both sequences, and the gateways that hold them.
 * Session 1, role OPERATOR, exists from genesis.
 */
final class Sessions implements StateOwner {
    static final int NONE = -1;
    static final long GENESIS_OPERATOR_ID = 1;
    static final int MAX_GATEWAYS = 256;

    /** Most accounts of one session: the schema's cap of the group, held by the check of the message's shape. */
    static final int MAX_ACCOUNTS = 64;

    private static final int DEFAULT_RATE = 1_000_000;

    private static final int ID = 0;
    private static final int ROLE = 1;
    private static final int FIRM = 2;
    private static final int SOURCE_MASK = 3;
    private static final int RATE = 4;
    private static final int BURST = 5;
    private static final int VER_ID = 6;
    private static final int LAST_INCOMING = 7;
    private static final int LAST_OUTGOING = 8;
    /** Gateway + 1 while open. */
    private static final int GATEWAY = 9;

    private static final int COD_TYPE = 10;
    private static final int COD_WINDOW_NS = 11;
    /** When its orders are cancelled, 0 for no such plan. */
    private static final int COD_DUE_NS = 12;

    private static final int DUPLICATES = 13;
    private static final int ACCOUNTS = 14;
    private static final int WHOLE_FIRM = 15;
    private static final int MARGIN_UPDATES = 16;
    private static final int SESSION_FIELDS = 17;

    private static final int DROP_COPY_SEQ = 3;
    private static final int FIRM_FIELDS = 4;

    private static final int LAST_HEARD_NS = 1;
    private static final int INCARNATION = 2;
    private static final int ALIVE = 3;
    private static final int GATEWAY_FIELDS = 4;

    private static final Role[] ROLES = rolesByValue();

    private final StateTable sessions;
    private final PairIndex sessionById;
    /** Row: session * 64 + n; the session, and an account it may trade. */
    private final StateTable entitlements;

    private final PairIndex entitlementByPair;

    private final StateTable firms;
    private final PairIndex firmById;
    private final StateTable gateways = new StateTable("gateways", MAX_GATEWAYS, GATEWAY_FIELDS);
    private final PairIndex gatewayById = new PairIndex(gateways, ID, ID);
    /** Knows whose the accounts are. */
    private final Ledger ledger;

    private final RecentIds recentIds;

    Sessions(final Capacities capacities, final Ledger ledger) {
        this.ledger = ledger;
        sessions = new StateTable("sessions", capacities.sessions(), SESSION_FIELDS);
        sessionById = new PairIndex(sessions, ID, ID);
        entitlements = new StateTable("entitlements", capacities.sessions() * MAX_ACCOUNTS, 2);
        entitlementByPair = new PairIndex(entitlements, 0, 1);
        firms = new StateTable("firms", capacities.firms(), FIRM_FIELDS);
        firmById = new PairIndex(firms, ID, ID);
        recentIds = new RecentIds(capacities.sessions());
        final int operator = define(GENESIS_OPERATOR_ID, Role.OPERATOR, NONE);
        terms(operator, 0, DEFAULT_RATE, DEFAULT_RATE / 10, false, false);
    }

    void resize(final Capacities capacities) {
        sessions.resize(capacities.sessions());
        sessionById.resize();
        entitlements.resize(capacities.sessions() * MAX_ACCOUNTS);
        entitlementByPair.resize();
        firms.resize(capacities.firms());
        firmById.resize();
        recentIds.resize(capacities.sessions());
    }

    // Firms

    int findFirm(final long id) {
        return firmById.find(id, id);
    }

    int firmCount() {
        return firmById.size();
    }

    boolean isFullOfFirms() {
        return firmCount() == firms.rows();
    }

    void defineFirm(final long id, final long symbolHead, final long symbolTail) {
        final int firm = firmCount();
        firms.set(firm, ID, id);
        firms.set(firm, 1, symbolHead);
        firms.set(firm, 2, symbolTail);
        firmById.insert(firm);
    }

    long firmId(final int firm) {
        return firms.get(firm, ID);
    }

    long nextDropCopySeq(final int firm) {
        return firms.add(firm, DROP_COPY_SEQ, 1);
    }

    long lastDropCopySeq(final int firm) {
        return firms.get(firm, DROP_COPY_SEQ);
    }

    // Definitions of sessions

    /** Slot of the session, or {@link #NONE}. */
    int find(final long id) {
        return sessionById.find(id, id);
    }

    int count() {
        return sessionById.size();
    }

    boolean isFull() {
        return count() == sessions.rows();
    }

    int define(final long id, final Role role, final int firm) {
        final int session = count();
        sessions.set(session, ID, id);
        sessions.set(session, ROLE, role.value());
        sessions.set(session, FIRM, firm);
        sessionById.insert(session);
        return session;
    }

    void terms(
            final int session,
            final long sourceMask,
            final long messagesPerSecond,
            final long burst,
            final boolean wholeFirm,
            final boolean marginUpdates) {
        sessions.set(session, MARGIN_UPDATES, marginUpdates ? 1 : 0);
        sessions.set(session, WHOLE_FIRM, wholeFirm ? 1 : 0);
        sessions.set(session, SOURCE_MASK, sourceMask);
        sessions.set(session, RATE, messagesPerSecond);
        sessions.set(session, BURST, burst);
    }

    /** Takes all accounts from a session, to be entitled anew. */
    void clearAccounts(final int session) {
        for (int i = accountCount(session) - 1; i >= 0; i--) {
            entitlementByPair.remove(session * MAX_ACCOUNTS + i);
        }
        sessions.set(session, ACCOUNTS, 0);
    }

    void entitle(final int session, final int account) {
        final int count = accountCount(session);
        final int row = session * MAX_ACCOUNTS + count;
        entitlements.set(row, 0, session);
        entitlements.set(row, 1, account);
        entitlementByPair.insert(row);
        sessions.set(session, ACCOUNTS, count + 1L);
    }

    /** The first-defined MAKER session entitled to the account: it hears what the venue does to it. {@link #NONE} for none. */
    int reporter(final int account) {
        for (int session = 0; session < count(); session++) {
            if (role(session) == Role.MAKER && isEntitled(session, account)) {
                return session;
            }
        }
        return NONE;
    }

    /** The first-defined session entitled to the account that wants to hear where it stands, {@link #NONE} for none. */
    int marginListener(final int account) {
        for (int session = 0; session < count(); session++) {
            if (sessions.get(session, MARGIN_UPDATES) != 0 && isEntitled(session, account)) {
                return session;
            }
        }
        return NONE;
    }

    boolean isEntitled(final int session, final int account) {
        return isForWholeFirm(session)
                ? ledger.firm(account) == firm(session)
                : entitlementByPair.find(session, account) >= 0;
    }

    /** Whether it may trade every account of its firm. */
    boolean isForWholeFirm(final int session) {
        return sessions.get(session, WHOLE_FIRM) != 0;
    }

    int accountCount(final int session) {
        return sessions.getInt(session, ACCOUNTS);
    }

    int account(final int session, final int index) {
        return entitlements.getInt(session * MAX_ACCOUNTS + index, 1);
    }

    long id(final int session) {
        return sessions.get(session, ID);
    }

    Role role(final int session) {
        return ROLES[sessions.getInt(session, ROLE)];
    }

    /** Slot of its firm, or {@link #NONE}. */
    int firm(final int session) {
        return sessions.getInt(session, FIRM);
    }

    long sourceMask(final int session) {
        return sessions.get(session, SOURCE_MASK);
    }

    long messagesPerSecond(final int session) {
        return sessions.get(session, RATE);
    }

    long burst(final int session) {
        return sessions.get(session, BURST);
    }

    // Connection

    long verId(final int session) {
        return sessions.get(session, VER_ID);
    }

    boolean isOpen(final int session) {
        return sessions.get(session, GATEWAY) != 0;
    }

    /** Gateway that holds it, or {@link #NONE}. */
    int gateway(final int session) {
        return sessions.getInt(session, GATEWAY) - 1;
    }

    void open(final int session, final int gateway, final int codType, final long codWindowNs) {
        sessions.set(session, GATEWAY, gateway + 1L);
        sessions.set(session, COD_TYPE, codType);
        sessions.set(session, COD_WINDOW_NS, codWindowNs);
        sessions.set(session, COD_DUE_NS, 0);
    }

    void close(final int session) {
        sessions.set(session, GATEWAY, 0);
    }

    /** A new incarnation: both directions start at 1. */
    void incarnate(final int session, final long verId) {
        sessions.set(session, VER_ID, verId);
        sessions.set(session, LAST_INCOMING, 0);
        sessions.set(session, LAST_OUTGOING, 0);
    }

    int codType(final int session) {
        return sessions.getInt(session, COD_TYPE);
    }

    long codWindowNs(final int session) {
        return sessions.get(session, COD_WINDOW_NS);
    }

    /** When its orders are cancelled, 0 for never. */
    long codDueNs(final int session) {
        return sessions.get(session, COD_DUE_NS);
    }

    void codDueNs(final int session, final long dueNs) {
        sessions.set(session, COD_DUE_NS, dueNs);
    }

    long lastIncoming(final int session) {
        return sessions.get(session, LAST_INCOMING);
    }

    void lastIncoming(final int session, final long seqNum) {
        sessions.set(session, LAST_INCOMING, seqNum);
    }

    void countDuplicate(final int session) {
        sessions.add(session, DUPLICATES, 1);
    }

    long duplicates() {
        long sum = 0;
        for (int session = 0; session < count(); session++) {
            sum += sessions.get(session, DUPLICATES);
        }
        return sum;
    }

    long lastOutgoing(final int session) {
        return sessions.get(session, LAST_OUTGOING);
    }

    long nextOutgoing(final int session) {
        return sessions.add(session, LAST_OUTGOING, 1);
    }

    RecentIds recentIds() {
        return recentIds;
    }

    // Gateways

    /** Slot of the gateway, made at its first word; {@link #NONE} when there is no room for another. */
    int gatewayWithId(final int id) {
        final int known = gatewayById.find(id, id);
        if (known != NONE || gatewayById.size() == MAX_GATEWAYS) {
            return known;
        }
        final int gateway = gatewayById.size();
        gateways.set(gateway, ID, id);
        gatewayById.insert(gateway);
        return gateway;
    }

    int findGateway(final int id) {
        return gatewayById.find(id, id);
    }

    int gatewayCount() {
        return gatewayById.size();
    }

    int gatewayId(final int gateway) {
        return gateways.getInt(gateway, ID);
    }

    void heard(final int gateway, final long nowNs) {
        gateways.set(gateway, LAST_HEARD_NS, nowNs);
        gateways.set(gateway, ALIVE, 1);
    }

    void silent(final int gateway) {
        gateways.set(gateway, ALIVE, 0);
    }

    boolean isAlive(final int gateway) {
        return gateways.get(gateway, ALIVE) != 0;
    }

    long lastHeardNs(final int gateway) {
        return gateways.get(gateway, LAST_HEARD_NS);
    }

    long incarnation(final int gateway) {
        return gateways.get(gateway, INCARNATION);
    }

    void incarnation(final int gateway, final long incarnation) {
        gateways.set(gateway, INCARNATION, incarnation);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(sessions);
        visitor.part(sessionById);
        visitor.part(entitlements);
        visitor.part(entitlementByPair);
        visitor.part(firms);
        visitor.part(firmById);
        visitor.part(gateways);
        visitor.part(gatewayById);
        recentIds.visit(visitor);
    }

    private static Role[] rolesByValue() {
        final Role[] roles = new Role[Role.OPERATOR.value() + 1];
        for (final Role role : Role.values()) {
            if (role != Role.NULL_VAL) {
                roles[role.value()] = role;
            }
        }
        return roles;
    }
}
