package org.isochron.risk.state;

/** Whoever keeps state. It says once what there is; hash, check, snapshot and its loading all go by that. */
@FunctionalInterface
public interface StateOwner {
    /** Hands over every part, and everything derived, always in the same order: what is derived comes after its sources. */
    void visit(StateVisitor visitor);
}
