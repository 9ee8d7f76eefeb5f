package org.isochron.matcher.twin;

/** The differential run by command, as long as one likes: {@code LongTwinRun [commands [seed]]}, 10 million by default. */
public final class LongTwinRun {
    private static final long DEFAULT_COMMANDS = 10_000_000;
    private static final long STORM_COMMANDS = 1_000_000;
    private static final int BAR = 40;

    private LongTwinRun() {}

    /** Prints progress, what has occurred how often, and how long it took; ends with an error at the first difference. */
    public static void main(final String[] args) {
        final long commands = args.length > 0 ? Long.parseLong(args[0].replace("_", "")) : DEFAULT_COMMANDS;
        final long firstSeed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % 1_000_000;
        final long startNs = System.nanoTime();
        final Coverage coverage = new Coverage();
        long done = 0;
        for (long seed = firstSeed; done < commands; seed++) {
            final TwinRun run = new TwinRun(seed);
            final long end = Math.min(commands, done + STORM_COMMANDS);
            while (done < end) {
                final long slice = Math.min(10_000, end - done);
                run.run(slice);
                done += slice;
                show(done, commands, seed, startNs);
            }
            coverage.add(run.coverage());
        }
        System.out.printf(
                "%n%snot met: %s%n%,d commands without a difference, seeds from %d%n",
                coverage, coverage.missing(), commands, firstSeed);
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
