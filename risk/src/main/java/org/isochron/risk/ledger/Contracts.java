package org.isochron.risk.ledger;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * What lots are worth at a price, for every kind of contract (rulebook 2): the one place that multiplies prices by lots.
 * Prices in ticks, amounts in quanta of the settlement asset.
 *
 * <p>An instrument has one factor. Positive, it is K: linear, quanto and power contracts are worth {@code lots * ticks *
 * K}. Negative, it is -N of an inverse one, N being what a lot is worth at one tick: {@code -(lots * N / ticks)}, the
 * quotient rounded down, once for each amount. Its cash is negative: who buys dollars' worth of coin receives the coin.
 *
 * <p>Sums over many orders at many prices cannot be multiplied out that way. They are kept in units: {@link #unit} of a
 * price is what one lot is worth there, in multiples of {@link #unitQuanta}; ticks times K, or -N / ticks rounded to a
 * quantum times 1. It never falls as the price rises, whatever the kind. Buys, and the mark that sells are held against,
 * round up, sells, and the mark that buys are held against, round down: what an order would lose against the mark is
 * never understated. An inverse lot is worth at least {@value #MIN_INVERSE_LOT} quanta, so that costs at most 10 ppm.
 *
 * <p>No overflow: the definition bounds the lots of a position so that their largest worth fits 60 bits, and what an
 * account's orders could come to is bounded by the gate.
 */
public final class Contracts {
    /** Least worth of one inverse lot at the instrument's largest price, quanta. */
    public static final long MIN_INVERSE_LOT = 100_000;

    private final Instruments instruments;

    Contracts(final Instruments instruments) {
        this.instruments = instruments;
    }

    /**
     * The tick a price of the underlying stands for: the nearest one, halves away from zero; of a power contract, the one
     * nearest to the power of it.
     *
     * @param price price units, above 0.
     * @return 0 when the price is less than half a tick, {@link Long#MAX_VALUE} when it is above the largest price.
     */
    public long ticks(final int instrument, final long price) {
        final int exponent = instruments.exponent(instrument);
        final long traded = exponent == 0 ? price : Powers.price(exponent, price, instruments.norm(instrument));
        final long tickSize = instruments.tickSize(instrument);
        return traded > instruments.maxPriceTicks(instrument) * tickSize
                ? Long.MAX_VALUE
                : FixedPoint.mulDivHalfAwayFromZero(traded, 1, tickSize);
    }

    /**
     * What a buyer of lots pays and their seller receives; negative for the other way round. Of a position's signed lots,
     * at the mark, it is their value. 0 at price 0, which is none.
     */
    public long cash(final int instrument, final long ticks, final long lots) {
        return cashBy(instruments.factor(instrument), ticks, lots);
    }

    /** {@link #cash} for whoever has the contract's factor at hand, see {@link Instruments#factor}. */
    public static long cashBy(final long factor, final long ticks, final long lots) {
        if (factor > 0) {
            return lots * ticks * factor;
        }
        return ticks == 0 ? 0 : lots * factor / ticks;
    }

    /**
     * What a position of signed lots receives when its whole market is settled at a price: its value, rounded down for
     * longs and shorts alike. So all of them together receive no more than there is.
     */
    public long settlement(final int instrument, final long ticks, final long lots) {
        final long factor = instruments.factor(instrument);
        return factor > 0 ? lots * ticks * factor : FixedPoint.floorDiv(lots * factor, ticks);
    }

    /** Size of an amount of lots at a price, never negative: what fees and margins are taken of. */
    public long notional(final int instrument, final long ticks, final long lots) {
        return Math.abs(cash(instrument, ticks, lots));
    }

    /** The same, rounded up: never less than what as many lots can add to a position's. */
    public long notionalUp(final int instrument, final long ticks, final long lots) {
        return notionalUpBy(instruments.factor(instrument), ticks, lots);
    }

    /** {@link #notionalUp} for whoever has the contract's factor at hand. */
    public static long notionalUpBy(final long factor, final long ticks, final long lots) {
        return factor > 0 || ticks == 0 ? cashBy(factor, ticks, lots) : FixedPoint.ceilDiv(lots * -factor, ticks);
    }

    /** Worth of one lot, in multiples of {@link #unitQuanta}, as close from above or below as whole units allow. */
    public long unit(final int instrument, final long ticks, final boolean roundUp) {
        return unitBy(instruments.factor(instrument), ticks, roundUp);
    }

    /** {@link #unit} for whoever has the contract's factor at hand. */
    public static long unitBy(final long factor, final long ticks, final boolean roundUp) {
        if (factor > 0 || ticks == 0) {
            return ticks;
        }
        return roundUp ? factor / ticks : FixedPoint.floorDiv(factor, ticks);
    }

    /** Quanta in one unit. */
    public long unitQuanta(final int instrument) {
        return unitQuantaBy(instruments.factor(instrument));
    }

    /** {@link #unitQuanta} for whoever has the contract's factor at hand. */
    public static long unitQuantaBy(final long factor) {
        return Math.max(factor, 1);
    }

    /**
     * Size of the larger side of open orders, given the sums of lots * unit of both; never understated.
     *
     * @param factor  of the contract.
     * @param buyLots whose units were rounded up, and so their size down.
     */
    public static long largerSideBy(final long factor, final long buyLots, final long buyUnits, final long sellUnits) {
        return factor > 0 ? Math.max(buyUnits, sellUnits) * factor : Math.max(buyLots - buyUnits, -sellUnits);
    }

    /** The largest size lots can have at any price the instrument allows, or margin they can need. */
    public long largest(final int instrument, final long lots) {
        final long factor = instruments.factor(instrument);
        if (factor < 0) {
            return lots * -factor;
        }
        return lots * instruments.maxPriceTicks(instrument) * factor * mostMargin(instruments.exponent(instrument));
    }

    /** What a short may need as margin at most, in multiples of its size: (1 + 1)^e - 1 of a power contract. */
    public static long mostMargin(final int exponent) {
        return switch (exponent) {
            case Instruments.EXPONENT_TWO -> 3;
            case Instruments.EXPONENT_THREE -> 7;
            default -> 1;
        };
    }

    /** Size of lots that may be more than any position has; {@link Long#MAX_VALUE} when it does not fit. */
    public long anyNotional(final int instrument, final long ticks, final long lots) {
        final long factor = instruments.factor(instrument);
        final long size = Math.abs(factor);
        final long perLot = factor > 0 ? ticks * size : size;
        if (Math.multiplyHigh(lots, perLot) != 0 || lots * perLot < 0) {
            return Long.MAX_VALUE;
        }
        return factor > 0 || ticks == 0 ? lots * perLot : lots * perLot / ticks;
    }

    /**
     * Lowest price at which selling lots brings at least so much cash, in however many fills.
     *
     * @return ticks, at least 1; more than the largest price when no price does.
     */
    public long lowestSell(final int instrument, final long lots, final long cash) {
        final long factor = instruments.factor(instrument);
        if (factor > 0) {
            return Math.max(FixedPoint.ceilDiv(cash, lots * factor), 1);
        }
        // floor(lots * N / p) <= -cash, that is p > lots * N / (1 - cash); fills never add up to more than the whole.
        return cash > 0 ? Long.MAX_VALUE : lots * -factor / (1 - cash) + 1;
    }

    /**
     * Highest price at which buying lots costs no more than {@code -cash}, in however many fills.
     *
     * @return ticks, at most the largest price; less than 1 when no price does.
     */
    public long highestBuy(final int instrument, final long lots, final long cash) {
        final long factor = instruments.factor(instrument);
        final long largest = instruments.maxPriceTicks(instrument);
        if (factor > 0) {
            return Math.min(FixedPoint.floorDiv(-cash, lots * factor), largest);
        }
        // Each fill rounds down what is received, so every lot must bring its part.
        return cash <= 0 ? largest : Math.min(-factor / FixedPoint.ceilDiv(cash, lots), largest);
    }

    /**
     * Price at which lots cost so much, in price units (1e-9), toward zero.
     *
     * @param lots not 0; signed like their cost when the contract is not inverse.
     */
    public long averagePrice(final int instrument, final long lots, final long cost) {
        final long factor = instruments.factor(instrument);
        final long tickSize = instruments.tickSize(instrument);
        if (factor > 0) {
            return FixedPoint.mulDivTrunc(Math.abs(cost), tickSize, Math.abs(lots) * factor);
        }
        return cost == 0 ? 0 : FixedPoint.mulDivTrunc(Math.abs(lots) * -factor, tickSize, Math.abs(cost));
    }
}
