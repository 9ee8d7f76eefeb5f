/**
 * A node's copy of the venue. {@link org.isochron.sequencer.replica.Replica} follows the log: strict order, own journal
 * first, then the {@link org.isochron.sequencer.replica.StateMachine}, then the outlets. What a node is for (matcher, risk
 * node, backup, replay) is only a question of which {@link org.isochron.sequencer.replica.Outlet}s it has.
 */
package org.isochron.sequencer.replica;
