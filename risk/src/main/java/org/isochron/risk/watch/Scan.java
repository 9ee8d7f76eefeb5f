package org.isochron.risk.watch;

import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.MarkChanges;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.state.Capacities;

/**
 * What has to be judged, and the judging of it, in bounded slices over flat arrays. {@link Margin} alone says whether a
 * bucket is under water; when it has, every position of the bucket is given the moves of mark and funding index under which
 * that cannot change (see {@link org.isochron.risk.margin.SafeMoves}). A change of a mark then costs two comparisons for each holder of the
 * instrument, and a judgement for those that are out of their safe moves. Everything else that changes a bucket touches it:
 * it is judged, whatever its moves were.
 *
 * <p>Work comes in rounds. What arrives while a round runs belongs to the next one.
 */
final class Scan {
    /** Cost of a duty cycle at most, in looks at a holder; one look is about a nanosecond. */
    static final int SLICE = 32_768;

    /** What a judgement costs, in looks. */
    private static final int JUDGEMENT = 384;
    /** What each position of a judged bucket costs on top of it. */
    private static final int POSITION = 96;

    private static final int NONE = -1;

    private final Ledger ledger;
    private final Marks marks;
    private final Margin margin;
    private final Proposals proposals;
    private final ScanRange range;
    private final Instruments instruments;
    private final Positions positions;
    private final Collaterals collaterals;
    private final Holders holders;

    private BucketQueue touched;
    private BucketQueue touchedNext;
    /** Instruments whose mark, its validity or whose funding index has changed. */
    private BucketQueue moved;

    private BucketQueue movedNext;
    /** Instruments whose rules have changed: no holder's safe moves hold any more. */
    private BucketQueue ruled;

    private BucketQueue ruledNext;
    /** Collateral definitions whose terms or index have changed. */
    private BucketQueue revalued = new BucketQueue(Collaterals.CAPACITY);

    private BucketQueue revaluedNext = new BucketQueue(Collaterals.CAPACITY);

    /** The instrument walked over, and the place that the walk, downwards, has come to. */
    private int instrument = NONE;

    private int end;
    private Walk walk = Walk.MARK;
    private int pledge = Collaterals.NONE;

    /** Number of the last change of a mark seen. */
    private long seenChange;
    /** By instrument: the funding index its holders were last compared with. */
    private final long[] walkedIndex;

    private int cost;
    private long judged;

    /** What a walk over the holders of an instrument looks at. */
    private enum Walk {
        MARK,
        INDEX,
        RULES
    }

    Scan(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final Proposals proposals,
            final ScanRange range) {
        this.ledger = ledger;
        this.marks = marks;
        this.margin = margin;
        this.proposals = proposals;
        this.range = range;
        instruments = ledger.instruments();
        positions = ledger.positions();
        collaterals = ledger.collaterals();
        final Capacities capacities = ledger.capacities();
        final int buckets = ledger.bucketHandles();
        holders = new Holders(capacities.instruments(), capacities.positions());
        walkedIndex = new long[capacities.instruments()];
        touched = new BucketQueue(buckets);
        touchedNext = new BucketQueue(buckets);
        moved = new BucketQueue(capacities.instruments());
        movedNext = new BucketQueue(capacities.instruments());
        ruled = new BucketQueue(capacities.instruments());
        ruledNext = new BucketQueue(capacities.instruments());
    }

    // What is to be judged

    /** Everybody who owns or owes anything: what happened before was not seen. */
    void touchEverybody() {
        for (int account = Ledger.SYSTEM_ACCOUNTS; account < ledger.accountCount(); account++) {
            for (int asset = 0; asset < ledger.assets().count(); asset++) {
                final int bucket = ledger.crossBucket(account, asset);
                if (ledger.cash(bucket) != 0) {
                    touch(bucket);
                }
            }
        }
        for (int position = 0; position < positions.count(); position++) {
            touch(ledger.bucketOf(position));
        }
    }

    /** The bucket is judged in the next round, if it is in range. */
    void touch(final int bucket) {
        if (isInRange(ledger.bucketAccount(bucket))) {
            touchedNext.add(bucket);
        }
    }

    private boolean isInRange(final int account) {
        return account >= Ledger.SYSTEM_ACCOUNTS && range.contains(ledger.accountId(account));
    }

    /** Sees which marks and funding indices have changed since it last looked. */
    void followMarks() {
        final MarkChanges changes = marks.changes();
        if (changes.count() == seenChange) {
            return;
        }
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            for (int changed = changes.newest(asset);
                    changed != MarkChanges.NONE && changes.changedAt(changed) > seenChange;
                    changed = changes.older(changed)) {
                movedNext.add(changed);
            }
        }
        seenChange = changes.count();
    }

    /** Rules of the instrument have changed. */
    void rulesChanged(final int changed) {
        ruledNext.add(changed);
    }

    /** The index of the instrument has changed: what it prices as collateral counts differently. */
    void indexChanged(final int changed) {
        for (int definition = 0; definition < collaterals.count(); definition++) {
            if (collaterals.instrument(definition) == changed) {
                revaluedNext.add(definition);
            }
        }
    }

    /** What some asset counts as collateral is defined anew. */
    void collateralChanged() {
        for (int definition = 0; definition < collaterals.count(); definition++) {
            revaluedNext.add(definition);
        }
    }

    /** Buckets to be judged in the next round. */
    BucketQueue touchedNext() {
        return touchedNext;
    }

    // Rounds

    /** Whether there is something for another round. */
    boolean isDue() {
        return !touchedNext.isEmpty() || !movedNext.isEmpty() || !ruledNext.isEmpty() || !revaluedNext.isEmpty();
    }

    /** Begins a round with all that has come up so far; the one before is over. */
    void begin() {
        judged = 0;
        final BucketQueue noneTouched = touched;
        touched = touchedNext;
        touchedNext = noneTouched;
        final BucketQueue noneMoved = moved;
        moved = movedNext;
        movedNext = noneMoved;
        final BucketQueue noneRuled = ruled;
        ruled = ruledNext;
        ruledNext = noneRuled;
        final BucketQueue noneRevalued = revalued;
        revalued = revaluedNext;
        revaluedNext = noneRevalued;
    }

    /** Whether everything of the round is judged. */
    boolean isOver() {
        return touched.isEmpty()
                && moved.isEmpty()
                && ruled.isEmpty()
                && revalued.isEmpty()
                && instrument == NONE
                && pledge == Collaterals.NONE;
    }

    /** Holders and buckets judged in this round, by their safe moves or by Margin. */
    long judged() {
        return judged;
    }

    /** Judges for one duty cycle; returns what was done, 0 when nothing was left. */
    int slice() {
        cost = 0;
        while (cost < SLICE && !touched.isEmpty()) {
            judge(touched.poll());
        }
        while (cost < SLICE && (instrument != NONE || nextInstrument())) {
            walk();
        }
        while (cost < SLICE && (pledge != Collaterals.NONE || nextDefinition())) {
            judgePledge();
        }
        return cost;
    }

    private boolean nextInstrument() {
        if (!ruled.isEmpty()) {
            start(ruled.poll(), Walk.RULES);
        } else if (!moved.isEmpty()) {
            start(moved.poll(), Walk.MARK);
        } else {
            return false;
        }
        return true;
    }

    private void start(final int next, final Walk over) {
        instrument = next;
        walk = over;
        end = holders.of(next).size();
    }

    private void walk() {
        final HolderList list = holders.of(instrument);
        end = Math.min(end, list.size());
        if (end == 0) {
            endWalk();
            return;
        }
        final int lowest = Math.max(0, end - (SLICE - cost));
        final int place = next(list, lowest);
        final int looks = end - Math.max(place, lowest);
        cost += looks;
        judged += looks;
        end = Math.max(place, lowest);
        if (place != HolderList.NONE) {
            judgeBucket(ledger.bucketOf(list.position(place)));
        }
    }

    /** The next holder whose bucket is to be judged, or {@link HolderList#NONE}. */
    private int next(final HolderList list, final int lowest) {
        return switch (walk) {
            case MARK -> list.lastBeyondMark(marks.markTicks(instrument), lowest, end);
            case INDEX -> list.lastBeyondIndex(ledger.funding().index(instrument), lowest, end);
            case RULES -> end - 1;
        };
    }

    private void endWalk() {
        cost++;
        final long index = ledger.funding().index(instrument);
        if (walk == Walk.MARK && index != walkedIndex[instrument]) {
            walkedIndex[instrument] = index;
            start(instrument, Walk.INDEX);
        } else {
            instrument = NONE;
        }
    }

    private boolean nextDefinition() {
        if (revalued.isEmpty()) {
            return false;
        }
        pledge = collaterals.firstOfDefinition(revalued.poll());
        // Of an empty list too: what is done is never nothing, as long as there is something to do.
        cost++;
        return true;
    }

    private void judgePledge() {
        if (pledge == Collaterals.NONE) {
            return;
        }
        final int account = collaterals.account(pledge);
        if (isInRange(account)) {
            judge(ledger.crossBucket(account, collaterals.settleAsset(collaterals.definition(pledge))));
        }
        cost++;
        pledge = collaterals.nextOfDefinition(pledge);
    }

    // Judging

    private void judge(final int bucket) {
        judged++;
        judgeBucket(bucket);
    }

    private void judgeBucket(final int bucket) {
        cost++;
        if (ledger.isInLiquidation(bucket)) {
            proposals.remove(bucket);
            return;
        }
        if (proposals.isAwaited(bucket)) {
            return;
        }
        cost += JUDGEMENT;
        margin.judge(bucket);
        final long spare = margin.spare();
        if (spare < 0 && margin.marksValid()) {
            proposals.put(bucket, -spare);
        } else {
            proposals.remove(bucket);
        }
        if (ledger.isIsolated(bucket)) {
            hold(ledger.isolatedPosition(bucket), spare);
        } else {
            holdAll(bucket, spare);
        }
    }

    private void holdAll(final int bucket, final long spare) {
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position != NONE;
                position = positions.nextOfAccount(position)) {
            if (ledger.bucketOf(position) == bucket) {
                hold(position, spare);
            }
        }
    }

    private void hold(final int position, final long spare) {
        cost += POSITION;
        final int held = positions.instrument(position);
        if (positions.lots(position) == 0) {
            holders.remove(position, held);
        } else {
            margin.safeMoves().of(position, spare, margin.notional());
            holders.put(position, held, margin.safeMoves());
        }
    }
}
