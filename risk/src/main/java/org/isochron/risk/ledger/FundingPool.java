package org.isochron.risk.ledger;

import org.isochron.risk.state.InvariantViolation;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Funding between the longs and the shorts of each instrument, settled lazily and to the last unit (rulebook 6). A tick of
 * the cumulative index costs the same however many hold the instrument; what a position owes for it passes between its
 * account and FUNDING_POOL when the account is touched. Part of the ledger.
 *
 * <p>Per instrument the pool holds {@code sum of q * (F - f)} over all settlements, 128 bits. As long as nobody's lots
 * change while its f lags behind, that equals {@code A = sum over all positions of q * f}, for lots sum to zero. A is kept
 * where lots and f are written, so the comparison can fail.
 *
 * <p>The cash of FUNDING_POOL in an asset, in units, less the fraction kept here, is the sum of its instruments' pools: a
 * settlement rounds the account's share down and leaves the rest in the fraction, which gives a quantum to ROUNDING
 * whenever it has grown to a whole one.
 */
public final class FundingPool implements StateOwner {
    private static final int INDEX = 0;
    private static final int POOL_HIGH = 1;
    private static final int POOL_LOW = 2;
    private static final int FIELDS = 3;

    private final StateTable instruments;
    /** Per asset: units below a quantum that settlements have left over. */
    private final StateTable fractions;
    /** Derived: A of every instrument. */
    private final WideSums held;

    private int unequalInstruments;

    FundingPool(final int instrumentCapacity, final int assetCapacity) {
        instruments = new StateTable("fundingPool", instrumentCapacity, FIELDS);
        fractions = new StateTable("fundingFractions", assetCapacity, 1);
        held = new WideSums(instrumentCapacity);
    }

    void resize(final int instrumentCapacity, final int assetCapacity) {
        instruments.resize(instrumentCapacity);
        fractions.resize(assetCapacity);
        held.resize(instrumentCapacity);
    }

    /** F: what a long lot has paid since ever, in units of {@link FundingScale}. */
    public long index(final int instrument) {
        return instruments.get(instrument, INDEX);
    }

    /**
     * Longs pay that much a lot to shorts, or receive it when negative.
     *
     * @param delta units; whoever sets the rates bounds them so that the index fits 63 bits.
     */
    public void advance(final int instrument, final long delta) {
        instruments.set(instrument, INDEX, Math.addExact(index(instrument), delta));
    }

    /** High 64 bits of what the pool holds of an instrument, units. */
    public long poolHigh(final int instrument) {
        return instruments.get(instrument, POOL_HIGH);
    }

    /** Low 64 bits of what the pool holds of an instrument, units. */
    public long poolLow(final int instrument) {
        return instruments.get(instrument, POOL_LOW);
    }

    /** Units below a quantum of the asset, on their way from FUNDING_POOL to ROUNDING. */
    public long fraction(final int asset) {
        return fractions.get(asset, 0);
    }

    /** Lots that last settled at {@code from} have settled at {@code to}. */
    void settled(final int instrument, final long lots, final long from, final long to) {
        final boolean equal = isEqual(instrument);
        final long low = FundingScale.low(lots, from, to);
        final long before = poolLow(instrument);
        instruments.set(instrument, POOL_LOW, before - low);
        final long borrow = Long.compareUnsigned(before, low) < 0 ? 1 : 0;
        instruments.add(instrument, POOL_HIGH, -FundingScale.high(lots, from, to) - borrow);
        count(instrument, equal);
    }

    /** Keeps what a settlement has cut off; returns whether that makes a whole quantum, which is taken out again. */
    boolean keep(final int asset, final long units) {
        final long sum = fraction(asset) + units;
        fractions.set(asset, 0, sum & FundingScale.UNITS - 1);
        return sum >= FundingScale.UNITS;
    }

    /** A grows by {@code lots * index}: lots of a position at that index change, or lots stay and the index does. */
    void hold(final int instrument, final long lots, final long index) {
        if (lots != 0 && index != 0) {
            final boolean equal = isEqual(instrument);
            held.addProduct(instrument, lots, index);
            count(instrument, equal);
        }
    }

    private boolean isEqual(final int instrument) {
        return held.low(instrument) == poolLow(instrument) && held.high(instrument) == poolHigh(instrument);
    }

    private void count(final int instrument, final boolean wasEqual) {
        if (wasEqual != isEqual(instrument)) {
            unequalInstruments += wasEqual ? 1 : -1;
        }
    }

    int unequalInstruments() {
        return unequalInstruments;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(instruments);
        visitor.part(fractions);
    }

    /** Works out A anew: the positions have come from a snapshot, and so have the pools. */
    void rebuild(final Positions positions) {
        held.resize(instruments.rows());
        for (int at = 0; at < positions.count(); at++) {
            held.addProduct(positions.instrument(at), positions.lots(at), positions.fundingIndex(at));
        }
        unequalInstruments = 0;
        for (int instrument = 0; instrument < instruments.rows(); instrument++) {
            unequalInstruments += isEqual(instrument) ? 0 : 1;
        }
    }

    /** Compares A with a walk over all positions, and the cash of FUNDING_POOL with the pools of its asset. */
    void verify(final Ledger ledger) {
        final Positions positions = ledger.positions();
        final WideSums walked = new WideSums(instruments.rows());
        for (int at = 0; at < positions.count(); at++) {
            walked.addProduct(positions.instrument(at), positions.lots(at), positions.fundingIndex(at));
        }
        final WideSums pools = new WideSums(fractions.rows());
        for (int instrument = 0; instrument < ledger.instruments().count(); instrument++) {
            if (walked.low(instrument) != held.low(instrument)
                    || walked.high(instrument) != held.high(instrument)
                    || !isEqual(instrument)) {
                throw new InvariantViolation("instrument slot " + instrument + ": funding owed since index 0 is "
                        + text(walked, instrument) + ", running total " + text(held, instrument) + ", its pool holds "
                        + Long.toHexString(poolHigh(instrument)) + ":" + Long.toHexString(poolLow(instrument)));
            }
            pools.add(ledger.instruments().asset(instrument), poolHigh(instrument), poolLow(instrument));
        }
        verifyCash(ledger, pools);
    }

    private void verifyCash(final Ledger ledger, final WideSums pools) {
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            pools.add(asset, 0, fraction(asset));
            final long cash = ledger.cash(ledger.crossBucket(Ledger.FUNDING_POOL, asset));
            if (pools.high(asset) != cash >> Long.SIZE - FundingScale.BITS
                    || pools.low(asset) != cash << FundingScale.BITS) {
                throw new InvariantViolation("asset " + ledger.assets().id(asset) + ": FUNDING_POOL holds " + cash
                        + " quanta, its instruments and the fraction " + text(pools, asset) + " units");
            }
        }
    }

    private static String text(final WideSums sums, final int row) {
        return Long.toHexString(sums.high(row)) + ":" + Long.toHexString(sums.low(row));
    }
}
