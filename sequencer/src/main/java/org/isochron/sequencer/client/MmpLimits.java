package org.isochron.sequencer.client;

import org.isochron.codecs.MmpConfigEncoder;

/**
 * What triggers a market maker protection group: begin with {@link #within} and name at least one limit. The first fill
 * that makes a limit reached freezes the group and cancels its orders.
 *
 * @param quantityLots   lots filled; the null value of the schema for no such limit, as of every limit here.
 * @param notionalQuanta notional filled, quanta of the settlement asset.
 * @param deltaLots      lots bought less lots sold, or the other way round.
 * @param fillCount      fills.
 * @param windowMs       length of the window these count in, 1 to 86,400,000; it begins with its first fill.
 * @param frozenMs       how long the group stays frozen, at most 86,400,000; 0 until it is reset.
 */
public record MmpLimits(
        long quantityLots, long notionalQuanta, long deltaLots, long fillCount, long windowMs, long frozenMs) {
    private static final long NO_LOTS = MmpConfigEncoder.quantityLimitNullValue();
    private static final long NO_COUNT = MmpConfigEncoder.fillCountLimitNullValue();

    /** A window without a limit yet. */
    public static MmpLimits within(final long windowMs, final long frozenMs) {
        return new MmpLimits(NO_LOTS, MmpConfigEncoder.notionalLimitNullValue(), NO_LOTS, NO_COUNT, windowMs, frozenMs);
    }

    public MmpLimits quantity(final long lots) {
        return new MmpLimits(lots, notionalQuanta, deltaLots, fillCount, windowMs, frozenMs);
    }

    public MmpLimits notional(final long quanta) {
        return new MmpLimits(quantityLots, quanta, deltaLots, fillCount, windowMs, frozenMs);
    }

    public MmpLimits delta(final long lots) {
        return new MmpLimits(quantityLots, notionalQuanta, lots, fillCount, windowMs, frozenMs);
    }

    public MmpLimits fills(final long count) {
        return new MmpLimits(quantityLots, notionalQuanta, deltaLots, count, windowMs, frozenMs);
    }
}
