package org.isochron.sequencer.chronicle;

/**
 * A journal as seen from outside.
 *
 * @param lastSequence sequence of the last frame by its head file, 0 when empty, -1 when the head file is damaged.
 * @param fileCount    data files, one for each day.
 * @param fileLength   bytes of all data files together; sparse, so the disk may hold less.
 */
public record JournalStat(long lastSequence, int fileCount, long fileLength) {}
