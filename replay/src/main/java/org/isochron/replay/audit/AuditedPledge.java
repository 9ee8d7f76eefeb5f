package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.function.Supplier;

/** A balance of another asset that stands in as margin (rulebook 7). */
final class AuditedPledge {
    /** Decimals of a price and of a millionth. */
    private static final int PRICE_AND_PPM_DECIMALS = 15;

    private static final int MILLION = 1_000_000;

    /**
     * What an asset may count in a settlement asset; the last definition of the two holds.
     *
     * @param instrument whose index prices it.
     * @param cap        balance that counts at most.
     * @param drawCap    what INSURANCE pays for it in all, quanta of the settlement asset.
     */
    record Terms(
            long assetId,
            int scale,
            int settleScale,
            AuditedInstrument instrument,
            BigInteger cap,
            BigInteger drawCap,
            long haircutPpm) {}

    private final Supplier<Terms> definition;
    BigInteger balance = BigInteger.ZERO;

    /** @param definition tells the terms in force. */
    AuditedPledge(final Supplier<Terms> definition) {
        this.definition = definition;
    }

    /** {@code floor(min(balance, cap) * index * (1 - haircut))} in quanta of the settlement asset. */
    BigInteger credit() {
        final Terms terms = definition.get();
        return balance.min(terms.cap)
                .multiply(BigInteger.valueOf(terms.instrument.indexTicks))
                .multiply(BigInteger.valueOf(terms.instrument.contract.tickSize()))
                .multiply(BigInteger.valueOf(MILLION - terms.haircutPpm))
                .multiply(BigInteger.TEN.pow(terms.settleScale))
                .divide(BigInteger.TEN.pow(terms.scale + PRICE_AND_PPM_DECIMALS));
    }
}
