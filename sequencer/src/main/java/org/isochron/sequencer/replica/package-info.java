/**
 * A node's copy of the venue. {@link org.isochron.sequencer.replica.Replica} follows the log: strict order, own journal
 * first, then the {@link org.isochron.sequencer.replica.StateMachine}, then the outlets. What a node is for (matcher, risk
 * node, backup, replay) is only a question of which {@link org.isochron.sequencer.replica.Outlet}s it has.
 *
 * <p>At a SnapshotMark in the log a {@link org.isochron.sequencer.replica.SnapshotTaker} copies the core's state on the
 * replica's thread and writes, reads back and checks it on its own; the {@link org.isochron.sequencer.replica.SnapshotStore}
 * keeps the last three. A node that starts finds its {@link org.isochron.sequencer.replica.StartingPoint}: the newest of
 * them that is sound and of its own journal.
 */
package org.isochron.sequencer.replica;
