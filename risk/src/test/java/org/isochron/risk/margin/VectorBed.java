package org.isochron.risk.margin;

import java.math.BigDecimal;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;

/** Contracts and accounts of published examples, in decimals: money of 6 decimals unless another scale is given. */
final class VectorBed {
    static final BigDecimal DOLLAR = BigDecimal.valueOf(1_000_000);

    final RiskWorld world = new RiskWorld();
    final Ledger ledger = world.ledger;
    final Margin margin = world.margin;
    final MarginTerms terms = margin.scratch().terms();
    final LiquidationPrice liquidation = new LiquidationPrice(ledger, margin);
    final int bank = world.account(999, 1L << 58);
    private long ids = 1;

    static long quanta(final String dollars) {
        return new BigDecimal(dollars).multiply(DOLLAR).longValueExact();
    }

    /** A linear contract of that price step and lot. */
    int linear(
            final String tick, final String lot, final long initialPpm, final long maintenancePpm, final int feePpm) {
        final long factor = new BigDecimal(tick)
                .multiply(new BigDecimal(lot))
                .multiply(DOLLAR)
                .longValueExact();
        return define(Instruments.LINEAR, factor, tick, initialPpm, maintenancePpm, feePpm);
    }

    /** An inverse contract whose lot is one dollar's worth of a coin of 8 decimals. */
    int inverse(final String tick, final long initialPpm, final long maintenancePpm, final int feePpm) {
        final long worth =
                new BigDecimal("100000000").divide(new BigDecimal(tick)).longValueExact();
        return define(Instruments.INVERSE, -worth, tick, initialPpm, maintenancePpm, feePpm);
    }

    private int define(
            final int kind,
            final long factor,
            final String tick,
            final long initialPpm,
            final long maintenancePpm,
            final int feePpm) {
        final InstrumentTerms terms = new InstrumentTerms();
        terms.id = ids;
        terms.symbolHead = ids++;
        terms.kind = kind;
        terms.factor = factor;
        terms.tickSize = new BigDecimal(tick).movePointRight(9).longValueExact();
        terms.maxPriceTicks = 1 << 27;
        terms.initialMarginPpm = (int) initialPpm;
        terms.maintenanceMarginPpm = (int) maintenancePpm;
        terms.takerFeePpm = feePpm;
        terms.indexStaleNs = RiskWorld.STALE_NS;
        terms.requiredSources = 1;
        return ledger.instruments().define(terms);
    }

    void mark(final int instrument, final String price) {
        world.marks.tick(instrument, 0, ticks(instrument, price), 0);
    }

    long ticks(final int instrument, final String price) {
        return new BigDecimal(price)
                .movePointRight(9)
                .divide(BigDecimal.valueOf(ledger.instruments().tickSize(instrument)))
                .longValueExact();
    }

    BigDecimal price(final int instrument, final long ticks) {
        return BigDecimal.valueOf(ticks)
                .multiply(BigDecimal.valueOf(ledger.instruments().tickSize(instrument)))
                .movePointLeft(9);
    }

    int account(final long cash) {
        return world.account(1_000 + ids++, cash);
    }

    /** Lots bought at a price, or sold when negative. */
    int trade(final int account, final int instrument, final long lots, final String price) {
        final int position = ledger.position(account, instrument);
        final int other = ledger.position(bank, instrument);
        ledger.trade(position, other, lots, ledger.contracts().cash(instrument, ticks(instrument, price), lots));
        return position;
    }

    /** Judges the account's bucket of cross margin. */
    Margin judge(final int account) {
        margin.judge(ledger.crossBucket(account, RiskWorld.ASSET));
        return margin;
    }
}
