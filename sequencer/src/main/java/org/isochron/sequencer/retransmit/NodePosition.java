package org.isochron.sequencer.retransmit;

import org.isochron.sequencer.edge.EpochStand;

/**
 * Where a node's journal ends.
 *
 * @param lastSequence of its last frame, 0 when it is empty.
 * @param lastChain    of that frame.
 * @param lastEpoch    of that frame.
 * @param epochs       what the node knows of epochs beside.
 */
public record NodePosition(long lastSequence, long lastChain, int lastEpoch, EpochStand epochs) {}
