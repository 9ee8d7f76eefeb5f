package org.isochron.matcher.venue;

import org.isochron.codecs.InsuranceReason;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.liquidation.FundLimits;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/**
 * Turns pledged collateral into the settlement asset its owner is missing (rulebook 7): when equity without the credit of
 * collateral has been below zero for more than a minute, and at once when INSURANCE takes over a position. INSURANCE pays
 * what is missing and receives collateral at index less haircut, the least that is worth it; lowest haircut first, then
 * lowest asset id, inside the draw cap of each definition and what the fund can pay. What that leaves is the bucket's deficit.
 * While an index is not valid nothing is converted at it.
 */
final class Conversions {
    /** Most events of one conversion: for each definition that it was converted, and both movements of the fund. */
    static final int EVENTS = 3 * Collaterals.CAPACITY;

    private static final long LONGEST_SHORT_NS = 60_000_000_000L;
    /** Room left for whatever else a clock tick tells. */
    private static final int KEPT_EVENTS = 2_048;
    /** Pledges looked at by one clock tick. */
    private static final int LOOKS_PER_TICK = 256;

    private final Ledger ledger;
    private final Collaterals collaterals;
    private final Marks marks;
    private final Margin margin;
    private final Counters counters;
    private final EventWriter events;
    private final Reports reports;
    private final FundLimits limits;
    private final OpenBooks openBooks;

    Conversions(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final Counters counters,
            final EventWriter events,
            final Reports reports,
            final FundLimits limits,
            final OpenBooks openBooks) {
        this.limits = limits;
        this.openBooks = openBooks;
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        this.counters = counters;
        this.events = events;
        this.reports = reports;
        collaterals = ledger.collaterals();
    }

    /** A clock tick: the pledges whose turn it is are looked at, as far as the batch has room. */
    void onClockTick() {
        final int count = collaterals.pledgeCount();
        final int looks = Math.min(count, LOOKS_PER_TICK);
        for (int i = 0; i < looks && events.hasRoomFor(EVENTS + KEPT_EVENTS); i++) {
            final int pledge = (int) (counters.nextPledgeLook() % count);
            look(pledge);
        }
    }

    private void look(final int pledge) {
        final int bucket = bucketOf(pledge);
        if (collaterals.balance(pledge) == 0 || !isShort(bucket)) {
            collaterals.shortSinceNs(pledge, 0);
        } else if (collaterals.shortSinceNs(pledge) == 0) {
            collaterals.shortSinceNs(pledge, counters.nowNs());
        } else if (counters.nowNs() - collaterals.shortSinceNs(pledge) > LONGEST_SHORT_NS && margin.marksValid()) {
            convert(bucket);
        }
    }

    private int bucketOf(final int pledge) {
        return ledger.crossBucket(collaterals.account(pledge), collaterals.settleAsset(collaterals.definition(pledge)));
    }

    private boolean isShort(final int bucket) {
        margin.judge(bucket);
        return margin.equity() - margin.credit() < 0;
    }

    /** Pays what the bucket is missing without its collateral; at most {@link #EVENTS}. */
    void convert(final int bucket) {
        if (ledger.isIsolated(bucket) || !isShort(bucket)) {
            return;
        }
        long missing = margin.credit() - margin.equity();
        int last = Collaterals.NONE;
        for (int pledge = nextPledge(bucket, last);
                missing > 0 && pledge != Collaterals.NONE;
                pledge = nextPledge(bucket, last)) {
            missing -= convert(pledge, missing);
            last = collaterals.definition(pledge);
        }
    }

    /** The bucket's pledge that comes after a definition's in the order of conversion. */
    private int nextPledge(final int bucket, final int after) {
        int next = Collaterals.NONE;
        for (int pledge = ledger.firstPledge(ledger.bucketAccount(bucket));
                pledge != Collaterals.NONE;
                pledge = collaterals.nextOfAccount(pledge)) {
            final int definition = collaterals.definition(pledge);
            if (bucketOf(pledge) == bucket
                    && (after == Collaterals.NONE || precedes(after, definition))
                    && (next == Collaterals.NONE || precedes(definition, collaterals.definition(next)))) {
                next = pledge;
            }
        }
        return next;
    }

    private boolean precedes(final int one, final int other) {
        final int haircut = collaterals.haircutPpm(one);
        final int otherHaircut = collaterals.haircutPpm(other);
        return haircut < otherHaircut
                || haircut == otherHaircut
                        && ledger.assets().id(collaterals.asset(one))
                                < ledger.assets().id(collaterals.asset(other));
    }

    /** Returns what INSURANCE has paid: nothing while nobody knows what the collateral is worth. */
    private long convert(final int pledge, final long missing) {
        final int definition = collaterals.definition(pledge);
        final int instrument = collaterals.instrument(definition);
        if (!marks.isValid(instrument)) {
            return 0;
        }
        final long index = marks.indexTicks(instrument);
        final long worth = collaterals.worth(definition, collaterals.balance(pledge), index);
        final int settleAsset = collaterals.settleAsset(definition);
        final long paid = Math.min(
                Math.min(missing, worth), Math.min(collaterals.drawLeft(definition), limits.payable(settleAsset)));
        if (paid <= 0) {
            return 0;
        }
        final long amount = collaterals.balanceWorth(definition, paid, index);
        ledger.convert(pledge, amount, paid);
        reports.collateralConverted(pledge, amount, paid, index);
        openBooks.fundMoved(settleAsset, OpenBooks.NO_INSTRUMENT, InsuranceReason.COLLATERAL);
        openBooks.fundMoved(collaterals.asset(definition), OpenBooks.NO_INSTRUMENT, InsuranceReason.COLLATERAL);
        return paid;
    }
}
