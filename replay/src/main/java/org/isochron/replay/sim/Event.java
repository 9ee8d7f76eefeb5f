package org.isochron.replay.sim;

/** Something that happens at a time of the simulated world. */
abstract class Event {
    long atNs;
    long order;

    abstract void happen();

    final boolean isBefore(final Event other) {
        return atNs != other.atNs ? atNs < other.atNs : order < other.order;
    }
}
