package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What has happened, step by step: a hash over all of it, and the last of each host in full. Two runs of a seed are the
 * same run when their hashes are equal.
 */
final class Trace {
    static final int DELIVERED = 0;
    static final int TIMER = 1;
    static final int FLUSHED = 2;
    static final int FAULT = 3;
    static final int STARTED = 4;
    static final int REFUSED = 5;
    static final int SENT = 6;
    static final int APPLIED = 7;
    static final int SNAPSHOT = 8;
    static final int LOADED = 9;
    static final int SKIPPED = 10;

    private static final String[] WORDS = {
        "delivered",
        "timer",
        "flushed",
        "fault",
        "started",
        "refused to start",
        "sent",
        "applied",
        "snapshot",
        "loaded",
        "skipped"
    };
    private static final int KEPT = 16;
    private static final int FIELDS = 4;
    private static final long PRIME = 0x9E3779B185EBCA87L;

    private final Timetable timetable;
    private final long[][] kept;
    private final int[] counts;
    private long hash;
    private long notes;

    Trace(final Timetable timetable, final int hosts) {
        this.timetable = timetable;
        kept = new long[hosts][KEPT * FIELDS];
        counts = new int[hosts];
    }

    void note(final int kind, final int host, final long one, final long other) {
        final long nowNs = timetable.nowNs();
        mix(nowNs);
        mix((long) kind << 32 | host);
        mix(one);
        mix(other);
        notes++;
        final int at = counts[host]++ % KEPT * FIELDS;
        kept[host][at] = nowNs;
        kept[host][at + 1] = kind;
        kept[host][at + 2] = one;
        kept[host][at + 3] = other;
    }

    private void mix(final long value) {
        hash = Long.rotateLeft(hash ^ value * PRIME, 31) * PRIME;
    }

    long hash() {
        return hash;
    }

    long notes() {
        return notes;
    }

    /** The last notes of a host, oldest first. */
    List<String> last(final int host) {
        final List<String> lines = new ArrayList<>();
        final int count = counts[host];
        for (int i = Math.max(0, count - KEPT); i < count; i++) {
            final int at = i % KEPT * FIELDS;
            lines.add(String.format(
                    Locale.ROOT,
                    "%d %s %s %d",
                    kept[host][at],
                    WORDS[(int) kept[host][at + 1]],
                    detail((int) kept[host][at + 1], kept[host][at + 2]),
                    kept[host][at + 3]));
        }
        return lines;
    }

    private static String detail(final int kind, final long value) {
        return switch (kind) {
            case DELIVERED -> Way.values()[(int) value].name();
            case FAULT -> FaultKind.values()[(int) value].name();
            default -> Long.toString(value);
        };
    }
}
