package org.isochron.sequencer.chronicle;

import java.nio.file.Path;

/**
 * A journal as seen from outside.
 *
 * @param lastSequence sequence of the last frame by its head file, 0 when empty, -1 when the head file is damaged.
 * @param fileCount    data files in its own directory, one for each hour.
 * @param fileLength   bytes of all data files there together; sparse, so the disk may hold less.
 * @param archivedTo   last frame that is in the archive, 0 when none is.
 * @param archive      where the archive is, null when there is none.
 */
public record JournalStat(long lastSequence, int fileCount, long fileLength, long archivedTo, Path archive) {}
