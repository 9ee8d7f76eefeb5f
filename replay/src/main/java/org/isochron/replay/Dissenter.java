package org.isochron.replay;

import org.isochron.sequencer.replica.Noun;

/**
 * A recorded state hash that the replay does not arrive at.
 *
 * @param nodeId   node that reported it.
 * @param sequence last command the hash includes.
 * @param noun     first noun that differs.
 * @param reported hash of that noun as reported.
 * @param replayed hash of that noun as replayed.
 */
public record Dissenter(long nodeId, long sequence, Noun noun, long reported, long replayed) {}
