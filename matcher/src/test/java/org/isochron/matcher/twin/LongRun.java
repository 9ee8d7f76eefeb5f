package org.isochron.matcher.twin;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;

/**
 * Storms one after another, a million commands of each seed, with a progress bar: {@code [commands [seed]]}, 10 million by
 * default.
 *
 * @param commands  in all.
 * @param firstSeed of the first storm; each next one has the next.
 */
public record LongRun(long commands, long firstSeed) {
    private static final long DEFAULT_COMMANDS = 10_000_000;
    private static final long STORM_COMMANDS = 1_000_000;
    private static final long SLICE = 10_000;
    private static final int BAR = 40;

    public static LongRun of(final String[] args) {
        return new LongRun(
                args.length > 0 ? Long.parseLong(args[0].replace("_", "")) : DEFAULT_COMMANDS,
                args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % 1_000_000);
    }

    /**
     * Lets the storms rage.
     *
     * @param begin a storm of a seed.
     * @param run   so many more of its commands; throws at the first thing that is wrong.
     * @param end   of a storm that has found nothing.
     */
    public <S> void drive(final LongFunction<S> begin, final ObjLongConsumer<S> run, final Consumer<S> end) {
        final long startNs = System.nanoTime();
        long done = 0;
        for (long seed = firstSeed; done < commands; seed++) {
            final S storm = begin.apply(seed);
            final long until = Math.min(commands, done + STORM_COMMANDS);
            while (done < until) {
                final long slice = Math.min(SLICE, until - done);
                run.accept(storm, slice);
                done += slice;
                show(done, seed, startNs);
            }
            end.accept(storm);
        }
        System.out.println();
    }

    private void show(final long done, final long seed, final long startNs) {
        final int filled = (int) (BAR * done / commands);
        final long seconds = (System.nanoTime() - startNs) / 1_000_000_000;
        System.out.printf(
                "\r[%s%s] %,d of %,d, seed %d, %d s ",
                "#".repeat(filled), ".".repeat(BAR - filled), done, commands, seed, seconds);
        System.out.flush();
    }
}
