package org.isochron.replay.sim;

import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/** Hands everything on to a journal. */
class JournalAround implements Journal {
    final Journal journal;

    JournalAround(final Journal journal) {
        this.journal = journal;
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        journal.append(buffer, offset, length);
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
    public EpochPromise promise() {
        return journal.promise();
    }

    @Override
    public FaultRecord faults() {
        return journal.faults();
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
