package org.isochron.matcher.twin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each event, and each value of the fields that name a rule, has occurred. */
final class Coverage {
    private static final List<String> FIELDS =
            List.of("code", "reason", "state", "liquidity", "cause", "reachedLimit", "bidCode", "askCode");

    private final Map<String, Long> counts = new TreeMap<>();

    void count(final List<String> lines) {
        for (final String line : lines) {
            final int end = line.indexOf(' ');
            final String event = line.substring(0, end);
            counts.merge(event, 1L, Long::sum);
            for (final String field : FIELDS) {
                countField(event, line, ' ' + field + '=');
            }
        }
    }

    private void countField(final String event, final String line, final String mark) {
        for (int at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
            final int end = line.indexOf(' ', at + 1);
            counts.merge(event + line.substring(at, end < 0 ? line.length() : end), 1L, Long::sum);
        }
    }

    void add(final Coverage other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    long of(final String what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        counts.forEach((what, count) -> text.append(String.format("%,12d  %s%n", count, what)));
        return text.toString();
    }
}
