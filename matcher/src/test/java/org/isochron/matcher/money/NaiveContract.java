package org.isochron.matcher.money;

import java.math.BigInteger;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;

/** What lots of one instrument are worth, from the sizes of its definition, in numbers without bounds (rulebook 2). */
record NaiveContract(Ledger ledger, int instrument) {
    private Instruments terms() {
        return ledger.instruments();
    }

    private BigInteger scale() {
        return BigInteger.TEN.pow(ledger.assets().scale(terms().asset(instrument)));
    }

    private boolean isInverse() {
        return MoneyMarket.LISTINGS.get(instrument).isInverse();
    }

    /** Quanta of one lot at one tick: tick * lot, or for an inverse contract lot / tick. */
    private BigInteger perTickLot() {
        final BigInteger tick = BigInteger.valueOf(terms().tickSize(instrument));
        final BigInteger lot = BigInteger.valueOf(terms().lotSize(instrument));
        return isInverse()
                ? lot.multiply(scale()).divide(tick)
                : lot.multiply(tick).multiply(scale()).divide(BigInteger.TEN.pow(18));
    }

    /** Of signed lots at a price: sign(q) * tradeValue(|q|, p). */
    BigInteger value(final long lots, final long ticks) {
        if (ticks == 0) {
            return BigInteger.ZERO;
        }
        final BigInteger size = BigInteger.valueOf(Math.abs(lots));
        final BigInteger value = isInverse()
                ? size.multiply(perTickLot()).divide(BigInteger.valueOf(ticks)).negate()
                : size.multiply(BigInteger.valueOf(ticks)).multiply(perTickLot());
        return lots < 0 ? value.negate() : value;
    }

    /** Size of one lot of an order: an inverse one's rounded up, a buy's from what it receives, which is rounded down. */
    BigInteger sizePerLot(final boolean buy, final long ticks) {
        if (!isInverse()) {
            return value(1, ticks);
        }
        return buy ? down(ticks).add(BigInteger.ONE) : up(ticks);
    }

    /** What one lot loses at a price beyond the mark, never understated: a buy above it, a sell below it. */
    BigInteger lossPerLot(final boolean buy, final long ticks, final long mark) {
        final BigInteger loss;
        if (!isInverse()) {
            loss = buy
                    ? value(1, ticks).subtract(value(1, mark))
                    : value(1, mark).subtract(value(1, ticks));
        } else if (mark == 0) {
            loss = BigInteger.ZERO;
        } else {
            loss = buy ? up(mark).subtract(down(ticks)) : up(ticks).subtract(down(mark));
        }
        return loss.max(BigInteger.ZERO);
    }

    private BigInteger down(final long ticks) {
        return perTickLot().divide(BigInteger.valueOf(ticks));
    }

    private BigInteger up(final long ticks) {
        return perTickLot().add(BigInteger.valueOf(ticks - 1)).divide(BigInteger.valueOf(ticks));
    }
}
