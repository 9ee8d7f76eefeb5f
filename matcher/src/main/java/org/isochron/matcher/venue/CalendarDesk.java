package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.CalendarTransitionDecoder;
import org.isochron.codecs.MarketSession;
import org.isochron.codecs.StateReason;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.marks.PrimaryMarkets;
import org.isochron.risk.rules.ClosedRules;

/** Sessions of primary markets as the calendar at the edge tells them. */
final class CalendarDesk {
    private final Instruments instruments;
    private final ClosedRules rules;
    private final Marks marks;
    private final TradingStates states;
    private final WorkQueue work;
    private final Counters counters;
    private final Reports reports;
    private final MarketData marketData;
    private final ChangedInstruments changed;
    private final Refusal refusal = new Refusal();

    CalendarDesk(
            final Ledger ledger,
            final Marks marks,
            final TradingStates states,
            final WorkQueue work,
            final Counters counters,
            final Reports reports,
            final MarketData marketData,
            final ChangedInstruments changed) {
        this.marks = marks;
        this.states = states;
        this.work = work;
        this.counters = counters;
        this.reports = reports;
        this.marketData = marketData;
        this.changed = changed;
        instruments = ledger.instruments();
        rules = ledger.rules().closed();
    }

    void onCalendarTransition(final Request request, final CalendarTransitionDecoder command) {
        final int instrument = instruments.find(command.instrumentId());
        if (refuses(instrument, command)) {
            reports.businessReject(request, refusal);
            return;
        }
        reports.accepted(request);
        final boolean wasOpen = marks.primary().isOpen(instrument);
        final boolean announces = command.nextSession() != MarketSession.NULL_VAL;
        marks.transition(
                instrument,
                command.session().value(),
                announces ? command.nextSession().value() : PrimaryMarkets.NONE,
                announces ? command.nextTransitionNs() : 0,
                counters.nowNs());
        changed.note(instrument);
        states.primaryChanged(instrument, wasOpen, marks.primary().isOpen(instrument), StateReason.CALENDAR);
        marketData.markIndex(instrument);
    }

    private boolean refuses(final int instrument, final CalendarTransitionDecoder command) {
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, CalendarTransitionDecoder.instrumentIdId(), command.instrumentId());
        }
        if (!rules.isDefined(instrument)) {
            return refusal.of(BAD_VALUE, CalendarTransitionDecoder.instrumentIdId(), command.instrumentId());
        }
        if (work.isUncrossing(instrument)) {
            return refusal.of(ALREADY_PENDING, CalendarTransitionDecoder.instrumentIdId(), command.instrumentId());
        }
        final MarketSession session = command.session();
        if (session == MarketSession.NULL_VAL || session == MarketSession.FEED_SILENT) {
            return refusal.of(BAD_VALUE, CalendarTransitionDecoder.sessionId(), value(session));
        }
        return refusesNext(command, session);
    }

    private boolean refusesNext(final CalendarTransitionDecoder command, final MarketSession session) {
        final MarketSession next = command.nextSession();
        final long nextNs = command.nextTransitionNs();
        final boolean timeGiven = nextNs != CalendarTransitionDecoder.nextTransitionNsNullValue();
        if (timeGiven != (next != MarketSession.NULL_VAL) || next == session || next == MarketSession.FEED_SILENT) {
            return refusal.of(BAD_VALUE, CalendarTransitionDecoder.nextSessionId(), value(next));
        }
        return timeGiven
                && nextNs <= counters.nowNs()
                && refusal.of(BAD_VALUE, CalendarTransitionDecoder.nextTransitionNsId(), nextNs, counters.nowNs() + 1);
    }

    private static long value(final MarketSession session) {
        return session == MarketSession.NULL_VAL ? Refusal.NO_VALUE : session.value();
    }
}
