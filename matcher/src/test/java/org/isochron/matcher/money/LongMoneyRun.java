package org.isochron.matcher.money;

import java.util.Map;
import java.util.TreeMap;

/** The money storm by command, as long as one likes: {@code LongMoneyRun [commands [seed]]}, 10 million by default. */
public final class LongMoneyRun {
    private static final long DEFAULT_COMMANDS = 10_000_000;
    private static final long STORM_COMMANDS = 1_000_000;
    private static final int BAR = 40;

    private LongMoneyRun() {}

    /** Prints progress and how often each event occurred; ends with an error at the first thing that is wrong. */
    public static void main(final String[] args) {
        final long commands = args.length > 0 ? Long.parseLong(args[0].replace("_", "")) : DEFAULT_COMMANDS;
        final long firstSeed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % 1_000_000;
        final long startNs = System.nanoTime();
        final Map<String, Long> counts = new TreeMap<>();
        long done = 0;
        for (long seed = firstSeed; done < commands; seed++) {
            final MoneyRun run = new MoneyRun(seed);
            final long end = Math.min(commands, done + STORM_COMMANDS);
            while (done < end) {
                final long slice = Math.min(10_000, end - done);
                run.run(slice);
                done += slice;
                show(done, commands, seed, startNs);
            }
            run.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
        }
        System.out.println();
        counts.forEach((name, count) -> System.out.printf("%-24s %,14d%n", name, count));
        System.out.printf(
                "%,d commands, seeds from %d: every sum and every margin as it should be%n", commands, firstSeed);
    }

    private static void show(final long done, final long commands, final long seed, final long startNs) {
        final int filled = (int) (BAR * done / commands);
        final long seconds = (System.nanoTime() - startNs) / 1_000_000_000;
        System.out.printf(
                "\r[%s%s] %,d of %,d, seed %d, %d s ",
                "#".repeat(filled), ".".repeat(BAR - filled), done, commands, seed, seconds);
        System.out.flush();
    }
}
