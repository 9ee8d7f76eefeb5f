package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.K_FRACTIONAL;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;
import static org.isochron.codecs.RejectCode.UNKNOWN_FIRM;

import org.agrona.DirectBuffer;
import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.FirmDefineDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.ledger.InstrumentTerms;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;

/** Assets, instruments, firms and accounts as the operator defines them. */
final class DefinitionDesk {
    /** Largest worth of a position at the instrument's largest price, quanta: leaves room for sums in 63 bits. */
    private static final long MAX_POSITION_VALUE = 1L << 60;

    private static final int MAX_SCALE = 9;
    /** Decimals of tick size and lot size together. */
    private static final int PRICE_AND_LOT_DECIMALS = 18;

    private static final int MAX_FEE_PPM = 100_000;
    private static final int MAX_SOURCES = 16;
    private static final long DEFAULT_STALE_MS = 30_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MAX_TAKER_DELAY_US = 10_000_000;
    private static final long DEFAULT_LIMIT_MS = 15_000;
    private static final long DEFAULT_HALT_MS = 300_000;
    private static final long DEFAULT_AUCTION_MS = 60_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Reports reports;
    private final MarketData marketData;
    private final InstrumentTerms terms = new InstrumentTerms();
    private final Refusal refusal = new Refusal();

    DefinitionDesk(final Sessions sessions, final Ledger ledger, final Reports reports, final MarketData marketData) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.reports = reports;
        this.marketData = marketData;
        instruments = ledger.instruments();
    }

    /** Ids of the operator's things are 1 to 3,999,999,999. */
    static boolean refusesId(final Refusal refusal, final int fieldId, final long id) {
        return (id < 1 || id >= Ledger.FIRST_SYSTEM_ID)
                && refusal.of(BAD_VALUE, fieldId, id, Ledger.FIRST_SYSTEM_ID - 1);
    }

    // Assets

    void onAsset(final Request request, final AssetDefineDecoder command) {
        final int symbol = command.offset() + AssetDefineDecoder.symbolEncodingOffset();
        if (refusesAsset(command, command.buffer(), symbol)) {
            reports.businessReject(request, refusal);
            return;
        }
        ledger.assets()
                .define(
                        command.assetId(),
                        Symbols.head(command.buffer(), symbol),
                        Symbols.tail(command.buffer(), symbol),
                        command.scale());
        reports.accepted(request);
    }

    private boolean refusesAsset(final AssetDefineDecoder command, final DirectBuffer buffer, final int symbol) {
        if (refusesId(refusal, AssetDefineDecoder.assetIdId(), command.assetId())) {
            return true;
        }
        if (!Symbols.isWellFormed(buffer, symbol)) {
            return refusal.of(BAD_VALUE, AssetDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        if (command.scale() > MAX_SCALE) {
            return refusal.of(BAD_VALUE, AssetDefineDecoder.scaleId(), command.scale(), MAX_SCALE);
        }
        if (ledger.assets().find(command.assetId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, AssetDefineDecoder.assetIdId(), command.assetId());
        }
        if (ledger.assets().findSymbol(Symbols.head(buffer, symbol), Symbols.tail(buffer, symbol)) >= 0) {
            return refusal.of(ALREADY_DEFINED, AssetDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        return ledger.assets().isFull() && refusal.of(CAPACITY);
    }

    // Instruments

    void onInstrument(final Request request, final InstrumentDefineDecoder command) {
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
                || refusesContract()
                || (instruments.isFull() || ledger.positions().isFull()) && refusal.of(CAPACITY);
    }

    private boolean refusesIdentity(final InstrumentDefineDecoder command) {
        final DirectBuffer buffer = command.buffer();
        final int symbol = command.offset() + InstrumentDefineDecoder.symbolEncodingOffset();
        if (refusesId(refusal, InstrumentDefineDecoder.instrumentIdId(), command.instrumentId())) {
            return true;
        }
        if (!Symbols.isWellFormed(buffer, symbol)) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        terms.id = command.instrumentId();
        terms.symbolHead = Symbols.head(buffer, symbol);
        terms.symbolTail = Symbols.tail(buffer, symbol);
        // All of it but the seqNum, so that the same rules have the same hash whenever they are sent.
        final int rules = InstrumentDefineDecoder.instrumentIdEncodingOffset();
        terms.ruleHash = XxHash64.hash(buffer, command.offset() + rules, InstrumentDefineDecoder.BLOCK_LENGTH - rules);
        if (instruments.find(terms.id) >= 0) {
            return refusal.of(ALREADY_DEFINED, InstrumentDefineDecoder.instrumentIdId(), terms.id);
        }
        return instruments.findSymbol(terms.symbolHead, terms.symbolTail) >= 0
                && refusal.of(ALREADY_DEFINED, InstrumentDefineDecoder.symbolId(), Refusal.NO_VALUE);
    }

    private boolean refusesKind(final InstrumentDefineDecoder command) {
        final ContractKind kind = command.kind();
        if (kind != ContractKind.NULL_VAL && kind != ContractKind.LINEAR) {
            return refusal.of(NOT_SUPPORTED, InstrumentDefineDecoder.kindId(), kind.value());
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
        if (refusesBelowOne(InstrumentDefineDecoder.tickSizeId(), terms.tickSize)
                || refusesBelowOne(InstrumentDefineDecoder.lotSizeId(), terms.lotSize)
                || refusesBelowOne(InstrumentDefineDecoder.maxOrderQuantityId(), terms.maxOrderLots)
                || refusesBelowOne(InstrumentDefineDecoder.maxPositionQuantityId(), terms.maxPositionLots)) {
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

    private boolean refusesBelowOne(final int fieldId, final long value) {
        return value < 1 && refusal.of(BAD_VALUE, fieldId, value, 1);
    }

    private boolean refusesMargins(final InstrumentDefineDecoder command) {
        terms.initialMarginPpm = command.initialMarginPpm();
        terms.maintenanceMarginPpm = command.maintenanceMarginPpm();
        if (refusesOutside(
                InstrumentDefineDecoder.maintenanceMarginPpmId(), terms.maintenanceMarginPpm, 1, (int) Margin.PPM)) {
            return true;
        }
        return refusesOutside(
                InstrumentDefineDecoder.initialMarginPpmId(), terms.initialMarginPpm, terms.maintenanceMarginPpm, (int)
                        Margin.PPM);
    }

    private boolean refusesFees(final InstrumentDefineDecoder command) {
        terms.makerFeePpm = command.makerFeePpm();
        terms.takerFeePpm = command.takerFeePpm();
        terms.liquidationFeePpm = command.liquidationFeePpm();
        return refusesOutside(InstrumentDefineDecoder.takerFeePpmId(), terms.takerFeePpm, 0, MAX_FEE_PPM)
                || refusesOutside(
                        InstrumentDefineDecoder.makerFeePpmId(), terms.makerFeePpm, -terms.takerFeePpm, MAX_FEE_PPM)
                || refusesOutside(
                        InstrumentDefineDecoder.liquidationFeePpmId(), terms.liquidationFeePpm, 0, MAX_FEE_PPM);
    }

    /** The limit named is the one that is passed. */
    private boolean refusesOutside(final int fieldId, final int value, final int lowest, final int highest) {
        return (value < lowest || value > highest)
                && refusal.of(BAD_VALUE, fieldId, value, value < lowest ? lowest : highest);
    }

    private boolean refusesIndex(final InstrumentDefineDecoder command) {
        final boolean defaultStale = command.indexStaleMs() == InstrumentDefineDecoder.indexStaleMsNullValue();
        final long staleMs = defaultStale ? DEFAULT_STALE_MS : command.indexStaleMs();
        if (staleMs == 0) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.indexStaleMsId(), staleMs, 1);
        }
        terms.indexStaleNs = staleMs * NANOS_PER_MILLI;
        final int sources = command.requiredSources();
        terms.requiredSources = sources == InstrumentDefineDecoder.requiredSourcesNullValue() ? 1 : sources;
        return refusesOutside(InstrumentDefineDecoder.requiredSourcesId(), terms.requiredSources, 1, MAX_SOURCES);
    }

    private boolean refusesBands(final InstrumentDefineDecoder command) {
        terms.bandPpm = ppmOrNone(command.bandPpm());
        terms.collarPpm = ppmOrNone(command.collarPpm());
        final boolean noProtection =
                command.marketProtectionPpm() == InstrumentDefineDecoder.marketProtectionPpmNullValue();
        terms.marketProtectionPpm = noProtection ? terms.bandPpm : command.marketProtectionPpm();
        return refusesDistance(InstrumentDefineDecoder.bandPpmId(), command.bandPpm())
                || refusesDistance(InstrumentDefineDecoder.collarPpmId(), command.collarPpm())
                || refusesDistance(InstrumentDefineDecoder.marketProtectionPpmId(), command.marketProtectionPpm());
    }

    private static int ppmOrNone(final int ppm) {
        return ppm == InstrumentDefineDecoder.bandPpmNullValue() ? 0 : ppm;
    }

    private boolean refusesDistance(final int fieldId, final int ppm) {
        return ppm != InstrumentDefineDecoder.bandPpmNullValue()
                && refusesOutside(fieldId, ppm, 1, (int) Margin.PPM - 1);
    }

    private boolean refusesTimes(final InstrumentDefineDecoder command) {
        final long takerDelayUs = orDefault(command.takerDelayUs(), 0);
        final long limitMs = orDefault(command.limitMs(), DEFAULT_LIMIT_MS);
        final long haltMs = orDefault(command.haltMs(), DEFAULT_HALT_MS);
        final long auctionMs = orDefault(command.auctionMs(), DEFAULT_AUCTION_MS);
        terms.takerDelayNs = takerDelayUs * NANOS_PER_MICRO;
        terms.limitNs = limitMs * NANOS_PER_MILLI;
        terms.haltNs = haltMs * NANOS_PER_MILLI;
        terms.auctionNs = auctionMs * NANOS_PER_MILLI;
        if (takerDelayUs > MAX_TAKER_DELAY_US) {
            return refusal.of(BAD_VALUE, InstrumentDefineDecoder.takerDelayUsId(), takerDelayUs, MAX_TAKER_DELAY_US);
        }
        return refusesTime(InstrumentDefineDecoder.limitMsId(), limitMs)
                || refusesTime(InstrumentDefineDecoder.haltMsId(), haltMs)
                || refusesTime(InstrumentDefineDecoder.auctionMsId(), auctionMs);
    }

    /** Every duration of the definition has the same null. */
    private static long orDefault(final long value, final long byDefault) {
        return value == InstrumentDefineDecoder.limitMsNullValue() ? byDefault : value;
    }

    private boolean refusesTime(final int fieldId, final long ms) {
        return (ms < 1 || ms > MILLIS_PER_DAY) && refusal.of(BAD_VALUE, fieldId, ms, ms < 1 ? 1 : MILLIS_PER_DAY);
    }

    /** K = tickSize * lotSize in quanta: whole, and small enough that no extreme the terms allow leaves 60 bits. */
    private boolean refusesContract() {
        final long divisor =
                FixedPoint.powerOfTen(PRICE_AND_LOT_DECIMALS - ledger.assets().scale(terms.assetSlot));
        // At 2^64 or more the quotient would not even be formed.
        if (Math.multiplyHigh(terms.tickSize, terms.lotSize) >= divisor / 4) {
            return refusal.of(OVERFLOW, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        final long quanta = FixedPoint.mulDivFloor(terms.tickSize, terms.lotSize, divisor);
        if (quanta != FixedPoint.mulDivCeil(terms.tickSize, terms.lotSize, divisor)) {
            return refusal.of(K_FRACTIONAL, InstrumentDefineDecoder.lotSizeId(), terms.lotSize);
        }
        terms.quantaPerTickLot = quanta;
        final long perLot = MAX_POSITION_VALUE / terms.maxPriceTicks / quanta;
        return terms.maxPositionLots > perLot
                && refusal.of(OVERFLOW, InstrumentDefineDecoder.maxPositionQuantityId(), terms.maxPositionLots, perLot);
    }

    // Firms and accounts

    void onFirm(final Request request, final FirmDefineDecoder command) {
        final int symbol = command.offset() + FirmDefineDecoder.symbolEncodingOffset();
        if (refusesFirm(command, symbol)) {
            reports.businessReject(request, refusal);
            return;
        }
        sessions.defineFirm(
                command.firmId(), Symbols.head(command.buffer(), symbol), Symbols.tail(command.buffer(), symbol));
        reports.accepted(request);
    }

    private boolean refusesFirm(final FirmDefineDecoder command, final int symbol) {
        if (refusesId(refusal, FirmDefineDecoder.firmIdId(), command.firmId())) {
            return true;
        }
        if (!Symbols.isWellFormed(command.buffer(), symbol)) {
            return refusal.of(BAD_VALUE, FirmDefineDecoder.symbolId(), Refusal.NO_VALUE);
        }
        if (sessions.findFirm(command.firmId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, FirmDefineDecoder.firmIdId(), command.firmId());
        }
        return sessions.isFullOfFirms() && refusal.of(CAPACITY);
    }

    void onAccount(final Request request, final AccountDefineDecoder command) {
        final int firm = sessions.findFirm(command.firmId());
        if (refusesAccount(command, firm)) {
            reports.businessReject(request, refusal);
        } else {
            ledger.defineAccount(command.accountId(), firm);
            reports.accepted(request);
        }
    }

    private boolean refusesAccount(final AccountDefineDecoder command, final int firm) {
        if (refusesId(refusal, AccountDefineDecoder.accountIdId(), command.accountId())) {
            return true;
        }
        if (firm < 0) {
            return refusal.of(UNKNOWN_FIRM, AccountDefineDecoder.firmIdId(), command.firmId());
        }
        if (ledger.findAccount(command.accountId()) >= 0) {
            return refusal.of(ALREADY_DEFINED, AccountDefineDecoder.accountIdId(), command.accountId());
        }
        return ledger.isFullOfAccounts() && refusal.of(CAPACITY);
    }
}
