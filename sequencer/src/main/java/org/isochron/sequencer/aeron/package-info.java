/**
 * Messages over Aeron. A node has a media driver of its own ({@link org.isochron.sequencer.aeron.AeronDriver}), because
 * subscribers behind one driver share its slowest reader, and a transport for each of its threads
 * ({@link org.isochron.sequencer.aeron.AeronTransport}). The client's conductor, and with
 * {@code ThreadingMode.INVOKER} the driver too, run inside {@code doWork()} on the node's own thread.
 *
 * <p>An {@link org.isochron.sequencer.edge.Inbound} lane is an Aeron image: one publication of one sender. Messages are
 * single fragments, so nothing is ever assembled. {@link org.isochron.sequencer.aeron.Channels} spells the channel URIs
 * whose flow control suits a venue.
 */
package org.isochron.sequencer.aeron;
