package org.isochron.risk.margin;

import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * What a bucket, one account in one settlement asset, owns and must own (rulebook 7, cross margin). Reads ledger and
 * marks, writes only its own result fields: {@link #judge}, then ask. All amounts are quanta.
 *
 * <p>No overflow: a position is bounded by the definition so that lots * largest price * K fits 60 bits, and the gate
 * keeps the sum over a bucket below 2^61.
 */
public final class Margin {
    /** Divisor of everything in ppm. */
    public static final long PPM = 1_000_000;

    private final Ledger ledger;
    private final Marks marks;
    private final Instruments instruments;
    private final Positions positions;

    private long equity;
    private long maintenance;
    private long initial;
    private long closingFee;
    private long notional;
    private long uncertainGain;
    private int openPositions;
    private boolean marksValid;

    public Margin(final Ledger ledger, final Marks marks) {
        this.ledger = ledger;
        this.marks = marks;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Works out the bucket on the newest marks; the results stay until the next call. */
    public void judge(final int account, final int asset) {
        equity = ledger.cash(account, asset);
        maintenance = 0;
        initial = 0;
        closingFee = 0;
        notional = 0;
        uncertainGain = 0;
        openPositions = 0;
        marksValid = true;
        for (int position = ledger.firstPosition(account);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            final int instrument = positions.instrument(position);
            if (positions.lots(position) != 0 && instruments.asset(instrument) == asset) {
                addPosition(position, instrument);
            }
        }
    }

    private void addPosition(final int position, final int instrument) {
        final long value = value(position);
        final long size = Math.abs(value);
        openPositions++;
        equity += value;
        notional += size;
        maintenance += ceilPpm(size, instruments.maintenanceMarginPpm(instrument));
        initial += ceilPpm(size, instruments.initialMarginPpm(instrument));
        closingFee += ceilPpm(size, instruments.takerFeePpm(instrument));
        final boolean valid = marks.isValid(instrument);
        marksValid &= valid;
        if (!valid || !instruments.isOpen(instrument)) {
            uncertainGain += Math.max(0, value - positions.entryCost(position));
        }
    }

    /** Value at mark, signed: q * M * K. */
    public long value(final int position) {
        final int instrument = positions.instrument(position);
        return positions.lots(position) * marks.markTicks(instrument) * instruments.quantaPerTickLot(instrument);
    }

    /** Maintenance margin of one position at mark. */
    public long maintenanceOf(final int position) {
        return ceilPpm(Math.abs(value(position)), instruments.maintenanceMarginPpm(positions.instrument(position)));
    }

    /** Cash plus the value of all positions. */
    public long equity() {
        return equity;
    }

    public long maintenance() {
        return maintenance;
    }

    /** Initial margin of the positions alone, without orders. */
    public long initial() {
        return initial;
    }

    /** Taker fee of closing everything at mark. */
    public long closingFee() {
        return closingFee;
    }

    /** Sum of the positions' sizes at mark. */
    public long notional() {
        return notional;
    }

    /** Unrealised gain in instruments that are not open or whose mark is not valid. */
    public long uncertainGain() {
        return uncertainGain;
    }

    public int openPositions() {
        return openPositions;
    }

    /** Whether every mark the bucket depends on is valid. */
    public boolean marksValid() {
        return marksValid;
    }

    /** The trigger: E - closing fee &lt; MM, strictly; equality is safe. A bucket without positions: E &lt; 0. */
    public boolean isUnderwater() {
        return equity - closingFee < maintenance;
    }

    /**
     * {@code ceil(amount * ppm / 1e6)} of an amount that is not negative, ppm from 0 to a million: whole millions and rest
     * apart, so that no product leaves 63 bits.
     */
    public static long ceilPpm(final long amount, final long ppm) {
        final long millions = amount / PPM;
        return millions * ppm + ((amount - millions * PPM) * ppm + PPM - 1) / PPM;
    }

    /** {@code floor(amount * ppm / 1e6)}, of the same range. */
    public static long floorPpm(final long amount, final long ppm) {
        final long millions = amount / PPM;
        return millions * ppm + (amount - millions * PPM) * ppm / PPM;
    }
}
