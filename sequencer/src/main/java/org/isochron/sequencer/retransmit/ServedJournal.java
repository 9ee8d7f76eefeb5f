package org.isochron.sequencer.retransmit;

import org.isochron.sequencer.edge.EpochStand;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;

/** The own journal as the serving thread sees it, while its owner appends to it. */
public interface ServedJournal {
    /**
     * A reader of its own.
     *
     * @throws JournalException when it cannot be opened.
     */
    JournalReader newReader();

    /**
     * Sequence of the first frame that is served: those before take long to find, and whoever lacks so many begins with a
     * snapshot. Any thread.
     *
     * @throws JournalException when nothing says where the journal begins.
     */
    default long firstSequence() {
        return 1;
    }

    /** Sequence of the last frame, 0 when empty. Any thread. */
    long lastSequence();

    /** What its owner knows of epochs. Any thread. */
    EpochStand epochs();
}
