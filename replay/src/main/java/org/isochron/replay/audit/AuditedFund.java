package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * What INSURANCE may take and pay (rulebook 8.4): the draw of each instrument's window within its cap, and its cash with
 * all it holds under stress not below zero; lots that only shrink what it holds may leave it where it was.
 */
final class AuditedFund {
    private final AuditedVenue venue;
    private final Map<AuditedInstrument, Window> windows = new HashMap<>();

    private record Window(long endNs, BigInteger drawn) {}

    AuditedFund(final AuditedVenue venue) {
        this.venue = venue;
    }

    /** What the instrument's present window has drawn. */
    BigInteger drawn(final AuditedInstrument instrument) {
        final Window window = windows.get(instrument);
        return window == null || venue.timeNs >= window.endNs ? BigInteger.ZERO : window.drawn;
    }

    void draw(final AuditedInstrument instrument, final BigInteger amount) {
        final Window window = windows.get(instrument);
        final long endNs = window == null || venue.timeNs >= window.endNs
                ? venue.timeNs + instrument.rules().drawWindowNs()
                : window.endNs;
        windows.put(instrument, new Window(endNs, drawn(instrument).add(amount)));
    }

    /** What taking lots over for cash draws: the loss at mark, and what stress would take of them. */
    BigInteger drawOf(final AuditedInstrument instrument, final long signedLots, final BigInteger paid) {
        final BigInteger value = instrument.value(signedLots);
        return paid.subtract(value).max(BigInteger.ZERO).add(stress(instrument, value));
    }

    private static BigInteger stress(final AuditedInstrument instrument, final BigInteger value) {
        return Rounding.ceilPpm(value.abs(), instrument.rules().stressPpm());
    }

    /** Whether it may take so many lots of a position whose owner gets {@code cash} for all of them. */
    boolean mayTake(final AuditedPosition position, final long lots, final BigInteger cash) {
        if (lots == 0) {
            return true;
        }
        final AuditedInstrument instrument = position.instrument;
        final long signed = position.lots > 0 ? lots : -lots;
        final BigInteger paid = Rounding.share(cash, lots, Math.abs(position.lots));
        final BigInteger cap = instrument.rules().drawCap();
        if (cap != null
                && drawn(instrument).add(drawOf(instrument, signed, paid)).compareTo(cap) > 0) {
            return false;
        }
        final long assetId = instrument.contract.assetId();
        final BigInteger before = stressed(assetId);
        final BigInteger was = instrument.value(held(instrument));
        final BigInteger is = instrument.value(held(instrument) + signed);
        final BigInteger after = before.subtract(paid)
                .add(is)
                .subtract(was)
                .subtract(stress(instrument, is))
                .add(stress(instrument, was));
        final boolean shrinks = Math.abs(held(instrument) + signed) == Math.abs(held(instrument)) - lots;
        return after.signum() >= 0 || shrinks && after.compareTo(before) >= 0;
    }

    /** Lots it holds, signed. */
    long held(final AuditedInstrument instrument) {
        final AuditedPosition held = instrument.holders.get(AuditedVenue.INSURANCE_ID);
        return held == null ? 0 : held.lots;
    }

    BigInteger equity(final long assetId) {
        return venue.insurance(assetId).equity();
    }

    /** Equity after a move of every mark against it. */
    BigInteger stressed(final long assetId) {
        BigInteger sum = equity(assetId);
        for (final AuditedPosition position : venue.insurance(assetId).positions.values()) {
            sum = sum.subtract(stress(position.instrument, position.value()));
        }
        return sum;
    }

    /** What it may pay without getting anything for it. */
    BigInteger payable(final long assetId) {
        return stressed(assetId).min(venue.insurance(assetId).cash).max(BigInteger.ZERO);
    }
}
