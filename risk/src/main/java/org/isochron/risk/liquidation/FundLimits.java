package org.isochron.risk.liquidation;

import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.LiquidationRules;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * What the insurance fund may take (rulebook 8.4). There is one fund per settlement asset. Of a position it takes the
 * largest number of lots with which
 *
 * <ul>
 *   <li>the draw of the instrument's present window stays within its cap: each takeover draws its loss at mark, {@code
 *       max(0, cash paid - value at mark)}, and what the lots would lose under stress, {@code ceil(|value at mark| *
 *       stressPpm / 1e6)};
 *   <li>the fund's stressed equity, {@code cash + sum of values at mark - sum of ceil(|value| * stressPpm / 1e6)} over all
 *       it holds in the asset, is not below zero afterwards; lots that only shrink what the fund holds may leave it below
 *       zero where it was, but not lower.
 * </ul>
 *
 * <p>So the fund never becomes insolvent by taking something over, and cannot inherit a position larger than it can bear.
 * What the windows have drawn is state; all amounts are quanta of the settlement asset.
 */
public final class FundLimits implements StateOwner {
    private static final int DRAWN = 0;
    private static final int WINDOW_END_NS = 1;
    private static final int FIELDS = 2;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Contracts contracts;
    private final Positions positions;
    private final Margin margin;
    private final Marks marks;
    private final LiquidationRules rules;
    private final StateTable draws;

    private int instrument;
    private long lots;
    private long cash;
    private boolean isLong;
    private long fundLots;
    /** Lots up to which the fund's own position shrinks. */
    private long shrinking;

    private long stressedBefore;
    private long drawLeft;

    public FundLimits(final Ledger ledger, final Margin margin, final Marks marks) {
        this.ledger = ledger;
        this.margin = margin;
        this.marks = marks;
        instruments = ledger.instruments();
        contracts = ledger.contracts();
        positions = ledger.positions();
        rules = ledger.rules().liquidation();
        draws = new StateTable("fundDraws", ledger.capacities().instruments(), FIELDS);
    }

    /** Takes another capacity; only while no instrument is defined. */
    public void resize(final int instruments) {
        draws.resize(instruments);
    }

    /**
     * Lots of a position that the fund takes, from 0 to all of them.
     *
     * @param cashForAll b: signed cash that the position's owner receives for all its lots; the fund pays the share of the
     *                   lots it takes.
     */
    public long takes(final int position, final long cashForAll, final long nowNs) {
        instrument = positions.instrument(position);
        isLong = positions.lots(position) > 0;
        lots = Math.abs(positions.lots(position));
        cash = cashForAll;
        final int fund = positions.find(Ledger.INSURANCE, instrument);
        fundLots = fund < 0 ? 0 : positions.lots(fund);
        stressedBefore = stressedEquity(instruments.asset(instrument));
        drawLeft = rules.drawCap(instrument) - drawn(instrument, nowNs);
        shrinking = isLong == fundLots < 0 ? Math.min(Math.abs(fundLots), lots) : 0;
        final long within = largest(0, lots, true);
        if (within == 0 || isSound(within)) {
            return within;
        }
        // Stressed equity over lots is concave but for rounding: it rises, if at all, only while the fund's own lots
        // shrink.
        final long kink = Math.min(shrinking, within);
        return isSound(kink) ? largest(kink, within, false) : largest(0, kink, false);
    }

    /** By bisection: the lower end passes, and what passes is taken to be the lower part of the range. */
    private long largest(final long from, final long to, final boolean byDraw) {
        long passes = from;
        long fails = to + 1;
        while (fails - passes > 1) {
            final long middle = passes + (fails - passes) / 2;
            if (byDraw ? drawOf(middle) <= drawLeft : isSound(middle)) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return passes;
    }

    private long signed(final long taken) {
        return isLong ? taken : -taken;
    }

    private long worth(final long signedLots) {
        return contracts.cash(instrument, marks.markTicks(instrument), signedLots);
    }

    private long stress(final long value) {
        return Margin.ceilPpm(Math.abs(value), rules.stressPpm(instrument));
    }

    private long drawOf(final long taken) {
        final long value = worth(signed(taken));
        return Math.max(0, ZeroPrice.share(cash, taken, lots) - value) + stress(value);
    }

    private boolean isSound(final long taken) {
        final long before = worth(fundLots);
        final long after = worth(fundLots + signed(taken));
        final long stressed = stressedBefore
                - ZeroPrice.share(cash, taken, lots)
                + (after - before)
                - (stress(after) - stress(before));
        return stressed >= 0 || taken <= shrinking && stressed >= stressedBefore;
    }

    /** Notes a takeover that {@link #takes} has just allowed. */
    public void took(final long taken, final long nowNs) {
        draw(instrument, drawOf(taken), nowNs);
    }

    /** Counts an amount against the present window of an instrument; a window that is over makes way for a new one. */
    public void draw(final int instrument, final long amount, final long nowNs) {
        if (nowNs >= draws.get(instrument, WINDOW_END_NS)) {
            draws.set(instrument, DRAWN, 0);
            draws.set(instrument, WINDOW_END_NS, nowNs + rules.drawWindowNs(instrument));
        }
        draws.set(instrument, DRAWN, draws.get(instrument, DRAWN) + amount);
    }

    /** What the present window of an instrument has drawn. */
    public long drawn(final int instrument, final long nowNs) {
        return nowNs >= draws.get(instrument, WINDOW_END_NS) ? 0 : draws.get(instrument, DRAWN);
    }

    /** What the fund may pay without getting anything for it: its stressed equity, and never more than its cash. */
    public long payable(final int asset) {
        final long stressed = stressedEquity(asset);
        return Math.max(0, Math.min(stressed, ledger.cash(ledger.crossBucket(Ledger.INSURANCE, asset))));
    }

    /** The same for what a market owes when it is settled: inside the cap of its present window as well. */
    public long payable(final int market, final long nowNs) {
        final long left = rules.drawCap(market) - drawn(market, nowNs);
        return Math.max(0, Math.min(payable(instruments.asset(market)), left));
    }

    /** The fund's cash and positions in an asset at mark. */
    public long equity(final int asset) {
        margin.judge(ledger.crossBucket(Ledger.INSURANCE, asset));
        return margin.equity();
    }

    private long stressedEquity(final int asset) {
        long stressed = equity(asset);
        for (int position = ledger.firstPosition(Ledger.INSURANCE);
                position >= 0;
                position = positions.nextOfAccount(position)) {
            final int held = positions.instrument(position);
            if (instruments.asset(held) == asset) {
                stressed -= Margin.ceilPpm(Math.abs(margin.value(position)), rules.stressPpm(held));
            }
        }
        return stressed;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(draws);
    }
}
