package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TradingState;

/** Trading states: what the operator says, what the band and the clock bring about. */
final class States {
    private final World world;
    private final Reports reports;
    private final Auction auction;
    private final Checks checks;

    States(final World world, final Reports reports, final Auction auction, final Checks checks) {
        this.world = world;
        this.reports = reports;
        this.auction = auction;
        this.checks = checks;
    }

    /** Checks the command; {@link #enter} carries it out, once it is acknowledged. */
    Instrument check(final InstrumentStateDecoder command) {
        final Instrument instrument =
                checks.instrument(command.instrumentId(), InstrumentStateDecoder.instrumentIdId());
        final TradingState state = command.state();
        Refused.when(state == TradingState.NULL_VAL, BAD_VALUE, InstrumentStateDecoder.stateId(), Line.NONE);
        Refused.when(state == TradingState.LIMIT, BAD_VALUE, InstrumentStateDecoder.stateId(), state.value());
        return instrument;
    }

    /** The same state again changes nothing, but that the operator's halt has no end. */
    void enter(final Instrument instrument, final TradingState state, final StateReason given) {
        final StateReason reason = given == StateReason.NULL_VAL ? StateReason.OPERATOR : given;
        final boolean stays =
                instrument.state == state && !(state == TradingState.HALT && instrument.nextChangeNs != 0);
        if (stays) {
            return;
        }
        if (!instrument.isTrading() && state == TradingState.OPEN) {
            finish(instrument, reason, true);
        } else if (state == TradingState.AUCTION) {
            collect(instrument, reason);
        } else {
            change(instrument, state, reason, 0);
        }
    }

    private void change(
            final Instrument instrument, final TradingState state, final StateReason reason, final long lastsNs) {
        instrument.state = state;
        instrument.nextChangeNs = lastsNs == 0 ? 0 : world.nowNs + lastsNs;
        reports.status(instrument, reason);
    }

    private void collect(final Instrument instrument, final StateReason reason) {
        instrument.extensions = 0;
        change(instrument, TradingState.AUCTION, reason, instrument.auctionNs);
    }

    /** The time of the state is over. */
    void onTimer(final Instrument instrument) {
        switch (instrument.state) {
            case LIMIT -> change(instrument, TradingState.HALT, StateReason.BAND, instrument.haltNs);
            case HALT -> collect(instrument, StateReason.TIMER);
            default -> finish(instrument, StateReason.TIMER, false);
        }
    }

    /** A crossed book is uncrossed first, when work has its turn. */
    private void finish(final Instrument instrument, final StateReason reason, final boolean byOperator) {
        final Order bid = instrument.bids.best();
        if (bid == null || !instrument.crosses(true, bid.ticks)) {
            change(instrument, TradingState.OPEN, reason, 0);
        } else {
            instrument.nextChangeNs = 0;
            world.work.addLast(() -> conclude(instrument, reason, byOperator));
        }
    }

    private void conclude(final Instrument instrument, final StateReason reason, final boolean byOperator) {
        if (auction.hold(instrument, byOperator)) {
            change(instrument, TradingState.OPEN, reason, 0);
        } else {
            instrument.extensions++;
            change(instrument, TradingState.AUCTION, StateReason.AUCTION_EXTENDED, instrument.auctionNs);
        }
    }

    /** OPEN to LIMIT when the best price stands at the band, and back. */
    void checkBand(final Instrument instrument) {
        if (!instrument.isTrading() || !Bands.apply(instrument)) {
            return;
        }
        final long bid = instrument.bids.bestTicks();
        final long ask = instrument.asks.bestTicks();
        final boolean atBand =
                bid != 0 && bid >= Bands.highest(instrument) || ask != 0 && ask <= Bands.lowest(instrument);
        if (atBand && instrument.state == TradingState.OPEN) {
            change(instrument, TradingState.LIMIT, StateReason.BAND, instrument.limitNs);
        } else if (!atBand && instrument.state == TradingState.LIMIT) {
            change(instrument, TradingState.OPEN, StateReason.RECOVERED, 0);
        }
    }
}
