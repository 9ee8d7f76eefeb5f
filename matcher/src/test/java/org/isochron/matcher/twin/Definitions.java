package org.isochron.matcher.twin;

import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.VenueDefineDecoder;

/** Definitions as the operator of a storm gives them: sound ones. None is ever refused here. */
final class Definitions {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int NO_PPM = Integer.MIN_VALUE;

    private final World world;
    private final Events events;

    Definitions(final World world, final Events events) {
        this.world = world;
        this.events = events;
    }

    void onVenue(final VenueDefineDecoder command) {
        if (command.maxMmpGroups() != Line.NO_U32) {
            world.maxMmpGroups = (int) command.maxMmpGroups();
        }
        if (command.gatewayTimeoutMs() != Line.NO_U32) {
            world.gatewayTimeoutNs = command.gatewayTimeoutMs() * NANOS_PER_MILLI;
        }
    }

    void onAsset(final AssetDefineDecoder command) {
        world.assetScales.put(command.assetId(), (int) command.scale());
    }

    void onFirm(final FirmDefineDecoder command) {
        world.firms.put(command.firmId(), new Firm(command.firmId()));
    }

    void onAccount(final AccountDefineDecoder command) {
        world.addAccount(command.accountId(), world.firms.get(command.firmId()));
    }

    void onSession(final SessionDefineDecoder command) {
        final Firm firm = command.firmId() == Line.NO_U32 ? null : world.firms.get(command.firmId());
        final Session session = world.addSession(command.sessionId(), command.role(), firm);
        session.sourceMask = command.sourceMask() == Line.NO_ID ? 0 : command.sourceMask();
        session.messagesPerSecond = orElse(command.messagesPerSecond(), 1_000_000);
        session.burst = orElse(command.burst(), Math.max(session.messagesPerSecond / 10, 10));
        for (final SessionDefineDecoder.AccountsDecoder account : command.accounts()) {
            session.accounts.add(world.accounts.get(account.accountId()));
        }
    }

    private static long orElse(final long value, final long byDefault) {
        return value == Line.NO_U32 ? byDefault : value;
    }

    private static long ppmOrElse(final int value, final long byDefault) {
        return value == NO_PPM ? byDefault : value;
    }

    void onInstrument(final InstrumentDefineDecoder command) {
        final Instrument instrument = world.addInstrument(command.instrumentId());
        instrument.asset = command.settleAssetId();
        instrument.tickSize = command.tickSize();
        instrument.quanta = quanta(command);
        instrument.maxTicks = command.maxPrice() / command.tickSize();
        instrument.maxOrderLots = command.maxOrderQuantity();
        instrument.maxPositionLots = command.maxPositionQuantity();
        instrument.initialPpm = command.initialMarginPpm();
        instrument.maintenancePpm = command.maintenanceMarginPpm();
        instrument.makerFeePpm = command.makerFeePpm();
        instrument.takerFeePpm = command.takerFeePpm();
        instrument.maxOpenOrders = command.maxOpenOrders();
        instrument.staleNs = orElse(command.indexStaleMs(), 30_000) * NANOS_PER_MILLI;
        instrument.requiredSources = command.requiredSources() == 255 ? 1 : command.requiredSources();
        instrument.takerDelayNs = orElse(command.takerDelayUs(), 0) * NANOS_PER_MICRO;
        instrument.bandPpm = ppmOrElse(command.bandPpm(), 0);
        instrument.collarPpm = ppmOrElse(command.collarPpm(), 0);
        instrument.protectionPpm = ppmOrElse(command.marketProtectionPpm(), instrument.bandPpm);
        instrument.limitNs = orElse(command.limitMs(), 15_000) * NANOS_PER_MILLI;
        instrument.haltNs = orElse(command.haltMs(), 300_000) * NANOS_PER_MILLI;
        instrument.auctionNs = orElse(command.auctionMs(), 60_000) * NANOS_PER_MILLI;
        tell(instrument, command);
    }

    /** K: quanta of one lot at one tick. Both sizes have nine decimals. */
    private long quanta(final InstrumentDefineDecoder command) {
        long divisor = 1;
        for (int decimals = world.assetScales.get(command.settleAssetId()); decimals < 18; decimals++) {
            divisor *= 10;
        }
        return Exact.mulDiv(command.tickSize(), command.lotSize(), divisor);
    }

    private void tell(final Instrument instrument, final InstrumentDefineDecoder command) {
        events.publicly("SecurityDefinition", instrument)
                .with("tickSize", command.tickSize())
                .with("lotSize", command.lotSize())
                .with("maxPrice", command.maxPrice())
                .with("maxOrderQuantity", command.maxOrderQuantity())
                .with("maxPositionQuantity", command.maxPositionQuantity())
                .u32("settleAssetId", instrument.asset)
                .with("initialMarginPpm", instrument.initialPpm)
                .with("maintenanceMarginPpm", instrument.maintenancePpm)
                .with("makerFeePpm", instrument.makerFeePpm)
                .with("takerFeePpm", instrument.takerFeePpm)
                .with("kind", ContractKind.LINEAR)
                .with("markRule", MarkRule.ORACLE)
                .with("exponent", Line.NONE)
                .u32("maxOpenOrders", instrument.maxOpenOrders)
                .with("bandPpm", ppmOrNone(instrument.bandPpm))
                .with("collarPpm", ppmOrNone(instrument.collarPpm))
                .with("marketProtectionPpm", ppmOrNone(instrument.protectionPpm))
                .u32("takerDelayUs", instrument.takerDelayNs / NANOS_PER_MICRO)
                .u32("limitMs", instrument.limitNs / NANOS_PER_MILLI)
                .u32("haltMs", instrument.haltNs / NANOS_PER_MILLI)
                .u32("auctionMs", instrument.auctionNs / NANOS_PER_MILLI)
                .with("norm", Line.NONE);
    }

    private static long ppmOrNone(final long ppm) {
        return ppm == 0 ? Line.NONE : ppm;
    }
}
