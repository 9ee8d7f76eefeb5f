package org.isochron.matcher.book;

import java.util.Arrays;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.Capacities;

/**
 * Open orders by whom they belong to: the list of each holding, reduce-only orders first, and of each session, newest first,
 * and the client ids of each session.
 */
final class OrderOwners {
    private static final int NONE = Books.NONE;

    /** Client ids that count on are neighbours in the index: as many as fill two cache lines of it. */
    private static final int NEIGHBOUR_BITS = 4;

    private static final int NEIGHBOUR_MASK = (1 << NEIGHBOUR_BITS) - 1;

    private static final long SESSION_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final long CLIENT_ID_FACTOR = 0x9E3779B97F4A7C15L;

    private final Orders orders;
    private final RowDirectory byClientId;
    private final OrderLists ofHolding;
    private final OrderLists ofSession;
    /** Last reduce-only order of each holding: they are a prefix of its list. */
    private final int[] lastReduceOnly;
    /** Digest of all moves of an order from one session to another, in their order. */
    private long movesHash;

    OrderOwners(final Orders orders, final int[] links, final Capacities capacities) {
        this.orders = orders;
        byClientId = new RowDirectory(capacities.orders());
        ofHolding = new OrderLists(links, OrderLists.HOLDING, capacities.positions());
        ofSession = new OrderLists(links, OrderLists.SESSION, capacities.sessions());
        lastReduceOnly = new int[capacities.positions()];
        Arrays.fill(lastReduceOnly, NONE);
    }

    private static int clientHash(final int session, final long clientId) {
        final long sum = session * SESSION_FACTOR + (clientId >>> NEIGHBOUR_BITS);
        return (int) ((sum ^ sum >>> 32) * CLIENT_ID_FACTOR >>> 32) ^ (int) clientId & NEIGHBOUR_MASK;
    }

    /** An order with these has been opened. */
    void enter(final int order, final int holding, final int session, final long clientId, final int traits) {
        byClientId.insert(order, clientHash(session, clientId));
        ofSession.insert(session, NONE, order);
        final int last = lastReduceOnly[holding];
        final boolean reduceOnly = (traits & OrderTraits.REDUCE_ONLY) != 0;
        ofHolding.insert(holding, reduceOnly ? NONE : last, order);
        if (reduceOnly && last == NONE) {
            lastReduceOnly[holding] = order;
        }
    }

    /** An order is about to end. */
    void leave(final int order) {
        final int session = orders.session(order);
        final int holding = orders.holding(order);
        byClientId.remove(order, clientHash(session, orders.clientId(order)));
        ofSession.remove(session, order);
        if (lastReduceOnly[holding] == order) {
            lastReduceOnly[holding] = ofHolding.before(order);
        }
        ofHolding.remove(holding, order);
    }

    /** The order is from now on known to a session under a new client id. */
    void rename(final int order, final int session, final long clientId) {
        final int before = orders.session(order);
        byClientId.remove(order, clientHash(before, orders.clientId(order)));
        orders.rename(order, session, clientId);
        byClientId.insert(order, clientHash(session, clientId));
        if (session != before) {
            ofSession.remove(before, order);
            ofSession.insert(session, NONE, order);
            movesHash = XxHash64.mix(movesHash + orders.id(order)) + session;
        }
    }

    long movesHash() {
        return movesHash;
    }

    /** What a snapshot holds of it. */
    void movesHash(final long saved) {
        movesHash = saved;
    }

    /** Open order with that client id, or {@link #NONE}. */
    int find(final int session, final long clientId) {
        final int hash = clientHash(session, clientId);
        int order = byClientId.first(hash);
        while (order != NONE && (orders.clientId(order) != clientId || orders.session(order) != session)) {
            order = byClientId.next(order, hash);
        }
        return order;
    }

    int firstOfHolding(final int holding) {
        return ofHolding.first(holding);
    }

    int nextOfHolding(final int order) {
        return ofHolding.next(order);
    }

    int firstOfSession(final int session) {
        return ofSession.first(session);
    }

    int nextOfSession(final int order) {
        return ofSession.next(order);
    }

    boolean hasReduceOnly(final int holding) {
        return lastReduceOnly[holding] != NONE;
    }

    /** First order of a holding that is not reduce-only, or {@link #NONE}. */
    int firstHoldingMargin(final int holding) {
        final int last = lastReduceOnly[holding];
        return last == NONE ? ofHolding.first(holding) : ofHolding.next(last);
    }

    /** An order comes from a snapshot, with its neighbours in all lists. */
    void adopt(final int order) {
        final int session = orders.session(order);
        final int holding = orders.holding(order);
        byClientId.insert(order, clientHash(session, orders.clientId(order)));
        ofSession.adopt(session, order);
        ofHolding.adopt(holding, order);
        if (isReduceOnly(order)) {
            final int next = ofHolding.next(order);
            if (next == NONE || !isReduceOnly(next)) {
                lastReduceOnly[holding] = order;
            }
        }
    }

    private boolean isReduceOnly(final int order) {
        return (orders.traits(order) & OrderTraits.REDUCE_ONLY) != 0;
    }

    /** Holds the lists and the index against the orders. */
    void verify(final BooksAudit audit) {
        audit.holdings(ofHolding, lastReduceOnly);
        audit.sessions(ofSession, byClientId);
    }
}
