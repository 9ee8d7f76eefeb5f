package org.isochron.risk.state;

/** Adds up the hashes of all parts. Without allocating, so that a core may ask at any command. */
public final class StateSum implements StateVisitor {
    private long sum;

    /** Hash of everything the owner has. */
    public long of(final StateOwner owner) {
        sum = 0;
        owner.visit(this);
        return sum;
    }

    @Override
    public void part(final StatePart part) {
        sum += part.hash();
    }
}
