/**
 * Journals on disk. A journal is a directory:
 *
 * <pre>
 * lock                owner's pid and boot id, locked while it is open for appending
 * journal.properties  layout and schema version
 * head                sequence and chain of the last frame, memory-mapped, written after each append; what is forced
 * proven              up to where the journal is known to be sound; made again when it is gone
 * *.cq4, *.cq4t       a Chronicle Queue, one file for each hour of frame timestamps (UTC); each day under layout 1
 * base                behind which frame the files here begin, and where the archive with those before is
 * suspect             a force to disk has failed: the journal is not opened any more
 * damaged/            data files as they were before they were mended
 * </pre>
 *
 * One excerpt holds one frame, its bytes as given. Chronicle Queue keeps what was written through the death of a process
 * and checks nothing: a flipped bit reads as valid, a damaged header as the end of the queue. So nothing it says is
 * taken on trust: each frame read is held against its CRC, its place and the chain, and the end against {@code head}.
 *
 * <p>An opening reads from the place that an earlier one, or the appender, had proven, and the newest frames always.
 * {@link ChronicleJournal#startPatrol()} then reads again what is before that place. Damage found there takes the proof
 * back and stops the node: its next opening reads everything, and mends it from another node's journal or refuses.
 *
 * <p>Files follow the stamps of the frames and not the wall clock, so that every node rolls at the same sequence.
 */
package org.isochron.sequencer.chronicle;
