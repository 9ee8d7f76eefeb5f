package org.isochron.ops.command;

import org.isochron.ops.terminal.Progress;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.JournalReader;

/** Tells a progress how far a journal has been read. */
final class WatchedReader implements JournalReader {
    private final JournalReader reader;
    private final Progress progress;

    WatchedReader(final JournalReader reader, final Progress progress) {
        this.reader = reader;
        this.progress = progress;
    }

    @Override
    public void seek(final long sequence) {
        reader.seek(sequence);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final int count = reader.poll(handler, limit);
        progress.at(reader.nextSequence() - 1);
        return count;
    }

    @Override
    public long nextSequence() {
        return reader.nextSequence();
    }

    @Override
    public void close() {
        reader.close();
    }
}
