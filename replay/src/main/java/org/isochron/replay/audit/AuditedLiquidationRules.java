package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.LiquidationRulesDecoder;

/**
 * LiquidationRules as they were sent, nulls replaced by what they mean.
 *
 * @param wholeNotional notional up to which a position is offered whole, quanta.
 * @param drawCap       quanta that takeovers may draw in a window, null for no cap.
 */
record AuditedLiquidationRules(
        BigInteger wholeNotional,
        BigInteger drawCap,
        long unwindLots,
        long tranchePpm,
        long stressPpm,
        long unwindSlipPpm,
        long retryNs,
        long wholeAfterNs,
        long drawWindowNs,
        DeleverageRule rule) {

    private static final BigInteger WHOLE = BigInteger.valueOf(100_000);
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(60);
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What is in force while nothing was sent. */
    static AuditedLiquidationRules defaults(final int scale, final long maxOrderLots) {
        return new AuditedLiquidationRules(
                defaultWhole(scale),
                null,
                defaultUnwind(maxOrderLots),
                200_000,
                100_000,
                1_000,
                1_000 * NANOS_PER_MILLI,
                30_000 * NANOS_PER_MILLI,
                86_400_000 * NANOS_PER_MILLI,
                DeleverageRule.PNL_LEVERAGE);
    }

    private static BigInteger defaultWhole(final int scale) {
        return WHOLE.multiply(BigInteger.TEN.pow(scale)).min(LARGEST);
    }

    private static long defaultUnwind(final long maxOrderLots) {
        return Math.max(1, maxOrderLots / 100);
    }

    static AuditedLiquidationRules of(final LiquidationRulesDecoder sent, final int scale, final long maxOrderLots) {
        final long noMoney = LiquidationRulesDecoder.drawCapNullValue();
        return new AuditedLiquidationRules(
                sent.wholeNotional() == noMoney ? defaultWhole(scale) : BigInteger.valueOf(sent.wholeNotional()),
                sent.drawCap() == noMoney ? null : BigInteger.valueOf(sent.drawCap()),
                sent.unwindLots() == LiquidationRulesDecoder.unwindLotsNullValue()
                        ? defaultUnwind(maxOrderLots)
                        : sent.unwindLots(),
                ppm(sent.tranchePpm(), 200_000),
                ppm(sent.stressPpm(), 100_000),
                ppm(sent.unwindSlipPpm(), 1_000),
                ns(sent.retryMs(), 1_000),
                ns(sent.wholeAfterMs(), 30_000),
                ns(sent.drawWindowMs(), 86_400_000),
                sent.deleverageRule() == DeleverageRule.NULL_VAL ? DeleverageRule.PNL_LEVERAGE : sent.deleverageRule());
    }

    private static long ppm(final int sent, final long byDefault) {
        return sent == LiquidationRulesDecoder.tranchePpmNullValue() ? byDefault : sent;
    }

    private static long ns(final long sentMs, final long byDefaultMs) {
        return NANOS_PER_MILLI * (sentMs == LiquidationRulesDecoder.retryMsNullValue() ? byDefaultMs : sentMs);
    }
}
