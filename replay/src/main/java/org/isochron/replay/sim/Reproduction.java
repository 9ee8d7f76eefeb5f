package org.isochron.replay.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.json.MessagePrinter;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.IsoTime;
import org.isochron.replay.check.Violation;
import org.isochron.replay.script.ScriptException;
import org.isochron.replay.script.ScriptRunner;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.SkippedCommands;
import org.isochron.sequencer.replica.StateMachine;

/**
 * A failure of the core alone, as a script: what the sequencer had journaled, without what the script's runner makes itself,
 * and then with as many lines taken out as can be while the same invariant still does not hold.
 */
final class Reproduction {
    /** Lines run in all after which shrinking ends where it is; the script says so. */
    private static final long MOST_LINES = 2_000_000;

    private static final String FORMAT = "{\"Runner\":{\"format\":" + ScriptRunner.FORMAT + "}}";
    private static final String NO_RISK_NODE = "{\"Runner\":{\"risk\":\"off\"}}";

    private final Supplier<Parts> parts;
    private final String invariant;
    private String what = "";
    private long linesRun;

    private Reproduction(final Supplier<Parts> parts, final String invariant) {
        this.parts = parts;
        this.invariant = invariant;
    }

    /**
     * The lines of the script.
     *
     * @param journal   of the sequencer, up to the failure.
     * @param parts     makes what the core is made of; bugs have memories.
     * @param invariant that did not hold.
     * @return nothing when a core alone, given the same commands, breaks no such invariant.
     */
    static List<String> of(
            final long seed, final DiskFile journal, final Supplier<Parts> parts, final String invariant) {
        final Reproduction reproduction = new Reproduction(parts, invariant);
        final List<String> commands = reproduction.replay(journal);
        if (commands == null || !reproduction.fails(commands)) {
            return List.of();
        }
        final List<String> shrunk = reproduction.shrink(commands);
        final List<String> script = new ArrayList<>();
        script.add("# Seed " + seed + " of the simulator: " + invariant + " does not hold.");
        script.add("# " + reproduction.what.replace('\n', ' '));
        script.add("# " + shrunk.size() + " of " + commands.size() + " commands, "
                + (reproduction.linesRun < MOST_LINES
                        ? "none of which can be left out."
                        : "left when " + MOST_LINES + " had been run and shrinking ended."));
        script.add(FORMAT);
        script.add(NO_RISK_NODE);
        script.addAll(shrunk);
        return script;
    }

    /** The journal's commands as lines, up to the one at which the invariant breaks; null when it does not. */
    private List<String> replay(final DiskFile journal) {
        final Venue venue = new Venue();
        final CoreWatch core = new CoreWatch(parts.get().core("replay", venue), venue);
        final MessagePrinter printer = new MessagePrinter(venue.inspection());
        final List<String> lines = new ArrayList<>();
        final EventBatch events = new EventBatch();
        final Frame frame = new Frame();
        final Set<Long> skipped = SkippedCommands.all(new SimulatedReader("sequencer", () -> journal))
                .keySet();
        try {
            for (long sequence = 1; sequence <= journal.count(); sequence++) {
                if (skipped.contains(sequence)) {
                    core.skip(sequence);
                    continue;
                }
                frame.wrap(journal.buffer(), journal.offset(sequence));
                if (isOfScript(frame)) {
                    lines.add(line(frame, printer));
                }
                events.begin(frame);
                core.onCommand(frame, events);
            }
            core.audit();
            return null;
        } catch (final Violation violation) {
            return violation.invariant().equals(invariant) ? lines : null;
        }
    }

    /** Messages that cannot be read have no line, and what belongs to the log's course the runner makes anew. */
    private static boolean isOfScript(final Frame frame) {
        if (MessageShape.check(frame.buffer(), frame.payloadOffset(), frame.payloadLength()) != MessageShape.SOUND) {
            return false;
        }
        final int templateId = MessageShape.templateId(frame.buffer(), frame.payloadOffset());
        return switch (templateId) {
            case ClockTickDecoder.TEMPLATE_ID, GatewayAliveDecoder.TEMPLATE_ID, StateHashReportDecoder.TEMPLATE_ID ->
                false;
            case EpochStartDecoder.TEMPLATE_ID, GatewayStartDecoder.TEMPLATE_ID -> frame.epoch() > 1;
            default -> ScriptRunner.isCommand(templateId);
        };
    }

    private static String line(final Frame frame, final MessagePrinter printer) {
        final StringBuilder line = new StringBuilder(256)
                .append("{\"at\":\"")
                .append(IsoTime.format(frame.timestampNs()))
                .append("\",");
        if (frame.frameType() == FrameType.SESSION) {
            line.append("\"as\":").append(frame.source() & 0xFFFF_FFFFL).append(',');
        }
        printer.append(line, frame.buffer(), frame.payloadOffset(), frame.payloadLength());
        return line.append('}').toString();
    }

    /** Takes out ever smaller pieces, as long as the failure stays; what is left is needed, line by line. */
    private List<String> shrink(final List<String> all) {
        List<String> lines = all;
        int piece = Math.max(1, lines.size() / 2);
        while (linesRun < MOST_LINES) {
            boolean taken = false;
            for (int from = 0; from < lines.size() && linesRun < MOST_LINES; ) {
                final List<String> fewer = without(lines, from, Math.min(lines.size(), from + piece));
                if (fails(fewer)) {
                    lines = fewer;
                    taken = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !taken) {
                break;
            }
            piece = taken && piece == 1 ? 1 : Math.max(1, piece / 2);
        }
        fails(lines);
        return lines;
    }

    private static List<String> without(final List<String> lines, final int from, final int to) {
        final List<String> fewer = new ArrayList<>(lines.subList(0, from));
        fewer.addAll(lines.subList(to, lines.size()));
        return fewer;
    }

    /** Whether a script of these lines breaks the invariant. */
    private boolean fails(final List<String> lines) {
        linesRun += lines.size();
        final CoreWatch[] core = new CoreWatch[1];
        final ScriptRunner runner = ScriptRunner.silent(venue -> {
            final StateMachine made = parts.get().core("replay", venue);
            core[0] = new CoreWatch(made, venue);
            return core[0];
        });
        final String script = FORMAT + '\n' + NO_RISK_NODE + '\n' + String.join("\n", lines);
        try {
            runner.run("reproduction", new BufferedReader(new StringReader(script)));
            core[0].audit();
            return false;
        } catch (final Violation violation) {
            what = violation.getMessage();
            return violation.invariant().equals(invariant);
        } catch (final ScriptException cannotBeRun) {
            // Without the lines taken out a later one makes no sense: this is no script.
            return false;
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
