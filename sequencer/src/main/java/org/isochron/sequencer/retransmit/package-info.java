/**
 * Frames that a node missed, over unicast from the journals of other nodes. What Aeron's own retransmission no longer has
 * (after a lost image, a long pause, for a late joiner) a replica asks of the replicas, and of the sequencer last.
 *
 * <p>All of it runs on a thread of its own with a media driver of its own
 * ({@link org.isochron.sequencer.retransmit.RetransmitAgent}), beside the node's thread: the sequencer's thread neither
 * reads, nor sends, nor drives a socket for it, and a replica's only takes what has arrived out of a ring
 * ({@link org.isochron.sequencer.retransmit.FetchedFrames}, one source of the replica's
 * {@link org.isochron.sequencer.replica.GapSource} among files).
 *
 * <p>Serving is bounded: one request of one asking node at a time, so many frames of it, so many bytes a second for all of
 * them together. Only configured nodes are answered, and only where the configuration says that they listen.
 */
package org.isochron.sequencer.retransmit;
