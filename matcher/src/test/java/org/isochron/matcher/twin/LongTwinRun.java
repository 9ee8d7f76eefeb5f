package org.isochron.matcher.twin;

/** The differential run by command, as long as one likes, with the arguments of {@link LongRun}. */
public final class LongTwinRun {
    private LongTwinRun() {}

    /** Prints progress and what has occurred how often; ends with an error at the first difference. */
    public static void main(final String[] args) {
        final LongRun run = LongRun.of(args);
        final Coverage coverage = new Coverage();
        run.drive(TwinRun::new, TwinRun::run, storm -> coverage.add(storm.coverage()));
        System.out.printf(
                "%snot met: %s%n%,d commands without a difference, seeds from %d%n",
                coverage, coverage.missing(), run.commands(), run.firstSeed());
    }
}
