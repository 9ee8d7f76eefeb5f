package org.isochron.sequencer.edge;

/**
 * Everything that can lie to a node: the network, the disk, the clocks. A node is built on these and sees nothing else of
 * the world, so the same node runs in production, embedded, and in the simulator.
 *
 * @param transport both ends of channels; driven and closed by whoever runs the node's thread.
 * @param journal   the node's own, already opened, closed with the node: opening verifies all of it, and may take longer
 *                  than a transport likes to be left alone.
 * @param clock     the clocks.
 */
public record Edges(Transport transport, Journal journal, VenueClock clock) {}
