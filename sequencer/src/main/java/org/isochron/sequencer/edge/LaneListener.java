package org.isochron.sequencer.edge;

/** Told, on the polling thread and from inside {@link Inbound#poll}, when lanes come and go. */
public interface LaneListener {
    LaneListener NONE = new LaneListener() {};

    default void onLaneOpened(final int lane) {}

    /** The sender is gone; what it sent before has been handed over. */
    default void onLaneClosed(final int lane) {}
}
