package org.isochron.ops.torture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** How long nodes took to come back after they were killed alone, by what they say of it themselves. */
final class Restarts {
    private static final int DIGITS = 3;
    private static final Pattern STEPS = Pattern.compile("takes part \\d+ ms from its process on: (.*)");
    private static final Pattern STEP = Pattern.compile("([^,]+?) (\\d+)(?:, |$)");
    private static final Pattern HEAD = Pattern.compile("LIVE at sequence (\\d+)");
    private static final Pattern BEGIN = Pattern.compile("then the journal from (\\d+)");

    private final Histogram restartMs = new Histogram(DIGITS);
    private final Map<String, Histogram> stepMs = new LinkedHashMap<>();
    private long tailCommandsMax;

    /**
     * A node takes part again.
     *
     * @param tookMs since its process was begun.
     * @param told   what it has printed since then.
     */
    void add(final long tookMs, final String told) {
        restartMs.recordValue(tookMs);
        final Matcher steps = STEPS.matcher(told);
        if (steps.find()) {
            final Matcher step = STEP.matcher(steps.group(1));
            while (step.find()) {
                stepMs.computeIfAbsent(step.group(1), name -> new Histogram(DIGITS))
                        .recordValue(Long.parseLong(step.group(2)));
            }
        }
        tailCommandsMax = Math.max(tailCommandsMax, tailCommands(told));
    }

    /** Commands that a replica applied between the state it began with and the head of the log; 0 of a sequencer. */
    static long tailCommands(final String told) {
        final Matcher head = HEAD.matcher(told);
        if (!head.find()) {
            return 0;
        }
        final Matcher begin = BEGIN.matcher(told);
        final long first = begin.find() ? Long.parseLong(begin.group(1)) : 1;
        return Long.parseLong(head.group(1)) - first + 1;
    }

    long msAt(final double percentile) {
        return restartMs.getValueAtPercentile(percentile);
    }

    long tailCommandsMax() {
        return tailCommandsMax;
    }

    /** Median of each step in milliseconds, by its name, in the order taken. */
    Map<String, Long> stepMsP50() {
        return stepMs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        step -> step.getValue().getValueAtPercentile(50),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
