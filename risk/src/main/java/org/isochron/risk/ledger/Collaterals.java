package org.isochron.risk.ledger;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Which assets may stand in as margin for another, and who has pledged how much of them (rulebook 7). A pledged balance is in
 * no bucket's cash: it lies with one account and one definition, and counts in that account's cross margin of the settlement
 * asset. Part of the ledger. All amounts are quanta, of the pledged asset unless said otherwise.
 *
 * <p>A quantum at an index of {@code t} ticks is worth {@code t * N / D} settlement quanta, haircut taken off: N is {@code
 * tickSize * 10^settlement scale * (1e6 - haircut)}, D {@code 10^(asset scale + 9 + 6)}, both without their common divisor.
 */
public final class Collaterals implements StateOwner {
    /** Definitions a venue can have. */
    public static final int CAPACITY = 16;

    /** No definition, no pledge. */
    public static final int NONE = -1;

    public static final int WHOLE_PPM = 1_000_000;

    /** Decimals of a price and of a ppm. */
    private static final int PRICE_AND_PPM_DECIMALS = 15;

    private static final int ASSET = 0;
    private static final int SETTLE_ASSET = 1;
    private static final int INSTRUMENT = 2;
    private static final int CAP = 3;
    private static final int DRAW_CAP = 4;
    private static final int DRAWN = 5;
    private static final int HAIRCUT = 6;
    private static final int FACTOR = 7;
    private static final int DIVISOR = 8;
    private static final int FIRST_PLEDGE = 9;
    private static final int DEFINITION_FIELDS = 10;

    private static final int ACCOUNT = 0;
    private static final int DEFINITION = 1;
    private static final int BALANCE = 2;
    private static final int NEXT_OF_ACCOUNT = 3;
    private static final int NEXT_OF_DEFINITION = 4;
    /** Time since which the bucket has owed more than it has without its collateral, 0 while it has not. */
    private static final int SHORT_SINCE = 5;

    private static final int PLEDGE_FIELDS = 6;

    private final StateTable definitions = new StateTable("collaterals", CAPACITY, DEFINITION_FIELDS);
    private final PairIndex definitionByAssets = new PairIndex(definitions, ASSET, SETTLE_ASSET);
    private final StateTable pledges;
    private final PairIndex pledgeByPair;

    private long factor;
    private long divisor;

    Collaterals(final int capacity) {
        pledges = new StateTable("pledges", capacity, PLEDGE_FIELDS);
        pledgeByPair = new PairIndex(pledges, ACCOUNT, DEFINITION);
    }

    void resize(final int capacity) {
        pledges.resize(capacity);
        pledgeByPair.resize();
    }

    // Definitions

    public int count() {
        return definitionByAssets.size();
    }

    public boolean isFull() {
        return count() == CAPACITY;
    }

    /** Slot of the definition, or {@link #NONE}. */
    public int find(final int asset, final int settleAsset) {
        return definitionByAssets.find(asset, settleAsset);
    }

    /**
     * Whether a balance of {@code cap} would be worth more than {@code largest} settlement quanta at some price up to {@code
     * maxTicks}, or the arithmetic of it would not fit.
     */
    public boolean overflows(
            final long tickSize,
            final int scale,
            final int settleScale,
            final int haircutPpm,
            final long cap,
            final long maxTicks,
            final long largest) {
        if (!reduce(tickSize, scale, settleScale, haircutPpm)) {
            return true;
        }
        if (Math.multiplyHigh(maxTicks, factor) != 0 || maxTicks * factor < 0) {
            return true;
        }
        // cap * ticks * N / D <= largest, asked without the quotient: it might not fit.
        return FixedPoint.compareProducts(cap, Math.max(1, maxTicks * factor), largest, divisor) > 0;
    }

    /** Works out N and D; false when they do not fit 63 bits. */
    private boolean reduce(final long tickSize, final int scale, final int settleScale, final int haircutPpm) {
        // Powers of ten that both have go first.
        final int common = Math.min(settleScale, scale);
        final long scaleUp = FixedPoint.powerOfTen(settleScale - common);
        int downBy = scale - common + PRICE_AND_PPM_DECIMALS;
        long numerator = WHOLE_PPM - haircutPpm;
        if (Math.multiplyHigh(tickSize, numerator) != 0 || tickSize * numerator < 0) {
            return false;
        }
        numerator *= tickSize;
        if (Math.multiplyHigh(numerator, scaleUp) != 0 || numerator * scaleUp < 0) {
            return false;
        }
        numerator *= scaleUp;
        while (downBy > FixedPoint.MAX_DECIMALS && numerator % 10 == 0) {
            numerator /= 10;
            downBy--;
        }
        if (downBy > FixedPoint.MAX_DECIMALS) {
            return false;
        }
        final long denominator = FixedPoint.powerOfTen(downBy);
        final long gcd = numerator == 0 ? denominator : commonDivisor(numerator, denominator);
        factor = numerator / gcd;
        divisor = denominator / gcd;
        return true;
    }

    private static long commonDivisor(final long first, final long second) {
        long a = first;
        long b = second;
        while (b != 0) {
            final long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** Lists a definition, or replaces haircut and caps of the one for these assets; the caller has checked its terms. */
    void define(
            final int asset,
            final int settleAsset,
            final int instrument,
            final long cap,
            final long drawCap,
            final int haircutPpm,
            final long tickSize,
            final int scale,
            final int settleScale) {
        reduce(tickSize, scale, settleScale, haircutPpm);
        final int known = find(asset, settleAsset);
        final int slot = known == NONE ? count() : known;
        definitions.set(slot, ASSET, asset);
        definitions.set(slot, SETTLE_ASSET, settleAsset);
        definitions.set(slot, INSTRUMENT, instrument);
        definitions.set(slot, CAP, cap);
        definitions.set(slot, DRAW_CAP, drawCap);
        definitions.set(slot, DRAWN, 0);
        definitions.set(slot, HAIRCUT, haircutPpm);
        definitions.set(slot, FACTOR, factor);
        definitions.set(slot, DIVISOR, divisor);
        if (known == NONE) {
            definitionByAssets.insert(slot);
        }
    }

    public int asset(final int definition) {
        return definitions.getInt(definition, ASSET);
    }

    public int settleAsset(final int definition) {
        return definitions.getInt(definition, SETTLE_ASSET);
    }

    /** Instrument whose index prices the asset. */
    public int instrument(final int definition) {
        return definitions.getInt(definition, INSTRUMENT);
    }

    /** Whether some asset is priced by the index of the instrument. */
    public boolean isPricedBy(final int instrument) {
        for (int definition = 0; definition < count(); definition++) {
            if (instrument(definition) == instrument) {
                return true;
            }
        }
        return false;
    }

    public int haircutPpm(final int definition) {
        return definitions.getInt(definition, HAIRCUT);
    }

    /** What INSURANCE may still pay for collateral of the definition, settlement quanta. */
    public long drawLeft(final int definition) {
        return definitions.get(definition, DRAW_CAP) - definitions.get(definition, DRAWN);
    }

    /** What it has paid, settlement quanta. */
    public long drawn(final int definition) {
        return definitions.get(definition, DRAWN);
    }

    void draw(final int definition, final long amount) {
        definitions.add(definition, DRAWN, amount);
    }

    /** What a balance counts at an index, at most the definition's cap of it; settlement quanta. */
    public long credit(final int definition, final long balance, final long indexTicks) {
        return worth(definition, Math.min(balance, definitions.get(definition, CAP)), indexTicks);
    }

    /** What all of a balance is worth at an index, haircut taken off, rounded down; settlement quanta. */
    public long worth(final int definition, final long balance, final long indexTicks) {
        return FixedPoint.mulDivFloor(
                balance, indexTicks * definitions.get(definition, FACTOR), definitions.get(definition, DIVISOR));
    }

    /** The least balance worth so many settlement quanta; only where a quantum of it is worth anything. */
    public long balanceWorth(final int definition, final long settleQuanta, final long indexTicks) {
        return FixedPoint.mulDivCeil(
                settleQuanta, definitions.get(definition, DIVISOR), indexTicks * definitions.get(definition, FACTOR));
    }

    // Pledges

    public int pledgeCount() {
        return pledgeByPair.size();
    }

    public boolean isFullOfPledges() {
        return pledgeCount() == pledges.rows();
    }

    /** Row of the pair, or {@link #NONE} when it was never used. */
    public int findPledge(final int account, final int definition) {
        return pledgeByPair.find(account, definition);
    }

    int addPledge(final int account, final int definition, final int nextOfAccount) {
        final int pledge = pledgeCount();
        pledges.set(pledge, ACCOUNT, account);
        pledges.set(pledge, DEFINITION, definition);
        pledges.set(pledge, NEXT_OF_ACCOUNT, nextOfAccount + 1L);
        pledges.set(pledge, NEXT_OF_DEFINITION, definitions.get(definition, FIRST_PLEDGE));
        definitions.set(definition, FIRST_PLEDGE, pledge + 1L);
        pledgeByPair.insert(pledge);
        return pledge;
    }

    public int account(final int pledge) {
        return pledges.getInt(pledge, ACCOUNT);
    }

    public int definition(final int pledge) {
        return pledges.getInt(pledge, DEFINITION);
    }

    /** Pledged, not negative. */
    public long balance(final int pledge) {
        return pledges.get(pledge, BALANCE);
    }

    void balance(final int pledge, final long balance) {
        pledges.set(pledge, BALANCE, balance);
    }

    /** Next pledge of the same account, or {@link #NONE}. */
    public int nextOfAccount(final int pledge) {
        return pledges.getInt(pledge, NEXT_OF_ACCOUNT) - 1;
    }

    /** Newest pledge of a definition, or {@link #NONE}. */
    public int firstOfDefinition(final int definition) {
        return definitions.getInt(definition, FIRST_PLEDGE) - 1;
    }

    /** Next pledge of the same definition, or {@link #NONE}. */
    public int nextOfDefinition(final int pledge) {
        return pledges.getInt(pledge, NEXT_OF_DEFINITION) - 1;
    }

    /** Time since which the pledge's bucket has been short without its collateral, ns; 0 while it is not. */
    public long shortSinceNs(final int pledge) {
        return pledges.get(pledge, SHORT_SINCE);
    }

    public void shortSinceNs(final int pledge, final long sinceNs) {
        pledges.set(pledge, SHORT_SINCE, sinceNs);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(definitions);
        visitor.part(definitionByAssets);
        visitor.part(pledges);
        visitor.part(pledgeByPair);
    }
}
