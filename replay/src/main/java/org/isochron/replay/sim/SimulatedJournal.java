package org.isochron.replay.sim;

import org.agrona.DirectBuffer;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.FrameOrder;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;

/** A journal on a simulated disk. It has no note of where it should end: zeros are its end, as they are Chronicle's. */
final class SimulatedJournal implements Journal {
    private final String name;
    private final Disk disk;
    private final DiskFile file;
    private final FrameOrder order;

    SimulatedJournal(final String name, final Disk disk) {
        this.name = name;
        this.disk = disk;
        file = disk.file();
        order = new FrameOrder(name);
        file.rewind();
        for (int length = file.nextLength(); length != 0; length = file.nextLength()) {
            order.read(file.buffer(), file.end(), file.available());
            file.found(length);
        }
        file.opened();
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        order.checkAppend(buffer, offset, length);
        disk.checkRoom(order.lastSequence() + 1);
        file.append(buffer, offset, length);
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
    public FaultRecord faults() {
        return disk.faults();
    }

    @Override
    public JournalReader newReader() {
        return new SimulatedReader(name, () -> file);
    }

    @Override
    public void close() {
        // The file stays; the process's view of it goes with the process.
    }
}
