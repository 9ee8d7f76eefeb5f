package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.fixed.FixedPoint;

/** An asset, and what the venue's own accounts but INSURANCE have of it. Amounts in quanta. */
final class AuditedAsset {
    final long id;
    final String symbol;
    final int scale;

    /** Deposits less withdrawals. */
    BigInteger netDeposits = BigInteger.ZERO;

    BigInteger fees = BigInteger.ZERO;
    /** FUNDING_POOL and ROUNDING together: what nobody has received of funding that others have paid. */
    BigInteger pool = BigInteger.ZERO;

    AuditedAsset(final long id, final String symbol, final int scale) {
        this.id = id;
        this.symbol = symbol;
        this.scale = scale;
    }

    /** As a decimal. */
    String money(final BigInteger quanta) {
        return quanta.bitLength() < Long.SIZE
                ? FixedPoint.format(quanta.longValueExact(), scale)
                : quanta + "e-" + scale;
    }
}
