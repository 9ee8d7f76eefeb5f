package org.isochron.sequencer.edge.memory;

import java.util.TreeMap;
import org.isochron.sequencer.edge.FaultRecord;

/** Faults of one journal's node in memory; they stay with the journal when its owner is thrown away. */
public final class MemoryFaultRecord implements FaultRecord {
    private final TreeMap<Long, Long> skips = new TreeMap<>();
    private long stoppedAt;
    private int stops;

    @Override
    public long stoppedAt() {
        return stoppedAt;
    }

    @Override
    public int stops() {
        return stops;
    }

    @Override
    public void stopped(final long sequence) {
        stops = sequence == stoppedAt ? stops + 1 : 1;
        stoppedAt = sequence;
    }

    @Override
    public void skip(final long sequence, final long saidAt) {
        skips.put(sequence, saidAt);
    }

    @Override
    public boolean isSkipped(final long sequence) {
        return !skips.isEmpty() && skips.containsKey(sequence);
    }

    @Override
    public boolean spoils(final long stateSequence) {
        return skips.entrySet().stream()
                .anyMatch(skip -> stateSequence >= skip.getKey() && stateSequence < skip.getValue());
    }
}
