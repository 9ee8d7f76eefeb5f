package org.isochron.replay.sim;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Journal;

/** Tells somebody of each frame appended. */
final class WatchedJournal extends JournalAround {
    private final Consumer<Frame> watcher;
    private final Frame frame = new Frame();

    WatchedJournal(final Journal journal, final Consumer<Frame> watcher) {
        super(journal);
        this.watcher = watcher;
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        super.append(buffer, offset, length);
        frame.wrap(buffer, offset);
        watcher.accept(frame);
    }
}
