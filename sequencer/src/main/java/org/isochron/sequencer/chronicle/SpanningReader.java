package org.isochron.sequencer.chronicle;

import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalException.Reason;
import org.isochron.sequencer.edge.JournalReader;

/**
 * Reads a journal from its first frame on, wherever that is by now: what was moved to the archive from there, the rest from
 * the journal's own files. Notices when files are moved from under it.
 */
final class SpanningReader implements JournalReader {
    private final JournalDirectory directory;
    private final ChronicleJournalReader live;
    private final Runnable onDamage;
    private ArchivedFrames archived;
    private long archivedTo;

    /** @param onDamage told of every damaged frame met, before the reader's user is. */
    SpanningReader(final JournalDirectory directory, final ChronicleJournalReader live, final Runnable onDamage) {
        this.directory = directory;
        this.live = live;
        this.onDamage = onDamage;
        try {
            begin(1);
        } catch (final RuntimeException e) {
            live.close();
            throw e;
        }
    }

    @Override
    public void seek(final long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence + ", the first frame is 1");
        }
        begin(sequence);
    }

    /** Opens the archive only when frames of it are read: whoever does not want them does not need it. */
    private void begin(final long sequence) {
        closeArchive();
        archivedTo = directory.base().sequence();
        live.seek(sequence);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        try {
            return live.nextSequence() <= archivedTo ? pollArchive(handler, limit) : live.poll(handler, limit);
        } catch (final JournalException e) {
            if (e.reason() == Reason.CORRUPT && isMovedMeanwhile()) {
                begin(live.nextSequence());
                return poll(handler, limit);
            }
            if (e.reason() == Reason.CORRUPT) {
                onDamage.run();
            }
            throw e;
        }
    }

    private int pollArchive(final FrameHandler handler, final int limit) {
        if (archived == null) {
            archived = new ArchivedFrames(new JournalArchive(directory.base().archive()), directory.name());
            archived.seek(live.nextSequence());
        }
        final int wanted = (int) Math.min(limit, archivedTo - live.nextSequence() + 1);
        try {
            return archived.poll(handler, wanted);
        } finally {
            live.seek(archived.nextSequence());
            if (live.nextSequence() > archivedTo) {
                closeArchive();
            }
        }
    }

    private boolean isMovedMeanwhile() {
        return live.nextSequence() > archivedTo && directory.base().sequence() >= live.nextSequence();
    }

    private void closeArchive() {
        if (archived != null) {
            archived.close();
            archived = null;
        }
    }

    @Override
    public long nextSequence() {
        return live.nextSequence();
    }

    @Override
    public void close() {
        closeArchive();
        live.close();
    }
}
