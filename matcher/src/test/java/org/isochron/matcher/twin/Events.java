package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;

/** The events of one command, in order. */
final class Events {
    private final World world;
    private final List<Line> lines = new ArrayList<>();

    Events(final World world) {
        this.world = world;
    }

    void begin() {
        lines.clear();
    }

    List<String> told() {
        final List<String> told = new ArrayList<>(lines.size());
        for (final Line line : lines) {
            told.add(line.toString());
        }
        return told;
    }

    /** Id of the event told next. */
    long nextEventId() {
        return (world.sequence << 16) + lines.size();
    }

    /** A numbered event of a session's flow and of a firm's drop copy; either may be null for none. */
    Line privately(final String name, final Session session, final Firm firm) {
        return add(new Line(name)
                .word("session", session == null ? "0#0" : session.id + "#" + ++session.lastOutgoing)
                .word("firm", firm == null ? "0#0" : firm.id + "#" + ++firm.dropCopySeq));
    }

    /** A private event about a session that is no part of its flow. */
    Line unnumbered(final String name, final long sessionId) {
        return add(new Line(name).word("session", sessionId + "#0").word("firm", "0#0"));
    }

    Line publicly(final String name, final Instrument instrument) {
        return add(new Line(name).with("instrument", instrument.id));
    }

    private Line add(final Line line) {
        lines.add(line);
        return line;
    }
}
