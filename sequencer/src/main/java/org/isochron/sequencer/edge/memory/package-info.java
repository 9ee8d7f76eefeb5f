/**
 * A world in memory: network, disk and clock of nodes that share one process, for tests and embedded use. A
 * {@link org.isochron.sequencer.edge.memory.MemoryWorld} joins the transports of its nodes; messages arrive in the order
 * sent, whole, at the next poll. A {@link org.isochron.sequencer.edge.memory.MemoryJournalStore} outlives the journals
 * opened on it as a disk does, so a test restarts a node by opening them again. Single-threaded: all nodes of one world
 * take turns on one thread.
 */
package org.isochron.sequencer.edge.memory;
