package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;

import java.util.Arrays;
import org.isochron.codecs.PriceTickDecoder;

/** Index and mark: the median of the fresh sources, the lower one of two in the middle. */
final class Prices {
    private final World world;
    private final Reports reports;
    private final Checks checks;

    Prices(final World world, final Reports reports, final Checks checks) {
        this.world = world;
        this.reports = reports;
        this.checks = checks;
    }

    void onPriceTick(final Session session, final PriceTickDecoder command) {
        final Instrument instrument = checks.instrument(command.instrumentId(), PriceTickDecoder.instrumentIdId());
        final int source = command.source();
        Refused.when(
                source >= Instrument.SOURCES, BAD_VALUE, PriceTickDecoder.sourceId(), source, Instrument.SOURCES - 1);
        Refused.when((session.sourceMask >>> source & 1) == 0, SESSION_SCOPE, PriceTickDecoder.sourceId(), source);
        final long price = command.price();
        final long largest = instrument.price(instrument.maxTicks);
        Refused.when(price > largest, PRICE_BAND, PriceTickDecoder.priceId(), price, largest);
        final long ticks = price <= 0 ? 0 : (2 * price + instrument.tickSize) / (2 * instrument.tickSize);
        Refused.when(ticks == 0, BAD_VALUE, PriceTickDecoder.priceId(), price, instrument.tickSize);
        instrument.sourceTicks[source] = ticks;
        instrument.sourceExpiryNs[source] = world.nowNs + instrument.staleNs;
        refresh(instrument);
        reports.markIndex(instrument);
    }

    private long freshSources(final Instrument instrument) {
        long bitmap = 0;
        for (int source = 0; source < Instrument.SOURCES; source++) {
            bitmap |= world.nowNs < instrument.sourceExpiryNs[source] ? 1L << source : 0;
        }
        return bitmap;
    }

    private void refresh(final Instrument instrument) {
        final long bitmap = freshSources(instrument);
        final long[] fresh = new long[Long.bitCount(bitmap)];
        int count = 0;
        for (int source = 0; source < Instrument.SOURCES; source++) {
            if ((bitmap >>> source & 1) != 0) {
                fresh[count++] = instrument.sourceTicks[source];
            }
        }
        instrument.sourceBitmap = bitmap;
        instrument.valid = count >= instrument.requiredSources;
        if (instrument.valid) {
            Arrays.sort(fresh);
            instrument.indexTicks = fresh[(count - 1) / 2];
            instrument.markTicks = instrument.indexTicks;
        }
    }

    /** A clock tick: sources that are too old drop out of a valid index. */
    void age(final Instrument instrument) {
        if (instrument.valid && freshSources(instrument) != instrument.sourceBitmap) {
            refresh(instrument);
            reports.markIndex(instrument);
        }
    }

    /** After a pause every index waits for fresh prices. */
    void forget(final Instrument instrument) {
        final boolean wasValid = instrument.valid;
        Arrays.fill(instrument.sourceExpiryNs, 0);
        instrument.valid = false;
        instrument.sourceBitmap = 0;
        if (wasValid) {
            reports.markIndex(instrument);
        }
    }
}
