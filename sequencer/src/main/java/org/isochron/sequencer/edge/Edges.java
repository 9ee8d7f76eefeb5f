package org.isochron.sequencer.edge;

/**
 * Everything that can lie to a node: the network, the disk, the clocks. The agents of the venue see nothing else of the
 * world, so the same agents run in production, embedded, and in the simulator.
 *
 * @param transport both ends of channels.
 * @param journals  the disk.
 * @param clock     the clocks.
 */
public record Edges(Transport transport, JournalStore journals, VenueClock clock) {}
