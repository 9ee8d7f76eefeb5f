package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.TreeMap;
import org.isochron.codecs.TradingState;

/** An instrument as definitions and market data tell it: terms in force, prices, state, and who holds it. */
final class AuditedInstrument {
    final long id;
    /** By account; flat ones included, each as it was last. */
    final TreeMap<Long, AuditedPosition> holders = new TreeMap<>();

    final InForce<AuditedMargins> margins = new InForce<>(AuditedMargins.OF_CONTRACT);
    /** Null before any were sent. */
    final InForce<AuditedLiquidationRules> rules = new InForce<>(null);
    /** Fee of a liquidation, ppm. */
    final InForce<Long> feePpm;

    AuditedContract contract;
    long maxOrderLots;
    long indexTicks;
    long markTicks;
    boolean isValid;
    TradingState state = TradingState.OPEN;
    BigInteger fundingIndex = BigInteger.ZERO;

    AuditedInstrument(final long id, final long feePpm) {
        this.id = id;
        this.feePpm = new InForce<>(feePpm);
    }

    void activate(final long sequence) {
        margins.activate(sequence);
        rules.activate(sequence);
        feePpm.activate(sequence);
    }

    AuditedLiquidationRules rules() {
        return rules.terms() == null ? AuditedLiquidationRules.defaults(contract.scale(), maxOrderLots) : rules.terms();
    }

    /** Whether orders match on arrival. */
    boolean isOpen() {
        return state == TradingState.OPEN || state == TradingState.LIMIT;
    }

    BigInteger value(final long lots) {
        return contract.value(lots, markTicks);
    }

    BigInteger maintenance(final long lots) {
        return margins.terms().maintenance(contract, lots < 0, value(lots).abs());
    }

    BigInteger closingFee(final long lots) {
        return Rounding.ceilPpm(value(lots).abs(), contract.takerFeePpm());
    }

    long price(final long ticks) {
        return ticks * contract.tickSize();
    }
}
