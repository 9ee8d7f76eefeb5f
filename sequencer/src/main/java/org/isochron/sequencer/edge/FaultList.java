package org.isochron.sequencer.edge;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Faults as they are kept in memory: all of the record but that it lasts. */
public final class FaultList implements FaultRecord {
    /** By the command skipped: where the log says so. */
    private final TreeMap<Long, Long> skips = new TreeMap<>();

    /** The highest of them, 0 for none: every command is asked about, and hardly any is below it. */
    private long lastSkipped;

    private long stoppedAt;
    private int stops;

    public FaultList() {}

    /**
     * As it was left.
     *
     * @param skips by the command skipped, where the log says so.
     */
    public FaultList(final long stoppedAt, final int stops, final Map<Long, Long> skips) {
        this.stoppedAt = stoppedAt;
        this.stops = stops;
        skips.forEach(this::skip);
    }

    @Override
    public long stoppedAt() {
        return stoppedAt;
    }

    @Override
    public int stops() {
        return stops;
    }

    /** Every command skipped, with the place where the log says so. */
    public SortedMap<Long, Long> skips() {
        return skips;
    }

    @Override
    public void stopped(final long sequence) {
        stops = sequence == stoppedAt ? stops + 1 : 1;
        stoppedAt = sequence;
    }

    @Override
    public void skip(final long sequence, final long saidAt) {
        skips.put(sequence, saidAt);
        lastSkipped = Math.max(lastSkipped, sequence);
    }

    @Override
    public boolean isSkipped(final long sequence) {
        return sequence <= lastSkipped && skips.containsKey(sequence);
    }

    @Override
    public boolean spoils(final long stateSequence) {
        for (final Map.Entry<Long, Long> skip : skips.entrySet()) {
            if (stateSequence >= skip.getKey() && stateSequence < skip.getValue()) {
                return true;
            }
        }
        return false;
    }
}
