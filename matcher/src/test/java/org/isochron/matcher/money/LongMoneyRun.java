package org.isochron.matcher.money;

import java.util.Map;
import java.util.TreeMap;
import org.isochron.matcher.twin.LongRun;

/** The money storm by command, as long as one likes, with the arguments of {@link LongRun}. */
public final class LongMoneyRun {
    private LongMoneyRun() {}

    /** Prints progress and how often each event occurred; ends with an error at the first thing that is wrong. */
    public static void main(final String[] args) {
        final LongRun run = LongRun.of(args);
        final Map<String, Long> counts = new TreeMap<>();
        run.drive(
                MoneyRun::new,
                MoneyRun::run,
                storm -> storm.counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        counts.forEach((name, count) -> System.out.printf("%-24s %,14d%n", name, count));
        System.out.printf(
                "%,d commands, seeds from %d: every sum and every margin as it should be%n",
                run.commands(), run.firstSeed());
    }
}
