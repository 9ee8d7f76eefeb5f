/**
 * The border between a node and the world. A node is built on {@link org.isochron.sequencer.edge.Edges} alone; the
 * implementations stand in {@code edge.memory} (embedded, tests), {@code aeron} and {@code chronicle} (real).
 */
package org.isochron.sequencer.edge;
