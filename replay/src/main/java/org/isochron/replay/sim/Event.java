package org.isochron.replay.sim;

/** Something that happens at a time of the simulated world. */
abstract class Event {
    abstract void happen();
}
