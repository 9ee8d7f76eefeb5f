package org.isochron.matcher.twin;

import java.util.List;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.matcher.venue.RestoredVenue;
import org.isochron.matcher.venue.Venue;
import org.isochron.sequencer.replica.EventBatch;

/** One storm over a venue and its naive twin, which must tell the same events for every command. */
final class TwinRun {
    private static final int COMMANDS_PER_LOOK = 500;
    private static final int COMMANDS_PER_VERIFICATION = 20_000;

    private final long seed;
    private final Venue venue = new Venue();
    private final EventBatch batch = new EventBatch();
    private final RestoredVenue restored = new RestoredVenue(venue);
    private final EventLines lines = new EventLines();
    private final NaiveVenue twin;
    private final CommandStorm storm;
    private final Margins margins = new Margins();
    private final Coverage coverage = new Coverage();
    private long commands;

    TwinRun(final long seed) {
        this(seed, new PriorityRule());
    }

    /** @param rule by which the twin queues; any but the plain one is wrong. */
    TwinRun(final long seed, final PriorityRule rule) {
        this.seed = seed;
        twin = new NaiveVenue(rule, lines::numberOf);
        storm = new CommandStorm(seed, venue.inspection(), twin.world, lines::idOf);
    }

    Coverage coverage() {
        return coverage;
    }

    long commands() {
        return commands;
    }

    /**
     * Drives both through more commands.
     *
     * @throws AssertionError at the first difference, with all that is needed to look into it.
     */
    void run(final long count) {
        for (long i = 0; i < count; i++) {
            step();
        }
    }

    private void step() {
        commands++;
        final Frame frame = storm.next();
        List<String> expected = List.of();
        List<String> told = List.of();
        try {
            for (final Instrument instrument : twin.world.instruments.values()) {
                instrument.indexAverageTicks = venue.marks().indexAverageTicks(instrument.slot);
            }
            expected = twin.onFrame(frame);
            batch.begin(frame);
            venue.onCommand(frame, batch);
            restored.onCommand(frame, batch);
            told = lines.read(batch);
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(report(frame, expected, told), e);
        }
        if (!expected.equals(told)) {
            throw new AssertionError(report(frame, expected, told));
        }
        coverage.count(told);
        if (commands % COMMANDS_PER_LOOK == 0) {
            compareStates();
        }
        if (commands % COMMANDS_PER_VERIFICATION == 0) {
            venue.verifyInFull();
        }
    }

    /** Everything the two remember, as far as both can show it. */
    private void compareStates() {
        final List<String> expected = StateLines.of(twin.world, margins);
        final List<String> found = StateLines.of(venue.inspection());
        if (!expected.equals(found)) {
            final StringBuilder text = new StringBuilder();
            text.append("seed ")
                    .append(seed)
                    .append(", state after command ")
                    .append(commands)
                    .append('\n');
            compare(text, expected, found, false);
            throw new AssertionError(text);
        }
    }

    private String report(final Frame frame, final List<String> expected, final List<String> told) {
        final String command = new MessagePrinter(venue.inspection(), true)
                .print(frame.buffer(), frame.payloadOffset(), frame.payloadLength());
        final StringBuilder text = new StringBuilder(4_096);
        text.append("seed ").append(seed).append(", command ").append(commands);
        text.append(", source ").append(frame.source()).append(", gateway ").append(frame.gatewayId());
        text.append(", at ")
                .append(frame.timestampNs())
                .append('\n')
                .append(command)
                .append('\n');
        compare(text, expected, told, true);
        text.append("state:\n");
        compare(text, StateLines.of(twin.world, margins), StateLines.of(venue.inspection()), false);
        return text.toString();
    }

    private static void compare(
            final StringBuilder text, final List<String> expected, final List<String> told, final boolean alike) {
        for (int i = 0; i < Math.max(expected.size(), told.size()); i++) {
            final String one = i < expected.size() ? expected.get(i) : "(nothing)";
            final String other = i < told.size() ? told.get(i) : "(nothing)";
            if (!one.equals(other)) {
                text.append("! twin  ")
                        .append(one)
                        .append("\n! venue ")
                        .append(other)
                        .append('\n');
            } else if (alike) {
                text.append("  both  ").append(one).append('\n');
            }
        }
    }
}
