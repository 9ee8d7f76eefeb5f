package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.PriceKind;
import org.isochron.codecs.PriceTickDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.marks.Marks;

/** Prices of the sources, and what time does to them. */
final class PriceDesk {
    private final Sessions sessions;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Marks marks;
    private final TradingStates states;
    private final WorkQueue work;
    private final Counters counters;
    private final Reports reports;
    private final MarketData marketData;
    private final ChangedInstruments changed;
    private final Refusal refusal = new Refusal();

    PriceDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Marks marks,
            final TradingStates states,
            final WorkQueue work,
            final Counters counters,
            final Reports reports,
            final MarketData marketData,
            final ChangedInstruments changed) {
        this.sessions = sessions;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        this.marks = marks;
        this.states = states;
        this.work = work;
        this.counters = counters;
        this.reports = reports;
        this.marketData = marketData;
        this.changed = changed;
    }

    void onPriceTick(final Request request, final PriceTickDecoder command) {
        final int instrument = instruments.find(command.instrumentId());
        if (refuses(request.session, instrument, command)) {
            reports.businessReject(request, refusal);
            return;
        }
        final long ticks = ticks(instrument, command);
        final boolean wasOpen = marks.primary().isOpen(instrument);
        if (command.kind() == PriceKind.PERPETUAL) {
            marks.tickPerpetual(instrument, command.source(), ticks, counters.nowNs());
        } else {
            marks.tick(instrument, command.source(), ticks, counters.nowNs());
        }
        tell(instrument, wasOpen, StateReason.RECOVERED);
    }

    private void tell(final int instrument, final boolean wasOpen, final StateReason reason) {
        final boolean isOpen = marks.primary().isOpen(instrument);
        changed.note(instrument);
        if (wasOpen != isOpen) {
            states.primaryChanged(instrument, wasOpen, isOpen, reason);
        }
        marketData.markIndex(instrument);
    }

    private boolean refuses(final int session, final int instrument, final PriceTickDecoder command) {
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, PriceTickDecoder.instrumentIdId(), command.instrumentId());
        }
        final int source = command.source();
        if (source >= Marks.SOURCES) {
            return refusal.of(BAD_VALUE, PriceTickDecoder.sourceId(), source, Marks.SOURCES - 1);
        }
        if ((sessions.sourceMask(session) >>> source & 1) == 0) {
            return refusal.of(SESSION_SCOPE, PriceTickDecoder.sourceId(), source);
        }
        return refusesPrice(instrument, command);
    }

    /** The bounds told are those of the contract's price, which for a power contract is not the underlying's. */
    private boolean refusesPrice(final int instrument, final PriceTickDecoder command) {
        final long tickSize = instruments.tickSize(instrument);
        final long price = command.price();
        final long ticks = price <= 0 ? 0 : ticks(instrument, command);
        if (ticks == 0) {
            return refusal.of(BAD_VALUE, PriceTickDecoder.priceId(), price, tickSize);
        }
        final long largest = instruments.maxPriceTicks(instrument);
        return ticks > largest && refusal.of(PRICE_BAND, PriceTickDecoder.priceId(), price, largest * tickSize);
    }

    /** A price elsewhere is one of the contract already, power or not. */
    private long ticks(final int instrument, final PriceTickDecoder command) {
        return command.kind() == PriceKind.PERPETUAL
                ? FixedPoint.mulDivHalfAwayFromZero(command.price(), 1, instruments.tickSize(instrument))
                : contracts.ticks(instrument, command.price());
    }

    /** Most events that a clock tick can cause here. */
    int clockEvents() {
        return 2 * instruments.count();
    }

    /** A clock tick: sources drop out, averages are sampled, feeds fall silent. An uncross ends on the marks it began on. */
    void clock() {
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            if (work.isUncrossing(instrument)) {
                continue;
            }
            final boolean wasOpen = marks.primary().isOpen(instrument);
            if (marks.clock(instrument, counters.nowNs())
                    || wasOpen != marks.primary().isOpen(instrument)) {
                tell(instrument, wasOpen, StateReason.FEED_SILENT);
            }
        }
    }

    /** After a pause nobody knows what happened meanwhile: every index waits for fresh prices. */
    void forget() {
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            if (marks.forgetSources(instrument, counters.nowNs())) {
                marketData.markIndex(instrument);
            }
        }
    }
}
