package org.isochron.risk.state;

/** Verifies all parts, and what is derived from them. */
public final class StateCheck implements StateVisitor {
    /**
     * Verifies everything the owner has.
     *
     * @throws InvariantViolation on the first that is not as it was kept.
     */
    public static void verify(final StateOwner owner) {
        owner.visit(new StateCheck());
    }

    private StateCheck() {}

    @Override
    public void part(final StatePart part) {
        part.verify();
    }

    @Override
    public void derived(final DerivedState derived) {
        derived.verify();
    }
}
