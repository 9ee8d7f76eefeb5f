package org.isochron.ops.feed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what became of the lines. */
public final class LineTally {
    /** Malformed lines told of one by one. */
    public static final int MAX_EXAMPLES = 5;

    private final EnumMap<LineUse, Long> counts = new EnumMap<>(LineUse.class);
    private final List<String> examples = new ArrayList<>();

    void count(final LineUse use) {
        counts.merge(use, 1L, Long::sum);
    }

    void countMalformed(final long lineNumber, final String what) {
        count(LineUse.MALFORMED);
        if (examples.size() < MAX_EXAMPLES) {
            examples.add("line " + lineNumber + ": " + what);
        }
    }

    /** Lines so far. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(final LineUse use) {
        return counts.getOrDefault(use, 0L);
    }

    /** Lines that were used. */
    public long used() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isUsed())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** A copy, in the order of {@link LineUse}, without the zeroes. */
    public Map<LineUse, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** The first malformed lines, each with its number and what is wrong. */
    public List<String> examples() {
        return List.copyOf(examples);
    }
}
