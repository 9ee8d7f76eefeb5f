package org.isochron.sequencer.gateway;

import java.util.ArrayList;
import org.agrona.collections.Int2ObjectHashMap;
import org.isochron.codecs.Role;

/**
 * The gateway's sessions, found by connection and by session id. A fixed number of them exists; looking one up allocates
 * nothing.
 *
 * <p>By id there may be two at a time: one open, and one opening that is about to evict it.
 */
final class SessionTable {
    private final Session[] sessions;
    private final Int2ObjectHashMap<Session> byLane = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Session> open = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Session> opening = new Int2ObjectHashMap<>();
    private final ArrayList<Session> dropCopies = new ArrayList<>();
    private boolean attention;

    SessionTable(final int capacity, final int backlogBytes) {
        sessions = new Session[capacity];
        for (int i = 0; i < capacity; i++) {
            sessions[i] = new Session(this, backlogBytes);
        }
    }

    int capacity() {
        return sessions.length;
    }

    /** By place, from 0; it may be free. */
    Session at(final int index) {
        return sessions[index];
    }

    /** A session nobody uses; null when there is none. */
    Session findFree() {
        for (final Session session : sessions) {
            if (session.state() == Session.State.FREE) {
                return session;
            }
        }
        return null;
    }

    Session onLane(final int lane) {
        return byLane.get(lane);
    }

    /** The open session of that id; null when there is none. */
    Session open(final int sessionId) {
        return open.get(sessionId);
    }

    /** The session of that id that waits for the core; null when there is none. */
    Session opening(final int sessionId) {
        return opening.get(sessionId);
    }

    void connected(final Session session) {
        byLane.put(session.lane(), session);
    }

    void startsOpening(final Session session) {
        opening.put(session.sessionId(), session);
    }

    void opened(final Session session) {
        opening.remove(session.sessionId());
        open.put(session.sessionId(), session);
        if (session.role() == Role.DROP_COPY) {
            dropCopies.add(session);
        }
    }

    /** Open sessions of role DROP_COPY. */
    int dropCopyCount() {
        return dropCopies.size();
    }

    Session dropCopy(final int index) {
        return dropCopies.get(index);
    }

    /** It ends: found by lane still, by id no more. */
    void ends(final Session session) {
        final int sessionId = session.sessionId();
        if (opening.get(sessionId) == session) {
            opening.remove(sessionId);
        }
        if (open.get(sessionId) == session) {
            open.remove(sessionId);
            dropCopies.remove(session);
        }
    }

    void disconnected(final Session session) {
        if (byLane.get(session.lane()) == session) {
            byLane.remove(session.lane());
        }
    }

    /** Some session has messages that wait, or can be served no longer. */
    void wantAttention() {
        attention = true;
    }

    /** Whether some session asked for attention since the last call. */
    boolean takeAttention() {
        final boolean wanted = attention;
        attention = false;
        return wanted;
    }

    /** Connections, ending ones included, whose clients have proved that the session is theirs. */
    int connections(final int sessionId) {
        int count = 0;
        for (final Session session : sessions) {
            if (session.state() != Session.State.FREE && session.isProven() && session.sessionId() == sessionId) {
                count++;
            }
        }
        return count;
    }

    /** Whether the core has still to be told that a session of that id ended. */
    boolean owesClose(final int sessionId) {
        for (final Session session : sessions) {
            if (session.state() == Session.State.ENDING
                    && session.sessionId() == sessionId
                    && session.closeOwed() != null) {
                return true;
            }
        }
        return false;
    }
}
