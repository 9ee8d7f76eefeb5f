package org.isochron.sequencer.retransmit;

/**
 * Where a node's journal ends.
 *
 * @param lastSequence  of its last frame, 0 when it is empty.
 * @param lastChain     of that frame.
 * @param lastEpoch     of that frame.
 * @param promisedEpoch below which the node takes no frames, 0 for none.
 */
public record NodePosition(long lastSequence, long lastChain, int lastEpoch, int promisedEpoch) {}
