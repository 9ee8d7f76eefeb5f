package org.isochron.ops.calendar;

import java.time.Instant;
import org.isochron.codecs.MarketSession;

/**
 * A session begins.
 *
 * @param at      when.
 * @param session which.
 * @param next    the one after it, null at the end of what the calendar covers.
 * @param nextAt  when that begins, null likewise.
 */
public record Transition(Instant at, MarketSession session, MarketSession next, Instant nextAt) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A line of a script: the command with the operator's session. */
    public String scriptLine(final String instrument) {
        final StringBuilder line = new StringBuilder(200)
                .append("{\"at\":\"")
                .append(at)
                .append("\",\"as\":1,\"CalendarTransition\":{\"instrumentId\":\"")
                .append(instrument)
                .append("\",\"session\":\"")
                .append(session)
                .append('"');
        if (next != null) {
            line.append(",\"nextSession\":\"")
                    .append(next)
                    .append("\",\"nextTransitionNs\":\"")
                    .append(Math.multiplyExact(nextAt.getEpochSecond(), NANOS_PER_SECOND))
                    .append('"');
        }
        return line.append("}}").toString();
    }
}
