/**
 * What can be done with a journal once it is written: rebuild the venue from it and hold every recorded state hash
 * against the rebuilt one ({@link org.isochron.replay.Replayer}), print it ({@link org.isochron.replay.JournalPrinter}),
 * sum it up ({@link org.isochron.replay.JournalStat}), and show the state it leads to
 * ({@link org.isochron.replay.StatePrinter}). Nothing here writes to a journal.
 */
package org.isochron.replay;
