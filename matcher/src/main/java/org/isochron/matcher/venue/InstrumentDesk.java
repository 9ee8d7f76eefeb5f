package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;

import org.agrona.DirectBuffer;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.MarkRule;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;

/** Instruments as the operator defines them. */
final class InstrumentDesk {
    private static final int MAX_SOURCES = 16;
    private static final long DEFAULT_STALE_MS = 30_000;
    private static final long DEFAULT_LIMIT_MS = 15_000;
    private static final long DEFAULT_HALT_MS = 300_000;
    private static final long DEFAULT_AUCTION_MS = 60_000;

    private final Ledger ledger;
    private final Instruments instruments;
    private final Reports reports;
    private final MarketData marketData;
    private final ContractTerms contractTerms;
    private final InstrumentTerms terms = new InstrumentTerms();
    private final Refusal refusal = new Refusal();

    InstrumentDesk(final Ledger ledger, final Reports reports, final MarketData marketData) {
        this.ledger = ledger;
        this.reports = reports;
        this.marketData = marketData;
        instruments = ledger.instruments();
        contractTerms = new ContractTerms(ledger.assets());
    }

    void onInstrumentDefine(final Request request, final InstrumentDefineDecoder command) {
        if (refusesInstrument(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        final int instrument = instruments.define(terms);
        // INSURANCE must be able to take a position over whatever else is full.
        ledger.position(Ledger.INSURANCE, instrument);
        reports.accepted(request);
        marketData.securityDefinition(instrument);
    }

    private boolean refusesInstrument(final InstrumentDefineDecoder command) {
        return refusesIdentity(command)
                || refusesKind(command)
                || refusesSizes(command)
                || refusesMargins(command)
                || refusesFees(command)
                || refusesIndex(command)
                || refusesBands(command)
                || refusesTimes(command)
                || contractTerms.refusesWorth(refusal, terms)
                || refusesPriceRange(command)
                || (instruments.isFull() || ledger.positions().isFull()) && refusal.of(CAPACITY);
    }

    private boolean refusesIdentity(final InstrumentDefineDecoder command) {
        final DirectBuffer buffer = command.buffer();
        final int symbol = command.offset() + InstrumentDefineDecoder.symbolEncodingOffset();
        if (DefinitionDesk.refusesId(refusal, InstrumentDefineDecoder.instrumentIdId(), command.instrumentId())) {
            return true;
        }
        if (!Symbols.isWellFormed(buffer, symbol)) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        terms.id = command.instrumentId();
        terms.symbolHead = Symbols.head(buffer, symbol);
        terms.symbolTail = Symbols.tail(buffer, symbol);
        if (instruments.find(terms.id) >= 0) {
            return refusal.of(ALREADY_DEFINED, InstrumentDefineDecoder.instrumentIdId(), terms.id);
        }
        return instruments.findSymbol(terms.symbolHead, terms.symbolTail) >= 0
                && refusal.of(ALREADY_DEFINED, InstrumentDefineDecoder.symbolId(), Refusal.NO_VALUE);
    }

    private boolean refusesKind(final InstrumentDefineDecoder command) {
        if (contractTerms.refusesKind(refusal, terms, command)) {
            return true;
        }
        final MarkRule rule = command.markRule();
        if (rule != MarkRule.NULL_VAL && rule != MarkRule.ORACLE) {
            return refusal.of(NOT_SUPPORTED, InstrumentDefineDecoder.markRuleId(), rule.value());
        }
        terms.assetSlot = ledger.assets().find(command.settleAssetId());
        return terms.assetSlot < 0
                && refusal.of(UNKNOWN_ASSET, InstrumentDefineDecoder.settleAssetIdId(), command.settleAssetId());
    }

    private boolean refusesSizes(final InstrumentDefineDecoder command) {
        terms.tickSize = command.tickSize();
        terms.lotSize = command.lotSize();
        terms.maxOrderLots = command.maxOrderQuantity();
        terms.maxPositionLots = command.maxPositionQuantity();
        terms.maxOpenOrders = command.maxOpenOrders();
        if (TermChecks.refusesBelowOne(refusal, InstrumentDefineDecoder.tickSizeId(), terms.tickSize)
                || TermChecks.refusesBelowOne(refusal, InstrumentDefineDecoder.lotSizeId(), terms.lotSize)
                || TermChecks.refusesBelowOne(refusal, InstrumentDefineDecoder.maxOrderQuantityId(), terms.maxOrderLots)
                || TermChecks.refusesBelowOne(
                        refusal, InstrumentDefineDecoder.maxPositionQuantityId(), terms.maxPositionLots)) {
            return true;
        }
        if (command.maxPrice() <= 0 || command.maxPrice() % terms.tickSize != 0) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.maxPriceId(), command.maxPrice(), terms.tickSize);
        }
        terms.maxPriceTicks = command.maxPrice() / terms.tickSize;
        final boolean noLimit = terms.maxOpenOrders == InstrumentDefineDecoder.maxOpenOrdersNullValue();
        return (terms.maxOpenOrders == 0 || noLimit)
                && refusal.of(BAD_VALUE, InstrumentDefineDecoder.maxOpenOrdersId(), terms.maxOpenOrders, 1);
    }

    /** Averages of prices have binary places, for which there must be room. */
    private boolean refusesPriceRange(final InstrumentDefineDecoder command) {
        return terms.maxPriceTicks > Marks.MAX_TICKS
                && refusal.of(
                        OVERFLOW,
                        InstrumentDefineDecoder.maxPriceId(),
                        command.maxPrice(),
                        Marks.MAX_TICKS * terms.tickSize);
    }

    private boolean refusesMargins(final InstrumentDefineDecoder command) {
        terms.initialMarginPpm = command.initialMarginPpm();
        terms.maintenanceMarginPpm = command.maintenanceMarginPpm();
        if (TermChecks.refusesOutside(
                refusal, InstrumentDefineDecoder.maintenanceMarginPpmId(), terms.maintenanceMarginPpm, 1, Margin.PPM)) {
            return true;
        }
        return TermChecks.refusesOutside(
                refusal,
                InstrumentDefineDecoder.initialMarginPpmId(),
                terms.initialMarginPpm,
                terms.maintenanceMarginPpm,
                Margin.PPM);
    }

    private boolean refusesFees(final InstrumentDefineDecoder command) {
        terms.makerFeePpm = command.makerFeePpm();
        terms.takerFeePpm = command.takerFeePpm();
        terms.liquidationFeePpm = command.liquidationFeePpm();
        return TermChecks.refusesFees(
                        refusal,
                        InstrumentDefineDecoder.makerFeePpmId(),
                        terms.makerFeePpm,
                        InstrumentDefineDecoder.takerFeePpmId(),
                        terms.takerFeePpm)
                || TermChecks.refusesOutside(
                        refusal,
                        InstrumentDefineDecoder.liquidationFeePpmId(),
                        terms.liquidationFeePpm,
                        0,
                        TermChecks.MAX_FEE_PPM);
    }

    private boolean refusesIndex(final InstrumentDefineDecoder command) {
        final long staleMs = Defaults.orDefault(command.indexStaleMs(), DEFAULT_STALE_MS);
        if (staleMs == 0) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.indexStaleMsId(), staleMs, 1);
        }
        terms.indexStaleNs = staleMs * TermChecks.NANOS_PER_MILLI;
        terms.requiredSources = Defaults.orDefault(command.requiredSources(), 1);
        return TermChecks.refusesOutside(
                refusal, InstrumentDefineDecoder.requiredSourcesId(), terms.requiredSources, 1, MAX_SOURCES);
    }

    private boolean refusesBands(final InstrumentDefineDecoder command) {
        terms.bandPpm = Defaults.orDefault(command.bandPpm(), 0);
        terms.collarPpm = Defaults.orDefault(command.collarPpm(), 0);
        terms.marketProtectionPpm = Defaults.orDefault(command.marketProtectionPpm(), terms.bandPpm);
        return refusesDistance(InstrumentDefineDecoder.bandPpmId(), command.bandPpm())
                || refusesDistance(InstrumentDefineDecoder.collarPpmId(), command.collarPpm())
                || refusesDistance(InstrumentDefineDecoder.marketProtectionPpmId(), command.marketProtectionPpm());
    }

    private boolean refusesDistance(final int fieldId, final int ppm) {
        return !Defaults.isNoPpm(ppm) && TermChecks.refusesDistance(refusal, fieldId, ppm);
    }

    private boolean refusesTimes(final InstrumentDefineDecoder command) {
        final long takerDelayUs = Defaults.orDefault(command.takerDelayUs(), 0);
        final long limitMs = Defaults.orDefault(command.limitMs(), DEFAULT_LIMIT_MS);
        final long haltMs = Defaults.orDefault(command.haltMs(), DEFAULT_HALT_MS);
        final long auctionMs = Defaults.orDefault(command.auctionMs(), DEFAULT_AUCTION_MS);
        terms.takerDelayNs = takerDelayUs * TermChecks.NANOS_PER_MICRO;
        terms.limitNs = limitMs * TermChecks.NANOS_PER_MILLI;
        terms.haltNs = haltMs * TermChecks.NANOS_PER_MILLI;
        terms.auctionNs = auctionMs * TermChecks.NANOS_PER_MILLI;
        if (takerDelayUs > TermChecks.MAX_TAKER_DELAY_US) {
            return refusal.of(
                    BAD_VALUE, InstrumentDefineDecoder.takerDelayUsId(), takerDelayUs, TermChecks.MAX_TAKER_DELAY_US);
        }
        return TermChecks.refusesTime(refusal, InstrumentDefineDecoder.limitMsId(), limitMs)
                || TermChecks.refusesTime(refusal, InstrumentDefineDecoder.haltMsId(), haltMs)
                || TermChecks.refusesTime(refusal, InstrumentDefineDecoder.auctionMsId(), auctionMs);
    }
}
