package org.isochron.risk.liquidation;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;

/**
 * The arithmetic of closing a position of a bucket, or part of one (rulebook 8.3). Closing lots must bring at least the
 * signed cash {@code b = v - floorDiv(E * dMM, MM)}, v being the value at mark and dMM the maintenance margin that go with
 * them: the bucket keeps its ratio of equity to requirement, and the last position leaves it with exactly nothing.
 */
public final class ZeroPrice {
    /** No price at which the book could bring b: skip the book. */
    public static final long NONE = 0;

    /** No round: every position may be chosen. */
    public static final long ANY_ROUND = -1;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;
    private final Margin margin;

    private long cash;
    private long limitTicks;

    public ZeroPrice(final Ledger ledger, final Margin margin) {
        this.ledger = ledger;
        this.margin = margin;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        positions = ledger.positions();
    }

    /** The bucket's position to take over next: largest maintenance margin first, then lowest instrument id; -1 for none. */
    public int nextPosition(final int bucket) {
        return nextPosition(bucket, false, ANY_ROUND);
    }

    /**
     * The same among the positions in instruments that are open and were not offered in this round yet; before all others
     * the one whose offer was interrupted, however small it has become.
     */
    public int nextOffer(final int bucket, final long round) {
        return nextPosition(bucket, true, round);
    }

    private int nextPosition(final int bucket, final boolean openOnly, final long round) {
        int next = -1;
        long largest = -1;
        for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                position >= 0;
                position = positions.nextOfAccount(position)) {
            final int instrument = positions.instrument(position);
            if (positions.lots(position) != 0
                    && ledger.bucketOf(position) == bucket
                    && (!openOnly || instruments.isOpen(instrument))
                    && (round == ANY_ROUND || positions.offered(position) != round)) {
                if (round != ANY_ROUND && positions.offered(position) == -round) {
                    return position;
                }
                final long maintenance = margin.maintenanceOf(position);
                if (maintenance > largest || maintenance == largest && precedes(instrument, next)) {
                    next = position;
                    largest = maintenance;
                }
            }
        }
        return next;
    }

    private boolean precedes(final int instrument, final int position) {
        return instruments.id(instrument) < instruments.id(positions.instrument(position));
    }

    /** Works out {@link #cash()} and {@link #limitTicks()} for closing the whole of a position that is not flat. */
    public void judge(final int position) {
        judge(position, Math.abs(positions.lots(position)));
    }

    /**
     * The same for closing part of it. Of a position without maintenance margin all equity goes with it.
     *
     * @param lots from 1 to all of the position's, whichever way it is.
     */
    public void judge(final int position, final long lots) {
        final int instrument = positions.instrument(position);
        final long held = positions.lots(position);
        final long signed = held > 0 ? lots : -lots;
        margin.judge(ledger.bucketOf(position));
        final long removed = margin.value(position) - margin.valueWith(position, held - signed);
        final long freed = margin.maintenanceOf(position) - margin.maintenanceWith(position, held - signed);
        final long share = margin.maintenance() == 0
                ? margin.equity()
                : FixedPoint.mulDivFloor(margin.equity(), freed, margin.maintenance());
        cash = removed - share;
        limitTicks = limit(instrument, signed);
    }

    /** A sell's limit rounds up, a buy's down, so that the cash is never below b. */
    private long limit(final int instrument, final long lots) {
        if (lots > 0) {
            final long sell = contracts.lowestSell(instrument, lots, cash);
            return sell > instruments.maxPriceTicks(instrument) ? NONE : sell;
        }
        final long buy = contracts.highestBuy(instrument, -lots, cash);
        return buy < 1 ? NONE : buy;
    }

    /** b: the signed cash that closing must bring. */
    public long cash() {
        return cash;
    }

    /** Limit of the closing order, or {@link #NONE}. */
    public long limitTicks() {
        return limitTicks;
    }

    /** The part of a total b that belongs to the first {@code done} of {@code all} lots. */
    public static long share(final long cash, final long done, final long all) {
        return FixedPoint.mulDivFloor(cash, done, all);
    }

    /** Fee of what a tranche has closed so far: {@code min(ceil(notional * ppm), floor(surplus / 2))}. */
    public static long fee(final long notional, final long feePpm, final long surplus) {
        return Math.min(Margin.ceilPpm(notional, feePpm), Math.max(surplus, 0) / 2);
    }
}
