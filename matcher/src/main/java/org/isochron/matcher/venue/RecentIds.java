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
 * <p>Each session has a ring of its ids and, beside it, its own small index: every accepted order looks up one id, adds it
 * and forgets the oldest, so all of that stays within the few pages of the session that is speaking. An entry carries so
 * much of its id's hash that it can be moved without a look at the id.
 * The index can be derived from the ring and is no part of the state.
 */
final class RecentIds implements StateOwner, DerivedState {
    static final int PER_SESSION = 4_096;

    /** Twice the ids, so that runs stay short and a probe always ends. */
    private static final int BUCKETS = 2 * PER_SESSION;

    private static final int BUCKET_MASK = BUCKETS - 1;
    /** An entry: place in the ring + 1 below, 0 for an empty bucket; above it the top bits of the id's hash. */
    private static final int PLACE_BITS = 13;

    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    /** The top bits of a hash number its first bucket. */
    private static final int HOME_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS);

    private static final long SPREAD_FACTOR = 0x9E3779B97F4A7C15L;

    private final StateTable ring;
    private final StateTable accepted;
    private int[] buckets;

    RecentIds(final int sessions) {
        ring = new StateTable("recentIds", sessions * PER_SESSION, 1);
        accepted = new StateTable("recentIdCounts", sessions, 1);
        buckets = new int[sessions * BUCKETS];
    }

    /** Takes another capacity; the sessions that stay keep their ids. */
    void resize(final int sessions) {
        ring.resize(sessions * PER_SESSION);
        accepted.resize(sessions);
        buckets = Arrays.copyOf(buckets, sessions * BUCKETS);
    }

    boolean contains(final int session, final long clientId) {
        final int[] buckets = this.buckets;
        final int first = session * BUCKETS;
        final int hash = hash(clientId);
        int bucket = home(hash);
        for (int entry = buckets[first + bucket]; entry != 0; entry = buckets[first + bucket]) {
            if ((entry ^ hash) >>> PLACE_BITS == 0 && ring.get(row(session, entry), 0) == clientId) {
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
        final int[] buckets = this.buckets;
        final int first = session * BUCKETS;
        final int hash = hash(clientId);
        int bucket = home(hash);
        while (buckets[first + bucket] != 0) {
            bucket = bucket + 1 & BUCKET_MASK;
        }
        buckets[first + bucket] = hash & ~PLACE_MASK | place + 1;
    }

    private void forget(final int session, final int place) {
        final int[] buckets = this.buckets;
        final int first = session * BUCKETS;
        int hole = home(hash(ring.get(session * PER_SESSION + place, 0)));
        while ((buckets[first + hole] & PLACE_MASK) != place + 1) {
            if (buckets[first + hole] == 0) {
                throw new InvariantViolation("id " + place + " of session slot " + session + " is not in its index");
            }
            hole = hole + 1 & BUCKET_MASK;
        }
        closeGap(first, hole);
    }

    /** Moves back every later entry of the run that may stand in the hole: no tombstones (Knuth 6.4, algorithm R). */
    private void closeGap(final int first, final int firstHole) {
        final int[] buckets = this.buckets;
        int hole = firstHole;
        int bucket = hole + 1 & BUCKET_MASK;
        for (int entry = buckets[first + bucket]; entry != 0; entry = buckets[first + bucket]) {
            if ((bucket - home(entry) & BUCKET_MASK) >= (bucket - hole & BUCKET_MASK)) {
                buckets[first + hole] = entry;
                hole = bucket;
            }
            bucket = bucket + 1 & BUCKET_MASK;
        }
        buckets[first + hole] = 0;
    }

    private static int row(final int session, final int entry) {
        return session * PER_SESSION + (entry & PLACE_MASK) - 1;
    }

    /** The top half of a product: its low bits give way to the place. */
    private static int hash(final long clientId) {
        return (int) (clientId * SPREAD_FACTOR >>> Integer.SIZE);
    }

    /** First bucket of a hash, or of an entry. */
    private static int home(final int hash) {
        return hash >>> HOME_SHIFT;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(ring);
        visitor.part(accepted);
        visitor.derived(this);
    }

    @Override
    public void rebuild() {
        Arrays.fill(buckets, 0);
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
