package org.isochron.matcher.venue;

import org.isochron.codecs.FundingRule;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.rules.FundingRules;
import org.isochron.risk.state.Capacities;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What clock ticks do for funding: payments at the end of an interval, then samples and steps, and open interest. Samples of
 * different instruments are spread over the ticks of a period by their slots, so that no tick walks the books of all. Part
 * of the noun MARKS.
 */
final class FundingClock implements StateOwner {
    private static final long TICK_NS = 100_000_000;
    private static final long TICK_MS = 100;
    /** Ticks between two looks at the open interest of an instrument. */
    private static final int TURNS = 10;
    /** Payment, sample and the rate ahead. */
    private static final int EVENTS_PER_INSTRUMENT = 3;

    private final Instruments instruments;
    private final Positions positions;
    private final FundingRules rules;
    private final Funding funding;
    private final BookView book;
    private final FundingReports reports;
    private final FundingAuctions auctions;
    private final StateTable told;

    FundingClock(
            final Ledger ledger,
            final Funding funding,
            final BookView book,
            final FundingReports reports,
            final FundingAuctions auctions) {
        this.auctions = auctions;
        this.funding = funding;
        this.book = book;
        this.reports = reports;
        instruments = ledger.instruments();
        positions = ledger.positions();
        rules = ledger.rules().funding();
        told = new StateTable("toldOpenInterest", ledger.capacities().instruments(), 1);
    }

    /** Takes another capacity; only while no instrument is defined. */
    void resize(final Capacities capacities) {
        funding.resize(capacities);
        told.resize(capacities.instruments());
    }

    /** Most events one tick can cause. */
    int events() {
        return instruments.count() * EVENTS_PER_INSTRUMENT + instruments.count() / TURNS + 1;
    }

    /** @param nowNs a multiple of 100 ms. */
    void onTick(final long nowNs) {
        final long tick = nowNs / TICK_NS;
        for (int instrument = 0; instrument < instruments.count(); instrument++) {
            if ((tick + instrument) % TURNS == 0) {
                tellOpenInterest(instrument);
            }
            if (rules.table().isDefined(instrument)) {
                fund(instrument, funding.begin(instrument, nowNs), nowNs, tick);
            }
        }
    }

    private void fund(final int instrument, final int rule, final long nowNs, final long tick) {
        if (rule == FundingRules.NONE) {
            return;
        }
        final boolean inTurn = (tick + instrument) % (rules.samplePeriodMs(instrument) / TICK_MS) == 0;
        switch (rule) {
            case FundingRules.CONTINUOUS -> {
                if (inTurn && funding.accrue(instrument, nowNs)) {
                    reports.rate(instrument, FundingRule.CONTINUOUS);
                }
            }
            case FundingRules.PI -> {
                if (inTurn && funding.control(instrument, nowNs)) {
                    reports.rate(instrument, FundingRule.PI);
                }
            }
            case FundingRules.AUCTION -> auctions.onTick(instrument, nowNs);
            default -> {
                if (funding.isDue(instrument, nowNs)) {
                    funding.settle(instrument, nowNs);
                    reports.rate(instrument, FundingRule.get((short) rule));
                }
                // While intervals missed are still to be settled, the one that runs has not begun.
                if (inTurn && !funding.isDue(instrument, nowNs)) {
                    sample(instrument);
                }
            }
        }
    }

    private void sample(final int instrument) {
        final long notional = rules.impactNotional(instrument);
        final long bid = book.impactTicksQ16(instrument, true, notional);
        final long ask = book.impactTicksQ16(instrument, false, notional);
        funding.sample(instrument, bid, ask);
        reports.sample(instrument, bid, ask);
        funding.predict(instrument);
        reports.tick(instrument, funding.nextNs(instrument));
    }

    private void tellOpenInterest(final int instrument) {
        final long lots = positions.openInterestLots(instrument);
        if (lots != told.get(instrument, 0)) {
            told.set(instrument, 0, lots);
            reports.openInterest(instrument, lots);
        }
    }

    @Override
    public void visit(final StateVisitor visitor) {
        funding.visit(visitor);
        visitor.part(told);
    }
}
