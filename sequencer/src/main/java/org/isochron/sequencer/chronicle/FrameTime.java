package org.isochron.sequencer.chronicle;

import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.TimeProvider;

/** The queue's clock: the stamp of the frame being appended, never backwards. Decides only which day's file it enters. */
final class FrameTime implements TimeProvider {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private long timeMs;

    void advanceTo(final long timestampNs) {
        timeMs = Math.max(timeMs, timestampNs / NS_PER_MS);
    }

    @Override
    public long currentTimeMillis() {
        return timeMs;
    }
}
