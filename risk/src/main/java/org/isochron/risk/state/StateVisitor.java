package org.isochron.risk.state;

/** Goes over the state of one owner after another. */
public interface StateVisitor {
    /** Called for every piece of state. */
    void part(StatePart part);

    /** Called for what follows from the parts before it. */
    default void derived(final DerivedState derived) {}
}
