package org.isochron.sequencer.edge.memory;

import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.FaultList;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/** A journal open for appending on a {@link MemoryJournalStore}. */
public final class MemoryJournal implements Journal {
    private final MemoryJournalStore store;
    private final String name;
    private final FrameTape tape;
    private final FrameOrder order;
    private boolean closed;

    MemoryJournal(final MemoryJournalStore store, final String name, final FrameTape tape) {
        this.store = store;
        this.name = name;
        this.tape = tape;
        order = new FrameOrder(name);
        for (long sequence = 1; sequence <= tape.size(); sequence++) {
            order.read(tape.block(sequence), tape.offset(sequence), tape.length(sequence));
        }
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (closed) {
            throw new IllegalStateException("journal " + name + " is closed");
        }
        order.checkAppend(buffer, offset, length);
        tape.add(buffer, offset, length);
        order.appended();
    }

    @Override
    public long lastSequence() {
        return order.lastSequence();
    }

    @Override
    public long lastChain() {
        return order.lastChain();
    }

    @Override
    public int lastEpoch() {
        return order.lastEpoch();
    }

    @Override
    public long lastTimestampNs() {
        return order.lastTimestampNs();
    }

    @Override
    public JournalReader newReader() {
        return new MemoryJournalReader(name, tape);
    }

    @Override
    public MemoryEpochPromise promise() {
        return store.promise(name);
    }

    @Override
    public FaultList faults() {
        return store.faults(name);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.release(name);
        }
    }
}
