package org.isochron.matcher.venue;

import java.util.Arrays;
import org.isochron.risk.state.DerivedState;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * The last 4,096 client order ids each session had accepted. Part of the noun SESSIONS.
 *
 * <p>Each session has a ring of its ids and, beside it, its own small index of 16-bit entries: every accepted order looks
 * up one id, adds it and forgets the oldest, so all of that stays within the few pages of the session that is speaking.
 * The index can be derived from the ring and is no part of the state.
 */
final class RecentIds implements StateOwner, DerivedState {
    static final int PER_SESSION = 4_096;

    /** Twice the ids, so that runs stay short and a probe always ends. */
    private static final int BUCKETS = 2 * PER_SESSION;

    private static final int BUCKET_MASK = BUCKETS - 1;
    /** An entry: place in the ring + 1 below, 0 for an empty bucket; above it a few more bits of the id's hash. */
    private static final int PLACE_BITS = 13;

    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    private static final int ENTRY_MASK = 0xFFFF;

    private static final long SPREAD_FACTOR = 0x9E3779B97F4A7C15L;

    private final StateTable ring;
    private final StateTable accepted;
    private short[] buckets;

    RecentIds(final int sessions) {
        ring = new StateTable("recentIds", sessions * PER_SESSION, 1);
        accepted = new StateTable("recentIdCounts", sessions, 1);
        buckets = new short[sessions * BUCKETS];
    }

    /** Takes another capacity; the sessions that stay keep their ids. */
    void resize(final int sessions) {
        ring.resize(sessions * PER_SESSION);
        accepted.resize(sessions);
        buckets = Arrays.copyOf(buckets, sessions * BUCKETS);
    }

    boolean contains(final int session, final long clientId) {
        final int first = session * BUCKETS;
        final long hash = clientId * SPREAD_FACTOR;
        final int tag = tag(hash);
        int bucket = home(hash);
        for (int entry = buckets[first + bucket] & ENTRY_MASK;
                entry != 0;
                entry = buckets[first + bucket] & ENTRY_MASK) {
            if ((entry & ~PLACE_MASK) == tag && ring.get(row(session, entry), 0) == clientId) {
                return true;
            }
            bucket = bucket + 1 & BUCKET_MASK;
        }
        return false;
    }

    /** Remembers an id that is not there yet; the oldest of the session makes room. */
    void add(final int session, final long clientId) {
        final long count = accepted.add(session, 0, 1) - 1;
        final int place = (int) (count % PER_SESSION);
        if (count >= PER_SESSION) {
            forget(session, place);
        }
        ring.set(session * PER_SESSION + place, 0, clientId);
        enter(session, place, clientId);
    }

    private void enter(final int session, final int place, final long clientId) {
        final int first = session * BUCKETS;
        final long hash = clientId * SPREAD_FACTOR;
        int bucket = home(hash);
        while (buckets[first + bucket] != 0) {
            bucket = bucket + 1 & BUCKET_MASK;
        }
        buckets[first + bucket] = (short) (tag(hash) | place + 1);
    }

    private void forget(final int session, final int place) {
        final int first = session * BUCKETS;
        int hole = home(ring.get(session * PER_SESSION + place, 0) * SPREAD_FACTOR);
        while ((buckets[first + hole] & PLACE_MASK) != place + 1) {
            if (buckets[first + hole] == 0) {
                throw new InvariantViolation("id " + place + " of session slot " + session + " is not in its index");
            }
            hole = hole + 1 & BUCKET_MASK;
        }
        closeGap(session, first, hole);
    }

    /** Moves back every later entry of the run that may stand in the hole: no tombstones (Knuth 6.4, algorithm R). */
    private void closeGap(final int session, final int first, final int firstHole) {
        int hole = firstHole;
        int bucket = hole + 1 & BUCKET_MASK;
        for (int entry = buckets[first + bucket]; entry != 0; entry = buckets[first + bucket]) {
            final int home = home(ring.get(row(session, entry), 0) * SPREAD_FACTOR);
            if ((bucket - home & BUCKET_MASK) >= (bucket - hole & BUCKET_MASK)) {
                buckets[first + hole] = (short) entry;
                hole = bucket;
            }
            bucket = bucket + 1 & BUCKET_MASK;
        }
        buckets[first + hole] = 0;
    }

    private static int row(final int session, final int entry) {
        return session * PER_SESSION + (entry & PLACE_MASK) - 1;
    }

    private static int home(final long hash) {
        return (int) (hash >>> Long.SIZE - PLACE_BITS);
    }

    private static int tag(final long hash) {
        return (int) (hash >>> Long.SIZE - Short.SIZE) << PLACE_BITS & ENTRY_MASK;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(ring);
        visitor.part(accepted);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        Arrays.fill(buckets, (short) 0);
        for (int session = 0; session < accepted.rows(); session++) {
            final long known = Math.min(accepted.get(session, 0), PER_SESSION);
            for (int place = 0; place < known; place++) {
                enter(session, place, ring.get(session * PER_SESSION + place, 0));
            }
        }
    }

    @Override
    public void verify() {
        for (int session = 0; session < accepted.rows(); session++) {
            final long known = Math.min(accepted.get(session, 0), PER_SESSION);
            for (int place = 0; place < known; place++) {
                if (!contains(session, ring.get(session * PER_SESSION + place, 0))) {
                    throw new InvariantViolation("id " + place + " of session slot " + session + " is not found");
                }
            }
        }
    }
}
