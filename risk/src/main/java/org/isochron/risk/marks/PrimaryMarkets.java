package org.isochron.risk.marks;

import org.isochron.risk.rules.ClosedRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Which session the primary market of each instrument is in (rulebook 5): as the calendar's transitions say, and while it
 * should be open also closed when no source has ticked for too long. An instrument without closed rules has no calendar
 * and is always open. What follows from the session is here too: margin, limits and funding.
 */
public final class PrimaryMarkets implements StateOwner {
    /** No calendar. */
    public static final int NONE = 0;
    /** Wire value of MarketSession.OPEN. */
    public static final int OPEN = 1;
    /** Wire value of MarketSession.OVERNIGHT. */
    public static final int OVERNIGHT = 2;
    /** Wire value of MarketSession.WEEKEND. */
    public static final int WEEKEND = 3;
    /** Wire value of MarketSession.HOLIDAY. */
    public static final int HOLIDAY = 4;
    /** Wire value of MarketSession.FEED_SILENT. */
    public static final int FEED_SILENT = 5;

    /** All of what is scaled. */
    public static final int WHOLE_PPM = 1_000_000;

    /** The ramp rises in whole percents, so that accounts are judged anew a hundred times in it, not at every tick. */
    private static final long RAMP_STEP_PPM = 10_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Session by the calendar, 0 for OPEN as long as nothing else was said. */
    private static final int CALENDAR = 0;

    private static final int NEXT = 1;
    private static final int NEXT_NS = 2;
    private static final int SILENT = 3;
    /** When a source last ticked, or nobody could expect it to. */
    private static final int HEARD_NS = 4;
    /** What the scale has above 1. */
    private static final int MARGIN_RISE = 5;

    private static final int FIELDS = 6;

    private final ClosedRules rules;
    private final StateTable table;

    PrimaryMarkets(final ClosedRules rules, final int capacity) {
        this.rules = rules;
        table = new StateTable("primaryMarkets", capacity, FIELDS);
    }

    void resize(final int capacity) {
        table.resize(capacity);
    }

    // What it is

    /** Wire value of the MarketSession, {@link #NONE} without a calendar. */
    public int session(final int instrument) {
        if (!rules.isDefined(instrument)) {
            return NONE;
        }
        if (isClosedByCalendar(instrument)) {
            return table.getInt(instrument, CALENDAR);
        }
        return table.get(instrument, SILENT) != 0 ? FEED_SILENT : OPEN;
    }

    public boolean isOpen(final int instrument) {
        return session(instrument) <= OPEN;
    }

    boolean isClosedByCalendar(final int instrument) {
        return table.getInt(instrument, CALENDAR) > OPEN;
    }

    /** Wire value of the session announced after this one, {@link #NONE} when none is. */
    public int nextSession(final int instrument) {
        return table.getInt(instrument, NEXT);
    }

    /** When that is to begin, 0 when nothing is announced. */
    public long nextSessionNs(final int instrument) {
        return table.get(instrument, NEXT_NS);
    }

    /** Initial margin, ppm of the usual: more while closed, and rising to it before the close. Never of maintenance. */
    public int initialMarginScalePpm(final int instrument) {
        return WHOLE_PPM + table.getInt(instrument, MARGIN_RISE);
    }

    /** Position limit, ppm of the usual. */
    public int positionLimitPpm(final int instrument) {
        return switch (session(instrument)) {
            case NONE, OPEN -> WHOLE_PPM;
            case WEEKEND, HOLIDAY -> rules.weekendLimitPpm(instrument);
            default -> rules.overnightLimitPpm(instrument);
        };
    }

    /** Funding, ppm of the usual. */
    public int fundingPpm(final int instrument) {
        return isOpen(instrument) ? WHOLE_PPM : rules.fundingPpm(instrument);
    }

    // What changes it

    /** A session begins by the calendar. The feed gets its full time anew. */
    void enter(final int instrument, final int session, final int next, final long nextNs, final long nowNs) {
        table.set(instrument, CALENDAR, session);
        table.set(instrument, NEXT, next);
        table.set(instrument, NEXT_NS, nextNs);
        if (session != OPEN) {
            table.set(instrument, SILENT, 0);
        }
        heard(instrument, nowNs);
    }

    /** A source has ticked, or a pause is over in which none could. */
    void heard(final int instrument, final long nowNs) {
        if (rules.isDefined(instrument)) {
            table.set(instrument, HEARD_NS, nowNs);
        }
    }

    /** Whether the feed of an open market has been silent for too long. */
    boolean fallsSilent(final int instrument, final long nowNs) {
        if (session(instrument) != OPEN) {
            return false;
        }
        final long heardNs = table.get(instrument, HEARD_NS);
        if (heardNs == 0) {
            table.set(instrument, HEARD_NS, nowNs);
            return false;
        }
        return nowNs - heardNs >= rules.feedSilentNs(instrument);
    }

    void silent(final int instrument, final boolean isSilent) {
        table.set(instrument, SILENT, isSilent ? 1 : 0);
    }

    /**
     * Works out how far initial margin has risen.
     *
     * @return whether that is another value than before.
     */
    boolean ramp(final int instrument, final long nowNs) {
        if (!rules.isDefined(instrument)) {
            return false;
        }
        final long rise = rise(instrument, nowNs);
        final boolean changes = rise != table.get(instrument, MARGIN_RISE);
        table.set(instrument, MARGIN_RISE, rise);
        return changes;
    }

    private long rise(final int instrument, final long nowNs) {
        final long full = rules.initialMarginScalePpm(instrument) - WHOLE_PPM;
        if (!isOpen(instrument)) {
            return full;
        }
        final long rampNs = rules.rampNs(instrument);
        final long leftNs = nextSessionNs(instrument) - nowNs;
        if (nextSession(instrument) <= OPEN || leftNs >= rampNs && leftNs > 0) {
            return 0;
        }
        if (leftNs <= 0) {
            return full;
        }
        // Milliseconds, so that a day's worth of them times the scale fits 63 bits many times over.
        final long rise = full * ((rampNs - leftNs) / NANOS_PER_MILLI) / (rampNs / NANOS_PER_MILLI);
        return rise - rise % RAMP_STEP_PPM;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
    }
}
