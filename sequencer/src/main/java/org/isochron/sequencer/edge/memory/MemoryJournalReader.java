package org.isochron.sequencer.edge.memory;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalReader;

/** Reads a {@link FrameTape}, verifying as it goes. */
final class MemoryJournalReader implements JournalReader {
    private final FrameTape tape;
    private final FrameOrder order;
    private long nextSequence = 1;

    MemoryJournalReader(final String name, final FrameTape tape) {
        this.tape = tape;
        order = new FrameOrder(name);
    }

    @Override
    public void seek(final long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence + ", the first frame is 1");
        }
        nextSequence = sequence;
        order.reset();
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int count = 0;
        while (count < limit && nextSequence <= tape.size()) {
            if (order.lastSequence() != nextSequence - 1) {
                // After a seek: the frame before the wanted one gives the chain that it must carry.
                final long before = nextSequence - 1;
                order.resumeAt(before, tape.block(before), tape.offset(before), tape.length(before));
            }
            final UnsafeBuffer buffer = tape.block(nextSequence);
            final int offset = tape.offset(nextSequence);
            final int length = tape.length(nextSequence);
            order.read(buffer, offset, length);
            nextSequence++;
            count++;
            handler.onFrame(buffer, offset, length);
        }
        return count;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public void close() {}
}
