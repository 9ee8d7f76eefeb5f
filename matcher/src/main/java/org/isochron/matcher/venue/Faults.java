package org.isochron.matcher.venue;

import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.SkipSeqDecoder;
import org.isochron.codecs.TradingState;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.Writes;

/**
 * Commands on which the venue itself fails. One that fails before it has changed anything fails so on every replica: its
 * sender is told, the instrument it names is halted until an operator has looked at it, and everybody else goes on. One that
 * fails later has left something behind that nobody can take back: the replica stops. What no core can apply is passed over
 * when an operator says so, and only told here.
 */
final class Faults {
    private final Sessions sessions;
    private final Instruments instruments;
    private final TradingStates states;
    private final EventWriter events;
    private final Reports reports;
    private final Writes writes = new Writes();
    private final Refusal refusal = new Refusal();
    private int eventsBefore;
    private RuntimeException last;

    Faults(
            final Sessions sessions,
            final Instruments instruments,
            final TradingStates states,
            final EventWriter events,
            final Reports reports) {
        this.sessions = sessions;
        this.instruments = instruments;
        this.states = states;
        this.events = events;
        this.reports = reports;
    }

    /** Every write to that state counts. */
    void watch(final StateOwner state) {
        writes.watch(state);
    }

    /** A command begins to have its own effect. */
    void begin() {
        writes.forget();
        eventsBefore = events.count();
    }

    /**
     * The command failed.
     *
     * @return why it is refused.
     * @throws RuntimeException that one, when the command has changed something.
     */
    RejectCode codeOf(final RuntimeException fault) {
        if (writes.any() || events.count() != eventsBefore) {
            throw fault;
        }
        last = fault;
        return RejectCode.INTERNAL;
    }

    /** The fault since the last question, null when there was none. */
    RuntimeException take() {
        final RuntimeException fault = last;
        last = null;
        return fault;
    }

    /** Halts what the command that failed was about, if it was about one instrument that trades. */
    void halt(final CommandReader reader, final int templateId) {
        final int instrument = instruments.find(instrumentId(reader, templateId));
        if (instrument >= 0 && instruments.state(instrument) != TradingState.CLOSED.value()) {
            states.fail(instrument);
        }
    }

    private static long instrumentId(final CommandReader reader, final int templateId) {
        return switch (templateId) {
            case NewOrderDecoder.TEMPLATE_ID -> reader.newOrder().instrumentId();
            case ReplaceDecoder.TEMPLATE_ID -> reader.replace().instrumentId();
            case CancelDecoder.TEMPLATE_ID -> reader.cancel().instrumentId();
            case FundingOrderDecoder.TEMPLATE_ID -> reader.fundingOrder().instrumentId();
            case SetLeverageDecoder.TEMPLATE_ID -> reader.setLeverage().instrumentId();
            case PriceTickDecoder.TEMPLATE_ID -> reader.priceTick().instrumentId();
            case InstrumentStateDecoder.TEMPLATE_ID -> reader.instrumentState().instrumentId();
            default -> 0;
        };
    }

    /** A command before this one was passed over: whoever sent it has its outcome now, and may not send its number again. */
    void onSkip(final Request request, final SkipSeqDecoder command) {
        final int session = sessions.find(command.sessionId());
        if (session < 0 || command.seqNum() == SkipSeqDecoder.seqNumNullValue()) {
            return;
        }
        if (command.seqNum() > sessions.lastIncoming(session)) {
            sessions.lastIncoming(session, command.seqNum());
        }
        request.of(session, command.seqNum(), command.templateId());
        refusal.of(RejectCode.INTERNAL);
        reports.businessReject(request, refusal);
    }
}
