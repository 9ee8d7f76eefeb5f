package org.isochron.matcher.venue;

import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateTable;

/** The last 4,096 client order ids each session had accepted. Part of the noun SESSIONS. */
final class RecentIds {
    static final int PER_SESSION = 4_096;

    private static final int SESSION = 0;
    private static final int CLIENT_ID = 1;

    private final StateTable ring;
    private final StateTable accepted;
    private final PairIndex index;

    RecentIds(final int sessions) {
        ring = new StateTable("recentIds", sessions * PER_SESSION, 2);
        accepted = new StateTable("recentIdCounts", sessions, 1);
        index = new PairIndex(ring, SESSION, CLIENT_ID);
    }

    void resize(final int sessions) {
        ring.resize(sessions * PER_SESSION);
        accepted.resize(sessions);
        index.resize();
    }

    boolean contains(final int session, final long clientId) {
        return index.find(session, clientId) >= 0;
    }

    /** Remembers an id that is not there yet; the oldest of the session makes room. */
    void add(final int session, final long clientId) {
        final long count = accepted.get(session, 0);
        final int row = session * PER_SESSION + (int) (count % PER_SESSION);
        if (count >= PER_SESSION) {
            index.remove(row);
        }
        ring.set(row, SESSION, session);
        ring.set(row, CLIENT_ID, clientId);
        index.insert(row);
        accepted.set(session, 0, count + 1);
    }

    long hash() {
        return ring.hash() + accepted.hash();
    }

    void verify() {
        ring.verify();
        accepted.verify();
    }
}
