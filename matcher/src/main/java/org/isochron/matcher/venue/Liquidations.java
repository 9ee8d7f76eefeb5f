package org.isochron.matcher.venue;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.LiquidationOutcome;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.ZeroPrice;
import org.isochron.risk.margin.Margin;

/**
 * Carries out the liquidation at the head of the work queue: cancel the bucket's orders, judge again, then position by
 * position offer the whole to the book at its zero price and hand the remainder to INSURANCE at cash b, until the bucket
 * is healthy. Where the book is not open nothing is offered: the position waits until it is, unless the bucket has less
 * than two thirds of its maintenance margin left, then INSURANCE takes over at once. When a batch fills up inside the book, the tranche ends there and the next command begins another one on the
 * state it finds. INSURANCE may go below zero in this build, and is never liquidated itself.
 */
final class Liquidations {
    private static final int ORDERS_CANCELLED = 1;
    private static final int TAKEN_OVER = 2;
    private static final int CLOSED = 4;

    private static final int NONE = -1;

    /**
     * LiquidationTranche, its fee, funding of both to settle, Takeover, its cash, collateral converted, a deficit's two events
     * and LiquidationEnded.
     */
    private static final int CLOSING_EVENTS = Settlement.EVENTS + 7 + Conversions.EVENTS;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Margin margin;
    private final ZeroPrice zeroPrice;
    private final Counters counters;
    private final EventWriter events;
    private final Reports reports;
    private final LiquidationReports liquidationReports;
    private final Cancels cancels;
    private final TrancheSweep sweep;
    private final IsolatedMargin isolated;
    private final Conversions conversions;
    private final WorkQueue work;
    private final FundingSettlement funding;
    private final Tranche tranche = new Tranche();

    Liquidations(
            final Ledger ledger,
            final Margin margin,
            final Counters counters,
            final EventWriter events,
            final Reports reports,
            final LiquidationReports liquidationReports,
            final Cancels cancels,
            final TrancheSweep sweep,
            final IsolatedMargin isolated,
            final Conversions conversions,
            final WorkQueue work,
            final FundingSettlement funding) {
        this.funding = funding;
        this.ledger = ledger;
        this.margin = margin;
        this.counters = counters;
        this.events = events;
        this.reports = reports;
        this.liquidationReports = liquidationReports;
        this.cancels = cancels;
        this.sweep = sweep;
        this.isolated = isolated;
        this.conversions = conversions;
        this.work = work;
        instruments = ledger.instruments();
        positions = ledger.positions();
        zeroPrice = new ZeroPrice(ledger, margin);
    }

    /** Goes on with the liquidation at the head; false when the batch filled up before its end. */
    boolean goOn() {
        final int bucket = (int) work.head(WorkQueue.SUBJECT);
        if (!has(ORDERS_CANCELLED)) {
            if (!cancels.ofBucket(bucket)) {
                return false;
            }
            margin.judge(bucket);
            if (!margin.isUnderwater()) {
                return end(bucket, LiquidationOutcome.CURED);
            }
            note(ORDERS_CANCELLED);
        }
        return closePositions(bucket);
    }

    private boolean closePositions(final int bucket) {
        margin.judge(bucket);
        while (margin.isUnderwater() && margin.openPositions() > 0) {
            if (!events.hasRoomFor(CLOSING_EVENTS + Matching.EVENTS_PER_TRADE)) {
                return false;
            }
            final int position = nextPosition(bucket);
            if (position == NONE) {
                work.deferLiquidation();
                return true;
            }
            note(CLOSED);
            if (!close(position)) {
                return false;
            }
            margin.judge(bucket);
        }
        if (!events.hasRoomFor(CLOSING_EVENTS)) {
            return false;
        }
        if (margin.isUnderwater()) {
            payDeficit(bucket, -margin.equity());
        }
        return end(bucket, outcome());
    }

    /** Any position when the bucket is to be taken over (rulebook 8.4), otherwise one that can be offered to its book. */
    private int nextPosition(final int bucket) {
        if (margin.marksValid() && isBelowTwoThirds()) {
            return zeroPrice.nextPosition(bucket);
        }
        return counters.isCancelOnly() ? NONE : zeroPrice.nextOpenPosition(bucket);
    }

    /** {@code 3 * E < 2 * MM}, which no product has to hold: E is a whole number. */
    private boolean isBelowTwoThirds() {
        return margin.equity() < margin.maintenance() - margin.maintenance() / 3;
    }

    private LiquidationOutcome outcome() {
        if (has(TAKEN_OVER)) {
            return LiquidationOutcome.TAKEN_OVER;
        }
        return has(CLOSED) ? LiquidationOutcome.CLOSED_IN_MARKET : LiquidationOutcome.CURED;
    }

    /** Closes one position for good; false when the batch filled up while the book still had something to give. */
    private boolean close(final int position) {
        zeroPrice.judge(position);
        final long lots = positions.lots(position);
        final boolean buy = lots < 0;
        final int instrument = positions.instrument(position);
        final boolean mayTrade = instruments.isOpen(instrument) && !counters.isCancelOnly();
        final long limitTicks = mayTrade ? zeroPrice.limitTicks() : ZeroPrice.NONE;
        tranche.of(position, buy, limitTicks, Math.abs(lots), zeroPrice.cash());
        final boolean exhausted = limitTicks == ZeroPrice.NONE || sweep.run(tranche, CLOSING_EVENTS);
        liquidationReports.tranche(position, buy, limitTicks, tranche.lots, tranche.filledLots);
        chargeFee(instrument);
        if (exhausted && positions.lots(position) != 0) {
            takeOver(position);
        }
        return exhausted;
    }

    private void chargeFee(final int instrument) {
        final long fee = tranche.fee(instruments.liquidationFeePpm(instrument));
        if (fee > 0) {
            final int bucket = ledger.bucketOf(tranche.position);
            ledger.transfer(bucket, insurance(bucket), fee);
            reports.balanceChanged(bucket, -fee, BalanceReason.LIQUIDATION_FEE);
        }
    }

    private void takeOver(final int position) {
        zeroPrice.judge(position);
        final long cash = zeroPrice.cash();
        final long lots = positions.lots(position);
        final int instrument = positions.instrument(position);
        final int fund = ledger.position(Ledger.INSURANCE, instrument);
        // The fund buys lots for cash; with a short, it "buys" fewer than none for less than nothing.
        funding.settle(fund);
        funding.settle(position);
        ledger.trade(fund, position, lots, cash);
        note(TAKEN_OVER);
        liquidationReports.takeover(position, fund, cash, lots);
        reports.balanceChanged(ledger.bucketOf(position), cash, BalanceReason.TAKEOVER);
        conversions.convert(ledger.bucketOf(position));
    }

    private void payDeficit(final int bucket, final long deficit) {
        ledger.transfer(insurance(bucket), bucket, deficit);
        note(TAKEN_OVER);
        liquidationReports.deficitPaid(bucket, deficit);
        reports.balanceChanged(bucket, deficit, BalanceReason.DEFICIT);
        margin.judge(bucket);
    }

    private int insurance(final int bucket) {
        return ledger.crossBucket(Ledger.INSURANCE, ledger.bucketAsset(bucket));
    }

    private boolean end(final int bucket, final LiquidationOutcome outcome) {
        if (!events.hasRoomFor(1)) {
            return false;
        }
        ledger.inLiquidation(bucket, false);
        if (ledger.isIsolated(bucket)) {
            isolated.look(ledger.isolatedPosition(bucket));
        }
        liquidationReports.ended(bucket, outcome);
        return true;
    }

    private boolean has(final int progress) {
        return (work.head(WorkQueue.PROGRESS) & progress) != 0;
    }

    private void note(final int progress) {
        work.head(WorkQueue.PROGRESS, work.head(WorkQueue.PROGRESS) | progress);
    }
}
