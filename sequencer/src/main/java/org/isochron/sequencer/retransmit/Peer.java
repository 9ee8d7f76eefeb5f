package org.isochron.sequencer.retransmit;

import org.isochron.sequencer.edge.Channel;

/**
 * Another node that holds the log.
 *
 * @param nodeId   its id in the log.
 * @param name     for messages.
 * @param requests where it is asked.
 * @param answers  where it gets what it asked for.
 */
public record Peer(int nodeId, String name, Channel requests, Channel answers) {}
