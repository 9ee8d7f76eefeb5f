package org.isochron.risk.margin;

import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The mark at which a position's bucket would be liquidated while all other marks stand still: for display, never for
 * judging. A bucket is safe while {@code E - closing fee >= MM}; for a long that holds from some mark up, for a short up to
 * some mark. Shown is the outermost tick that is safe, so rounded toward being liquidated earlier. Found by halving the
 * range of prices, with the functions that judge: it is right for every kind of contract, tiers and other positions
 * included. Where the margin of a power contract jumps, it is one of the prices at which the verdict changes.
 */
public final class LiquidationPrice {
    /** No mark the instrument allows would liquidate the bucket, or none would save it. */
    public static final long NONE = 0;

    private final Margin margin;
    private final MarginTerms terms;
    private final Ledger ledger;
    private final Contracts contracts;
    private final Instruments instruments;
    private final Positions positions;

    public LiquidationPrice(final Ledger ledger, final Margin margin) {
        this.ledger = ledger;
        this.margin = margin;
        terms = margin.scratch().terms();
        contracts = ledger.contracts();
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    /** Ticks, or {@link #NONE}, also for a position without lots. Judges the bucket: the margin's results are its own. */
    public long ticks(final int position) {
        final int instrument = positions.instrument(position);
        final long lots = positions.lots(position);
        if (lots == 0) {
            return NONE;
        }
        margin.judge(ledger.bucketOf(position));
        final long without = margin.equity() - margin.closingFee() - margin.maintenance() - worth(position);
        final long largest = instruments.maxPriceTicks(instrument);
        return lots > 0
                ? lowestSafe(instrument, lots, without, largest)
                : highestSafe(instrument, lots, without, largest);
    }

    /** What the position as it stands adds to E - closing fee - MM. */
    private long worth(final int position) {
        final PositionMargin held = margin.scratch();
        held.hold(position, positions.instrument(position), positions.lots(position));
        return held.value - held.closingFee - held.maintenance;
    }

    private long lowestSafe(final int instrument, final long lots, final long without, final long largest) {
        if (isSafe(instrument, lots, without, 1) || !isSafe(instrument, lots, without, largest)) {
            return NONE;
        }
        long under = 1;
        long safe = largest;
        while (safe - under > 1) {
            final long middle = under + safe >>> 1;
            if (isSafe(instrument, lots, without, middle)) {
                safe = middle;
            } else {
                under = middle;
            }
        }
        return safe;
    }

    private long highestSafe(final int instrument, final long lots, final long without, final long largest) {
        if (isSafe(instrument, lots, without, largest) || !isSafe(instrument, lots, without, 1)) {
            return NONE;
        }
        long safe = 1;
        long under = largest;
        while (under - safe > 1) {
            final long middle = under + safe >>> 1;
            if (isSafe(instrument, lots, without, middle)) {
                safe = middle;
            } else {
                under = middle;
            }
        }
        return safe;
    }

    private boolean isSafe(final int instrument, final long lots, final long without, final long markTicks) {
        final int at = terms.of(instrument);
        final long value = Contracts.cashBy(terms.factor(at), markTicks, lots);
        final long size = Math.abs(value);
        final long fee = Margin.ceilPpm(size, terms.takerFeePpm(at));
        return without + value - fee - terms.maintenance(at, lots < 0, size) >= 0;
    }
}
