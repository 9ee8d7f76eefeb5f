package org.isochron.matcher.venue;

import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** Positions that wait to be looked at before the command ends, each at most once, first come first served. */
final class PositionRing implements StateOwner {
    /** No position waits. */
    static final int NONE = -1;

    private static final int POSITION = 0;
    private static final int IS_WAITING = 1;

    private static final int HEAD = 0;
    private static final int SIZE = 1;

    /** POSITION by place in the ring, IS_WAITING by position. */
    private final StateTable waiting;

    private final StateTable ring;

    /** @param name of its tables of state, unique. */
    PositionRing(final String name, final int positions) {
        waiting = new StateTable(name + "Positions", positions, 2);
        ring = new StateTable(name + "Ring", 1, 2);
    }

    void resize(final int positions) {
        waiting.resize(positions);
    }

    /** Lets a position wait, unless it does. */
    void add(final int position) {
        if (waiting.get(position, IS_WAITING) == 0) {
            waiting.set(position, IS_WAITING, 1);
            waiting.set((ring.getInt(0, HEAD) + ring.getInt(0, SIZE)) % waiting.rows(), POSITION, position);
            ring.add(0, SIZE, 1);
        }
    }

    /** The one that has waited longest, or {@link #NONE}; it stays. */
    int head() {
        return ring.get(0, SIZE) == 0 ? NONE : waiting.getInt(ring.getInt(0, HEAD), POSITION);
    }

    /** The one at the head has been looked at. */
    void pop() {
        waiting.set(head(), IS_WAITING, 0);
        ring.set(0, HEAD, (ring.getInt(0, HEAD) + 1) % waiting.rows());
        ring.add(0, SIZE, -1);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(waiting);
        visitor.part(ring);
    }
}
