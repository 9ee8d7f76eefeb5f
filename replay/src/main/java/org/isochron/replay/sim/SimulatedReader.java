package org.isochron.replay.sim;

import java.util.function.Supplier;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.JournalReader;

/** Reads a journal on a simulated disk, verifying as it goes. */
final class SimulatedReader implements JournalReader {
    private final Supplier<DiskFile> source;
    private final FrameOrder order;
    private DiskFile file;
    private long nextSequence = 1;

    /** @param source gives the file, or says by an exception why it cannot be read now. */
    SimulatedReader(final String name, final Supplier<DiskFile> source) {
        this.source = source;
        order = new FrameOrder(name);
        file = source.get();
    }

    @Override
    public void seek(final long sequence) {
        nextSequence = sequence;
        order.reset();
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final DiskFile current = source.get();
        if (current != file) {
            file = current;
            order.reset();
        }
        int taken = 0;
        while (taken < limit && nextSequence <= file.count()) {
            final long before = nextSequence - 1;
            if (order.lastSequence() != before) {
                order.resumeAt(before, file.buffer(), file.offset(before), file.length(before));
            }
            final int offset = file.offset(nextSequence);
            final int length = file.length(nextSequence);
            order.read(file.buffer(), offset, length);
            nextSequence++;
            taken++;
            handler.onFrame(file.buffer(), offset, length);
        }
        return taken;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public void close() {}
}
