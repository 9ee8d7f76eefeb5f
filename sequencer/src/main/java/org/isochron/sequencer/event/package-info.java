/**
 * The event journal: every private event that a matcher has made, kept in the order of the log and found again by session,
 * by firm and by command, for clients that missed some. A pure function of the log, so it is made again by replay where it
 * was lost, and never mended.
 *
 * <p>{@link org.isochron.sequencer.event.EventRing} takes events off the core's thread; on another,
 * {@link org.isochron.sequencer.event.EventRecorder} puts them into blocks of an
 * {@link org.isochron.sequencer.event.EventJournal}, and {@link org.isochron.sequencer.event.ResendServer} answers
 * gateways from it. None of them does I/O of its own: blocks lie in an {@link org.isochron.sequencer.edge.EventStore}.
 */
package org.isochron.sequencer.event;
