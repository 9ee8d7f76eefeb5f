package org.isochron.replay.sim;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/** Tells somebody of each frame appended. */
final class WatchedJournal implements Journal {
    private final Journal journal;
    private final Consumer<Frame> watcher;
    private final Frame frame = new Frame();

    WatchedJournal(final Journal journal, final Consumer<Frame> watcher) {
        this.journal = journal;
        this.watcher = watcher;
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        journal.append(buffer, offset, length);
        frame.wrap(buffer, offset);
        watcher.accept(frame);
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long lastChain() {
        return journal.lastChain();
    }

    @Override
    public int lastEpoch() {
        return journal.lastEpoch();
    }

    @Override
    public long lastTimestampNs() {
        return journal.lastTimestampNs();
    }

    @Override
    public JournalReader newReader() {
        return journal.newReader();
    }

    @Override
    public void close() {
        journal.close();
    }
}
