package org.isochron.matcher.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isochron.codecs.Role;

/** A session: what it may do, its numbers, its connection, its open orders newest first. */
final class Session {
    static final int IDS_REMEMBERED = 4_096;

    final long id;
    final int slot;
    final Role role;
    final Firm firm;
    final List<Account> accounts = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final Map<Long, Order> byClientId = new HashMap<>();
    private final Deque<Long> recentIds = new ArrayDeque<>();
    private final Set<Long> recent = new HashSet<>();

    long sourceMask;
    long messagesPerSecond;
    long burst;
    long verId;
    long lastIncoming;
    long lastOutgoing;
    /** Null while closed. */
    Gateway gateway;

    int codType;
    long codWindowNs;
    /** When its orders are cancelled, 0 for no such plan. */
    long codDueNs;

    Session(final long id, final int slot, final Role role, final Firm firm) {
        this.id = id;
        this.slot = slot;
        this.role = role;
        this.firm = firm;
    }

    boolean isRecent(final long clientId) {
        return recent.contains(clientId);
    }

    void remember(final long clientId) {
        if (recentIds.size() == IDS_REMEMBERED) {
            recent.remove(recentIds.removeFirst());
        }
        recentIds.addLast(clientId);
        recent.add(clientId);
    }

    void enter(final Order order, final long clientId) {
        order.session = this;
        order.clientId = clientId;
        orders.add(0, order);
        byClientId.put(clientId, order);
    }

    void rename(final Order order, final long clientId) {
        byClientId.remove(order.clientId);
        order.clientId = clientId;
        byClientId.put(clientId, order);
    }

    void leave(final Order order) {
        orders.remove(order);
        byClientId.remove(order.clientId);
    }
}
