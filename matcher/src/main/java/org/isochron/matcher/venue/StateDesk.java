package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TradingState;
import org.isochron.risk.ledger.Instruments;

/** Trading states as the operator sets them. */
final class StateDesk {
    private final Instruments instruments;
    private final TradingStates states;
    private final WorkQueue work;
    private final LastResort lastResort;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    StateDesk(
            final Instruments instruments,
            final TradingStates states,
            final WorkQueue work,
            final LastResort lastResort,
            final Reports reports) {
        this.lastResort = lastResort;
        this.instruments = instruments;
        this.states = states;
        this.work = work;
        this.reports = reports;
    }

    void onInstrumentState(final Request request, final InstrumentStateDecoder command) {
        final int instrument = instruments.find(command.instrumentId());
        final TradingState state = command.state();
        if (refuses(instrument, command, state)) {
            reports.businessReject(request, refusal);
            return;
        }
        reports.accepted(request);
        final StateReason reason = command.reason();
        states.set(instrument, state, reason == StateReason.NULL_VAL ? StateReason.OPERATOR : reason);
    }

    private boolean refuses(final int instrument, final InstrumentStateDecoder command, final TradingState state) {
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, InstrumentStateDecoder.instrumentIdId(), command.instrumentId());
        }
        return switch (state) {
            case OPEN, HALT, AUCTION, CLOSED ->
                (work.isUncrossing(instrument) || lastResort.isSettling(instrument))
                        && refusal.of(ALREADY_PENDING, InstrumentStateDecoder.stateId(), state.value());
            // It comes about at the band, and by nobody's wish.
            case LIMIT -> refusal.of(BAD_VALUE, InstrumentStateDecoder.stateId(), state.value());
            case NULL_VAL -> refusal.of(BAD_VALUE, InstrumentStateDecoder.stateId(), Refusal.NO_VALUE);
        };
    }
}
