package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a journal's own files begin: behind the last frame that was moved to the archive.
 *
 * @param sequence  of that frame, 0 when nothing was moved.
 * @param chain     of that frame.
 * @param archive   where it is, null when nothing was moved.
 * @param lastMoved name of the data file moved last; a copy of it that is still here was left by a crash.
 */
record JournalBase(long sequence, long chain, Path archive, String lastMoved) {
    static final JournalBase GENESIS = new JournalBase(0, 0, null, "");

    private static final int LINES = 5;

    /**
     * Reads it.
     *
     * @throws IOException when it is damaged.
     */
    static JournalBase read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return GENESIS;
        }
        final List<String> lines = Files.readAllLines(file);
        if (lines.size() != LINES || !lines.get(LINES - 1).equals(DurableFile.check(lines.subList(0, LINES - 1)))) {
            throw new IOException(file + " is damaged, so nothing says which frames are in the archive");
        }
        return new JournalBase(
                Long.parseLong(lines.get(0)),
                Long.parseUnsignedLong(lines.get(1), 16),
                Path.of(lines.get(2)),
                lines.get(3));
    }

    /** Puts it in the place of the one before, on the disk when this returns. */
    void write(final Path file) throws IOException {
        final List<String> lines =
                List.of(Long.toString(sequence), Long.toHexString(chain), archive.toString(), lastMoved);
        final List<String> checked = new ArrayList<>(lines);
        checked.add(DurableFile.check(lines));
        DurableFile.replace(file, checked);
    }
}
