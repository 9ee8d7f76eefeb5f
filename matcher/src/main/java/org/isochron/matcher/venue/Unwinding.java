package org.isochron.matcher.venue;

import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.LiquidationRules;

/**
 * Works off what INSURANCE has taken over (rulebook 8.4): once a second of sequenced time, in each instrument where it
 * holds lots, it offers the book some of them, immediate or cancel, no worse than a slip from the mark. It never opens or
 * turns a position; as a taker it pays the taker fee like anyone.
 */
final class Unwinding {
    private static final long INTERVAL_NS = 1_000_000_000L;

    /** The fund's movements for funding and for the trades, and the print. */
    private static final int EVENTS = Settlement.EVENTS + 3;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final LiquidationRules rules;
    private final Marks marks;
    private final Counters counters;
    private final EventWriter events;
    private final FundingSettlement funding;
    private final TrancheSweep sweep;
    private final OpenBooks openBooks;
    private final WorkQueue work;
    private final Tranche tranche = new Tranche();

    Unwinding(
            final Ledger ledger,
            final Marks marks,
            final Counters counters,
            final EventWriter events,
            final FundingSettlement funding,
            final TrancheSweep sweep,
            final OpenBooks openBooks,
            final WorkQueue work) {
        this.ledger = ledger;
        this.marks = marks;
        this.counters = counters;
        this.events = events;
        this.funding = funding;
        this.sweep = sweep;
        this.openBooks = openBooks;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
        rules = ledger.rules().liquidation();
    }

    /** A clock tick. What a full batch leaves waits for the next second. */
    void onTick(final long tickTimeNs) {
        if (tickTimeNs % INTERVAL_NS != 0 || counters.isCancelOnly()) {
            return;
        }
        for (int position = ledger.firstPosition(Ledger.INSURANCE);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (positions.lots(position) != 0 && mayTrade(position)) {
                offer(position);
            }
        }
    }

    private boolean mayTrade(final int position) {
        final int instrument = positions.instrument(position);
        return instruments.isOpen(instrument)
                && marks.isValid(instrument)
                && !work.isMatching(instrument)
                && !ledger.isInLiquidation(ledger.bucketOf(position))
                && events.hasRoomFor(EVENTS + Matching.EVENTS_PER_TRADE);
    }

    private void offer(final int position) {
        final int instrument = positions.instrument(position);
        final int asset = instruments.asset(instrument);
        final boolean buy = positions.lots(position) < 0;
        funding.settle(position);
        openBooks.fundMoved(asset, instrument, InsuranceReason.FUNDING);
        final long lots = Math.min(
                Math.abs(positions.lots(position)), rules.unwindLots(instrument, instruments.maxOrderLots(instrument)));
        tranche.ofFund(position, buy, limit(instrument, buy), lots);
        sweep.run(tranche, EVENTS);
        if (tranche.filledLots != 0) {
            openBooks.fundTraded(instrument, InsuranceReason.UNWIND);
            openBooks.print(instrument, LiquidationPrintKind.UNWIND, buy, tranche.filledLots, tranche.received);
        }
    }

    /** {@code M * (1 +- slip)}, rounded toward the mark. */
    private long limit(final int instrument, final boolean buy) {
        final long mark = marks.markTicks(instrument);
        final long slipPpm = rules.unwindSlipPpm(instrument);
        return buy
                ? Math.min(
                        FixedPoint.mulDivFloor(mark, Margin.PPM + slipPpm, Margin.PPM),
                        instruments.maxPriceTicks(instrument))
                : Math.max(1, FixedPoint.mulDivCeil(mark, Margin.PPM - slipPpm, Margin.PPM));
    }
}
