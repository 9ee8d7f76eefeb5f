package org.isochron.matcher.venue;

import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationOutcome;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.liquidation.ZeroPrice;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.LiquidationRules;

/**
 * Carries out liquidations (rulebook 8). A bucket's orders are cancelled and it is judged again. Then come rounds of
 * tranches: each position, largest maintenance margin first, is offered to its open book once, immediate or cancel at its
 * zero price, a small one whole, of a larger one a share; what is left waits for the next round. As soon as a bucket has
 * less than two thirds of its maintenance margin, where no positive price would do, and for what the offer of the whole
 * leaves some time after the first tranche, the position is taken over at cash b: by INSURANCE within its limits, then by
 * opposite positions in the order of the ranking, and if nobody can, by settling the market.
 *
 * <p>Nothing is offered where the book is not open, nothing is done while a mark of the bucket is not valid. When a batch
 * fills up, the next command goes on with the state it finds. INSURANCE itself is treated likewise once its equity is below
 * zero, but for the fund: opposite positions take all it holds in the asset.
 */
final class Liquidations {
    private static final int ORDERS_CANCELLED = 1;
    private static final int TAKEN_OVER = 2;
    private static final int CLOSED = 4;
    private static final int DELEVERAGED = 8;
    private static final int SETTLED = 16;

    private static final int NONE = -1;

    /**
     * Of an offer: LiquidationTranche, print, fee and the fund's movement; of a takeover: funding of both to settle, Takeover,
     * print, cash and the fund's two movements, collateral converted and paid for; settlement of a market; of a deficit
     * three events; LiquidationEnded.
     */
    private static final int CLOSING_EVENTS =
            4 + Settlement.EVENTS + 5 + 2 * Conversions.EVENTS + LastResort.EVENTS + 3 + 1;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final LiquidationRules rules;
    private final Margin margin;
    private final ZeroPrice zeroPrice;
    private final FundLimits limits;
    private final Counters counters;
    private final EventWriter events;
    private final Reports reports;
    private final LiquidationReports liquidationReports;
    private final OpenBooks openBooks;
    private final Cancels cancels;
    private final TrancheSweep sweep;
    private final Deleveraging deleveraging;
    private final LastResort lastResort;
    private final IsolatedMargin isolated;
    private final Conversions conversions;
    private final WorkQueue work;
    private final OpenLiquidations open;
    private final FundingSettlement funding;
    private final Tranche tranche = new Tranche();

    /** The liquidation gone on with. */
    private int row;

    private int bucket;

    Liquidations(
            final Ledger ledger,
            final Margin margin,
            final FundLimits limits,
            final Counters counters,
            final EventWriter events,
            final Reports reports,
            final LiquidationReports liquidationReports,
            final OpenBooks openBooks,
            final Cancels cancels,
            final TrancheSweep sweep,
            final Deleveraging deleveraging,
            final LastResort lastResort,
            final IsolatedMargin isolated,
            final Conversions conversions,
            final WorkQueue work,
            final OpenLiquidations open,
            final FundingSettlement funding) {
        this.ledger = ledger;
        this.margin = margin;
        this.limits = limits;
        this.counters = counters;
        this.events = events;
        this.reports = reports;
        this.liquidationReports = liquidationReports;
        this.openBooks = openBooks;
        this.cancels = cancels;
        this.sweep = sweep;
        this.deleveraging = deleveraging;
        this.lastResort = lastResort;
        this.isolated = isolated;
        this.conversions = conversions;
        this.work = work;
        this.open = open;
        this.funding = funding;
        instruments = ledger.instruments();
        positions = ledger.positions();
        rules = ledger.rules().liquidation();
        zeroPrice = new ZeroPrice(ledger, margin);
    }

    /** Whether as many liquidations more can be opened. */
    boolean hasRoomFor(final int count) {
        return open.hasRoomFor(count);
    }

    /** Opens the liquidation of a bucket that was judged last and found wanting; it waits for its turn: 1 event. */
    void begin(final int bucket, final long observedSequence) {
        liquidationReports.started(bucket, observedSequence);
        ledger.inLiquidation(bucket, true);
        work.pushLiquidation(open.open(bucket));
    }

    /** Most events a clock tick causes at once. */
    int tickEvents() {
        return ledger.assets().count();
    }

    /** A clock tick: liquidations whose time has come, or that must not wait any longer, go on; and the fund is judged. */
    void onClockTick() {
        for (int waiting = 0; waiting < open.used(); waiting++) {
            if (open.isWaiting(waiting) && isDue(waiting)) {
                open.resume(waiting);
                work.pushLiquidation(waiting);
            }
        }
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            final int fund = ledger.crossBucket(Ledger.INSURANCE, asset);
            if (!ledger.isInLiquidation(fund)) {
                margin.judge(fund);
                if (margin.equity() < 0 && margin.marksValid()) {
                    begin(fund, events.sequence());
                }
            }
        }
    }

    private boolean isDue(final int waiting) {
        if (open.dueNs(waiting) <= counters.nowNs()) {
            return true;
        }
        margin.judge(open.bucket(waiting));
        return margin.marksValid() && isBelowTwoThirds();
    }

    /** Goes on with the liquidation at the head; false when the batch filled up before its end. */
    boolean goOn() {
        row = (int) work.head(WorkQueue.SUBJECT);
        bucket = open.bucket(row);
        if (!has(ORDERS_CANCELLED)) {
            if (!cancels.ofBucket(bucket)) {
                return false;
            }
            open.note(row, ORDERS_CANCELLED);
        }
        if (open.round(row) == 0) {
            open.round(row, events.sequence());
        }
        return closePositions();
    }

    private boolean closePositions() {
        margin.judge(bucket);
        while (isFailing() && margin.openPositions() > 0) {
            if (!events.hasRoomFor(CLOSING_EVENTS + Matching.EVENTS_PER_TRADE)) {
                return false;
            }
            if (!margin.marksValid()) {
                return pause();
            }
            final boolean takesOver = isBelowTwoThirds();
            final int position = takesOver ? zeroPrice.nextPosition(bucket) : nextOffer();
            if (position == NONE) {
                return pause();
            }
            if (!(takesOver ? takeOver(position) : offer(position))) {
                return false;
            }
            margin.judge(bucket);
        }
        if (!events.hasRoomFor(CLOSING_EVENTS)) {
            return false;
        }
        if (isFailing()) {
            payDeficit();
        }
        return end();
    }

    /** The fund has no maintenance margin to keep: it fails when it has nothing left. */
    private boolean isFailing() {
        return isFund() ? margin.equity() < 0 : margin.isUnderwater();
    }

    private boolean isFund() {
        return ledger.bucketAccount(bucket) == Ledger.INSURANCE;
    }

    /** {@code 3 * E < 2 * MM}, which no product has to hold: E is a whole number. */
    private boolean isBelowTwoThirds() {
        return margin.equity() < margin.maintenance() - margin.maintenance() / 3;
    }

    private int nextOffer() {
        final long round = open.round(row);
        final int next = counters.isCancelOnly() ? NONE : zeroPrice.nextOffer(bucket, round);
        if (next != NONE && open.left(row) != 0 && positions.offered(next) != -round) {
            dropInterrupted(round);
        }
        return next;
    }

    /** The book of the tranche that a full batch interrupted is open no more: its rest waits for the next round. */
    private void dropInterrupted(final long round) {
        open.left(row, 0);
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (positions.offered(position) == -round && ledger.bucketOf(position) == bucket) {
                positions.offered(position, round);
            }
        }
    }

    /** Until the first of its positions may be offered again, or has to be offered whole. */
    private boolean pause() {
        final long nowNs = counters.nowNs();
        long dueNs = Long.MAX_VALUE;
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            if (positions.lots(position) != 0 && ledger.bucketOf(position) == bucket) {
                final int instrument = positions.instrument(position);
                dueNs = Math.min(dueNs, nowNs + rules.retryNs(instrument));
                final long wholeNs = open.firstNs(row) + rules.wholeAfterNs(instrument);
                if (open.firstNs(row) != 0 && wholeNs > nowNs) {
                    dueNs = Math.min(dueNs, wholeNs);
                }
            }
        }
        open.waitUntil(row, dueNs);
        return true;
    }

    // To the book

    /** One tranche; false when the batch filled up while the book still had something to give. */
    private boolean offer(final int position) {
        final int instrument = positions.instrument(position);
        final boolean isWhole = isOverdue(instrument);
        final long lots = trancheLots(position, instrument, isWhole);
        zeroPrice.judge(position, lots);
        if (zeroPrice.limitTicks() == ZeroPrice.NONE) {
            return takeOver(position);
        }
        if (open.firstNs(row) == 0) {
            open.firstNs(row, counters.nowNs());
        }
        final boolean buy = positions.lots(position) < 0;
        tranche.of(position, buy, zeroPrice.limitTicks(), lots, zeroPrice.cash());
        final boolean exhausted = sweep.run(tranche, CLOSING_EVENTS);
        settleTranche(instrument);
        open.note(row, CLOSED);
        final boolean isInterrupted = !exhausted && tranche.filledLots < lots;
        open.left(row, isInterrupted ? lots - tranche.filledLots : 0);
        positions.offered(position, isInterrupted ? -open.round(row) : open.round(row));
        return exhausted && (!isWhole || positions.lots(position) == 0 || takeOver(position));
    }

    private boolean isOverdue(final int instrument) {
        return open.firstNs(row) != 0 && counters.nowNs() - open.firstNs(row) >= rules.wholeAfterNs(instrument);
    }

    private long trancheLots(final int position, final int instrument, final boolean isWhole) {
        final long lots = Math.abs(positions.lots(position));
        if (!isWhole && positions.offered(position) == -open.round(row)) {
            return Math.min(lots, open.left(row));
        }
        final int scale = ledger.assets().scale(instruments.asset(instrument));
        return isWhole || Math.abs(margin.value(position)) <= rules.wholeNotional(instrument, scale)
                ? lots
                : Math.max(1, Margin.floorPpm(lots, rules.tranchePpm(instrument)));
    }

    private void settleTranche(final int instrument) {
        final long fee = tranche.fee(instruments.liquidationFeePpm(instrument));
        liquidationReports.tranche(tranche, fee);
        if (fee > 0) {
            ledger.transfer(bucket, insurance(), fee);
            reports.balanceChanged(bucket, -fee, BalanceReason.LIQUIDATION_FEE);
        }
        if (tranche.filledLots != 0) {
            openBooks.print(
                    instrument, LiquidationPrintKind.TRANCHE, tranche.buy, tranche.filledLots, tranche.received);
        }
        openBooks.fundMoved(instruments.asset(instrument), instrument, InsuranceReason.LIQUIDATION_FEE);
    }

    // Away from the book

    /** Everything of a position goes at cash b; false when the batch filled up before all of it had found somebody. */
    private boolean takeOver(final int position) {
        zeroPrice.judge(position);
        final long cash = zeroPrice.cash();
        final long all = Math.abs(positions.lots(position));
        final long taken = isFund() ? 0 : limits.takes(position, cash, counters.nowNs());
        if (taken > 0) {
            toFund(position, taken, cash, all);
        }
        if (taken == all) {
            return true;
        }
        final int instrument = positions.instrument(position);
        final long closed = deleveraging.run(position, all - taken, cash, taken, all, CLOSING_EVENTS);
        if (closed > 0) {
            open.note(row, DELEVERAGED);
        }
        if (taken + closed == all) {
            return true;
        }
        if (!deleveraging.isExhausted()) {
            return false;
        }
        open.note(row, SETTLED);
        lastResort.settle(instrument);
        // What that has done to everybody is told before anything else is done.
        return false;
    }

    private void toFund(final int position, final long taken, final long cash, final long all) {
        final int instrument = positions.instrument(position);
        final int fund = ledger.position(Ledger.INSURANCE, instrument);
        final boolean isLong = positions.lots(position) > 0;
        final long paid = ZeroPrice.share(cash, taken, all);
        limits.took(taken, counters.nowNs());
        funding.settle(fund);
        openBooks.fundMoved(instruments.asset(instrument), instrument, InsuranceReason.FUNDING);
        funding.settle(position);
        // The fund buys lots for cash; with a short, it "buys" fewer than none for less than nothing.
        ledger.trade(fund, position, isLong ? taken : -taken, paid);
        open.note(row, TAKEN_OVER);
        liquidationReports.takeover(position, fund, paid, isLong ? taken : -taken);
        reports.balanceChanged(bucket, paid, BalanceReason.TAKEOVER);
        openBooks.fundTraded(instrument, InsuranceReason.TAKEOVER);
        openBooks.print(instrument, LiquidationPrintKind.TAKEOVER, !isLong, taken, paid);
        conversions.convert(bucket);
    }

    /** What a bucket without positions owes: INSURANCE pays what it can, the rest is shared out. */
    private void payDeficit() {
        final int asset = ledger.bucketAsset(bucket);
        final long deficit = -margin.equity();
        final long paid = isFund() ? 0 : Math.min(deficit, limits.payable(asset));
        if (paid > 0) {
            ledger.transfer(insurance(), bucket, paid);
            open.note(row, TAKEN_OVER);
            if (ledger.isIsolated(bucket)) {
                limits.draw(ledger.bucketInstrument(bucket), paid, counters.nowNs());
            }
            liquidationReports.deficitPaid(bucket, paid);
            reports.balanceChanged(bucket, paid, BalanceReason.DEFICIT);
            openBooks.fundMoved(asset, OpenBooks.NO_INSTRUMENT, InsuranceReason.DEFICIT);
        }
        if (paid < deficit) {
            open.note(row, SETTLED);
            lastResort.payDeficit(bucket);
        }
        margin.judge(bucket);
    }

    private int insurance() {
        return ledger.crossBucket(Ledger.INSURANCE, ledger.bucketAsset(bucket));
    }

    private boolean end() {
        if (!events.hasRoomFor(1)) {
            return false;
        }
        ledger.inLiquidation(bucket, false);
        if (ledger.isIsolated(bucket)) {
            isolated.look(ledger.isolatedPosition(bucket));
        }
        liquidationReports.ended(bucket, outcome());
        open.close(row);
        return true;
    }

    private LiquidationOutcome outcome() {
        if (has(SETTLED)) {
            return LiquidationOutcome.SETTLED;
        }
        if (has(DELEVERAGED)) {
            return LiquidationOutcome.DELEVERAGED;
        }
        if (has(TAKEN_OVER)) {
            return LiquidationOutcome.TAKEN_OVER;
        }
        return has(CLOSED) ? LiquidationOutcome.CLOSED_IN_MARKET : LiquidationOutcome.CURED;
    }

    private boolean has(final int progress) {
        return open.has(row, progress);
    }
}
