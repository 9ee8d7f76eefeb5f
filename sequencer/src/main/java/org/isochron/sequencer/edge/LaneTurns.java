package org.isochron.sequencer.edge;

/**
 * Whose turn it is among lanes that are drained one message at a time: the lane behind the one that was first in the last
 * poll that brought anything. Lanes without a message pass their turn on, so whoever has one is first as often as the others.
 */
public final class LaneTurns {
    private int leader;
    private boolean isLed;

    /** Begins a poll of so many lanes, at least one; returns the index of the lane to be asked first. */
    public int begin(final int lanes) {
        isLed = false;
        return leader + 1 < lanes ? leader + 1 : 0;
    }

    /** The lane with that index has given a message. */
    public void gave(final int index) {
        if (!isLed) {
            isLed = true;
            leader = index;
        }
    }
}
