package org.isochron.risk.state;

/** What is kept beside the state and follows from it: indices, running totals, heaps. In no hash and in no snapshot. */
public interface DerivedState {
    /** Works it out anew: the parts behind it have come from a snapshot. */
    void rebuild();

    /**
     * Holds it against the parts behind it.
     *
     * @throws InvariantViolation when it does not follow from them.
     */
    void verify();
}
