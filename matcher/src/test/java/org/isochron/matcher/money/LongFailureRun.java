package org.isochron.matcher.money;

import java.util.Map;
import java.util.TreeMap;
import org.isochron.matcher.twin.LongRun;

/** The storm of failures by command, as long as one likes, with the arguments of {@link LongRun}. */
public final class LongFailureRun {
    private LongFailureRun() {}

    /** Prints progress and how often each event occurred; ends with an error at the first thing that is wrong. */
    public static void main(final String[] args) {
        final LongRun run = LongRun.of(args);
        final Map<String, Long> counts = new TreeMap<>();
        run.drive(
                seed -> new MoneyRun(seed, true, true),
                MoneyRun::run,
                storm -> storm.counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        counts.forEach((name, count) -> System.out.printf("%-24s %,14d%n", name, count));
        System.out.printf(
                "%,d commands, seeds from %d: nobody overlooked, nobody healthy liquidated, every loss where it belongs%n",
                run.commands(), run.firstSeed());
    }
}
