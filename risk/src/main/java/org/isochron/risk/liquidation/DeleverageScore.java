package org.isochron.risk.liquidation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.rules.LiquidationRules;

/**
 * The score of a position under each named ranking (rulebook 8.5): the higher, the sooner it is deleveraged. Integers
 * only; ratios in ppm, sizes rounded down before they get their sign.
 *
 * <p>MV is the signed value at mark, EV the signed entry cost; an inverse long has a negative value, so MV - EV is the
 * profit of every kind of contract and either sign. Scores after BitMEX (Auto-Deleveraging examples) and Hyperliquid
 * (docs, Auto-deleveraging; printed there for longs).
 */
public final class DeleverageScore {
    /** Bound of a profit ratio either way, and of a ratio of prices: a millionfold. */
    static final long MOST_PROFIT_PPM = 1_000_000_000_000L;

    /** Bound of leverage: a thousandfold. */
    static final long MOST_LEVERAGE_PPM = 1_000_000_000L;

    private static final long PPM = 1_000_000;

    private final Ledger ledger;
    private final Positions positions;
    private final Margin margin;
    private final UnsafeBuffer drawn = new UnsafeBuffer(new byte[2 * Long.BYTES]);

    public DeleverageScore(final Ledger ledger, final Margin margin) {
        this.ledger = ledger;
        this.margin = margin;
        positions = ledger.positions();
    }

    /**
     * Score of a position that is not flat. Judges its bucket.
     *
     * @param rule wire value of the DeleverageRule; under NONE every score is 0.
     * @param seed of SEEDED_RANDOM: the chain of the command's frame.
     */
    public long of(final int position, final int rule, final long seed) {
        return switch (rule) {
            case LiquidationRules.PRO_RATA -> Math.abs(positions.lots(position));
            case LiquidationRules.SEEDED_RANDOM -> drawn(seed, ledger.accountId(positions.account(position)));
            case LiquidationRules.PNL_LEVERAGE -> {
                margin.judge(ledger.bucketOf(position));
                yield pnlLeverage(
                        margin.value(position), positions.entryCost(position), margin.notional(), margin.equity());
            }
            case LiquidationRules.HYPERLIQUID -> {
                margin.judge(ledger.bucketOf(position));
                yield hyperliquid(
                        margin.value(position), positions.entryCost(position), margin.notional(), margin.equity());
            }
            default -> 0;
        };
    }

    /** Profit ratio times leverage for a gain, divided by leverage for a loss. */
    static long pnlLeverage(final long value, final long entryCost, final long notional, final long equity) {
        final long profitPpm = profitPpm(value, entryCost);
        final long leveragePpm = leveragePpm(notional, equity);
        return profitPpm > 0
                ? FixedPoint.mulDivTrunc(profitPpm, leveragePpm, PPM)
                : FixedPoint.mulDivTrunc(profitPpm, PPM, leveragePpm);
    }

    /** Mark over entry for a long, entry over mark for a short, times leverage. */
    static long hyperliquid(final long value, final long entryCost, final long notional, final long equity) {
        final long marked = Math.abs(value);
        final long entered = Math.abs(entryCost);
        // A value above zero grows with profit, whatever the contract: that of a long, or of an inverse short.
        final long pricesPpm = value > 0 ? ratioPpm(marked, entered) : ratioPpm(entered, marked);
        return FixedPoint.mulDivTrunc(pricesPpm, leveragePpm(notional, equity), PPM);
    }

    /** {@code |MV - EV| / |EV|}, signed like MV - EV. */
    static long profitPpm(final long value, final long entryCost) {
        final long profit = value - entryCost;
        final long ratio = ratioPpm(Math.abs(profit), Math.abs(entryCost));
        return profit < 0 ? -ratio : ratio;
    }

    /** Gross notional of the bucket over its equity, which counts as 1 when it is less. */
    static long leveragePpm(final long notional, final long equity) {
        return Math.max(1, ratioPpm(notional, equity, MOST_LEVERAGE_PPM));
    }

    private static long ratioPpm(final long part, final long whole) {
        return ratioPpm(part, whole, MOST_PROFIT_PPM);
    }

    /** Rounded down, {@code most} when it is more. */
    private static long ratioPpm(final long part, final long whole, final long most) {
        final long divisor = Math.max(whole, 1);
        return FixedPoint.compareProducts(part, PPM, divisor, most) >= 0
                ? most
                : FixedPoint.mulDivFloor(part, PPM, divisor);
    }

    /**
     * XXH64 of seed and account id, 64 bits each, little-endian, its top bit cut off: nobody can choose the first, for it
     * covers the command that set off the liquidation and all before it.
     */
    private long drawn(final long seed, final long accountId) {
        drawn.putLong(0, seed, LITTLE_ENDIAN);
        drawn.putLong(Long.BYTES, accountId, LITTLE_ENDIAN);
        return XxHash64.hash(drawn, 0, 2 * Long.BYTES) >>> 1;
    }
}
