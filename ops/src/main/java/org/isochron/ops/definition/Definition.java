package org.isochron.ops.definition;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.AccountDefineEncoder;
import org.isochron.codecs.AssetDefineEncoder;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.FirmDefineEncoder;
import org.isochron.codecs.FundingRulesEncoder;
import org.isochron.codecs.InstrumentDefineEncoder;
import org.isochron.codecs.LiquidationRulesEncoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MarkRulesEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.ops.client.Contract;

/**
 * One command of the operator, encoded but for its seqNum.
 *
 * @param what    for messages: what it defines.
 * @param message SBE message with its header.
 */
record Definition(String what, DirectBuffer message, int length) {
    private static final int MAX_LENGTH = 1024;
    /** Of CONTINUOUS: narrow, so that ten years of it fit a contract whose lots are large. */
    private static final int CORRIDOR_LOW_PPM = 950_000;

    private static final int CORRIDOR_HIGH_PPM = 1_050_000;
    private static final long SHOWN_WHOLE_DOLLARS = 20_000;
    private static final long SHOWN_UNWIND_LOTS = 200;
    private static final long SHOWN_RETRY_MS = 500;
    private static final long SHOWN_WHOLE_AFTER_MS = 3_000;
    private static final long NO_SOURCE = SessionDefineEncoder.sourceMaskNullValue();

    static Definition asset(final int assetId, final String symbol, final int scale) {
        final UnsafeBuffer buffer = buffer();
        final AssetDefineEncoder encoder = new AssetDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .assetId(assetId)
                .symbol(symbol)
                .scale((short) scale)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        return of("asset " + symbol, buffer, encoder.encodedLength());
    }

    static Definition instrument(final VenueDefinitions.Listing listing) {
        final Contract contract = listing.contract();
        final VenueDefinitions.Kind kind = listing.kind();
        final UnsafeBuffer buffer = buffer();
        final InstrumentDefineEncoder encoder = new InstrumentDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .instrumentId(contract.instrumentId())
                .symbol(contract.symbol())
                .tickSize(contract.tickE9())
                .lotSize(contract.lotE9())
                .maxPrice(contract.maxPriceE9())
                .maxOrderQuantity(contract.maxOrderLots())
                .maxPositionQuantity(listing.maxPositionLots())
                .settleAssetId(kind.settleAssetId())
                .initialMarginPpm(VenueDefinitions.Listing.INITIAL_MARGIN_PPM)
                .maintenanceMarginPpm(VenueDefinitions.Listing.MAINTENANCE_MARGIN_PPM)
                .makerFeePpm(VenueDefinitions.Listing.MAKER_FEE_PPM)
                .takerFeePpm(VenueDefinitions.Listing.TAKER_FEE_PPM)
                .liquidationFeePpm(VenueDefinitions.Listing.LIQUIDATION_FEE_PPM)
                .maxOpenOrders(listing.maxOpenOrders())
                .indexStaleMs(InstrumentDefineEncoder.indexStaleMsNullValue())
                .takerDelayUs(listing.rules().takerDelayUs())
                .bandPpm(orNull(listing.rules().bandPpm(), InstrumentDefineEncoder.bandPpmNullValue()))
                .collarPpm(orNull(listing.rules().collarPpm(), InstrumentDefineEncoder.collarPpmNullValue()))
                .marketProtectionPpm(listing.rules().marketProtectionPpm())
                .limitMs(InstrumentDefineEncoder.limitMsNullValue())
                .haltMs(InstrumentDefineEncoder.haltMsNullValue())
                .auctionMs(InstrumentDefineEncoder.auctionMsNullValue())
                .kind(kind.contract())
                .exponent(kind.exponent())
                .norm(kind.contract() == ContractKind.POWER ? kind.normE9() : InstrumentDefineEncoder.normNullValue())
                .markRule(MarkRule.ORACLE)
                .requiredSources((short) 1);
        return of("instrument " + contract.symbol(), buffer, encoder.encodedLength());
    }

    static Definition funding(final VenueDefinitions.Listing listing) {
        final VenueDefinitions.Funding funding = listing.funding();
        final UnsafeBuffer buffer = buffer();
        final FundingRulesEncoder encoder = new FundingRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .instrumentId(listing.contract().instrumentId())
                .activationSequence(FundingRulesEncoder.activationSequenceNullValue())
                .interestRate(FundingRulesEncoder.interestRateNullValue())
                .clampRate(FundingRulesEncoder.clampRateNullValue())
                .capRate(funding.capE9())
                .maxPremium(FundingRulesEncoder.maxPremiumNullValue())
                .impactNotional(funding.impactQuanta())
                .corridorLowPpm(CORRIDOR_LOW_PPM)
                .corridorHighPpm(CORRIDOR_HIGH_PPM)
                .proportionalPpm(FundingRulesEncoder.proportionalPpmNullValue())
                .integralPpm(FundingRulesEncoder.integralPpmNullValue())
                .maxError(FundingRulesEncoder.maxErrorNullValue())
                .maxAccumulated(FundingRulesEncoder.maxAccumulatedNullValue())
                .termMs(FundingRulesEncoder.termMsNullValue())
                .intervalMs(VenueDefinitions.Funding.INTERVAL_MS)
                .offsetMs(FundingRulesEncoder.offsetMsNullValue())
                .samplePeriodMs(funding.periodMs())
                .windowMs(FundingRulesEncoder.windowMsNullValue())
                .rule(funding.rule())
                .reserved8((short) 0)
                .reserved16(0);
        return of("funding of " + listing.contract().symbol(), buffer, encoder.encodedLength());
    }

    /** How positions are liquidated: in rounds and windows short enough to see their end in a demonstration. */
    static Definition liquidation(final VenueDefinitions.Listing listing) {
        final boolean inDollars = listing.kind().settleAssetId() == VenueDefinitions.USD;
        final UnsafeBuffer buffer = buffer();
        final LiquidationRulesEncoder encoder = new LiquidationRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .instrumentId(listing.contract().instrumentId())
                .activationSequence(LiquidationRulesEncoder.activationSequenceNullValue())
                .wholeNotional(
                        inDollars
                                ? SHOWN_WHOLE_DOLLARS * FixedPoint.powerOfTen(VenueDefinitions.USD_SCALE)
                                : LiquidationRulesEncoder.wholeNotionalNullValue())
                .drawCap(LiquidationRulesEncoder.drawCapNullValue())
                .unwindLots(SHOWN_UNWIND_LOTS)
                .tranchePpm(LiquidationRulesEncoder.tranchePpmNullValue())
                .stressPpm(LiquidationRulesEncoder.stressPpmNullValue())
                .unwindSlipPpm(LiquidationRulesEncoder.unwindSlipPpmNullValue())
                .retryMs(SHOWN_RETRY_MS)
                .wholeAfterMs(SHOWN_WHOLE_AFTER_MS)
                .drawWindowMs(LiquidationRulesEncoder.drawWindowMsNullValue())
                .deleverageRule(DeleverageRule.PNL_LEVERAGE)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        return of("liquidation rules of " + listing.contract().symbol(), buffer, encoder.encodedLength());
    }

    /** How the mark is made; every parameter of the rule as it is by default. */
    static Definition markRules(final VenueDefinitions.Listing listing) {
        final UnsafeBuffer buffer = buffer();
        final MarkRulesEncoder encoder = new MarkRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .instrumentId(listing.contract().instrumentId())
                .activationSequence(MarkRulesEncoder.activationSequenceNullValue())
                .stepPpm(MarkRulesEncoder.stepPpmNullValue())
                .lastTradeMs(MarkRulesEncoder.lastTradeMsNullValue())
                .basisTauMs(MarkRulesEncoder.basisTauMsNullValue())
                .indexTauMs(MarkRulesEncoder.indexTauMsNullValue())
                .rule(listing.rules().mark())
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        return of("mark of " + listing.contract().symbol(), buffer, encoder.encodedLength());
    }

    static Definition firm(final int firmId, final String symbol) {
        final UnsafeBuffer buffer = buffer();
        final FirmDefineEncoder encoder = new FirmDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .firmId(firmId)
                .symbol(symbol);
        return of("firm " + symbol, buffer, encoder.encodedLength());
    }

    static Definition account(final int accountId, final int firmId) {
        final UnsafeBuffer buffer = buffer();
        final AccountDefineEncoder encoder = new AccountDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .accountId(accountId)
                .firmId(firmId)
                .reserved32(0);
        return of("account " + accountId, buffer, encoder.encodedLength());
    }

    static Definition nodeSession(final int sessionId, final Role role) {
        return session(sessionId, role, NO_SOURCE, SessionDefineEncoder.firmIdNullValue());
    }

    static Definition publisherSession(final int sessionId, final long sourceMask) {
        return session(sessionId, Role.PUBLISHER, sourceMask, SessionDefineEncoder.firmIdNullValue());
    }

    static Definition firmSession(final int sessionId, final Role role, final int firmId, final int... accountIds) {
        return session(sessionId, role, NO_SOURCE, firmId, accountIds);
    }

    private static Definition session(
            final int sessionId, final Role role, final long sourceMask, final long firmId, final int... accountIds) {
        final UnsafeBuffer buffer = buffer();
        final SessionDefineEncoder encoder = new SessionDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .sessionId(sessionId)
                .sourceMask(sourceMask)
                .firmId(firmId)
                .messagesPerSecond(SessionDefineEncoder.messagesPerSecondNullValue())
                .burst(SessionDefineEncoder.burstNullValue())
                .role(role)
                .wholeFirm(SessionDefineEncoder.wholeFirmNullValue())
                .marginUpdates(0);
        final SessionDefineEncoder.AccountsEncoder accounts = encoder.accountsCount(accountIds.length);
        for (final int accountId : accountIds) {
            accounts.next().accountId(accountId);
        }
        return of("session " + sessionId + " (" + role + ")", buffer, encoder.encodedLength());
    }

    static Definition deposit(final long accountId, final int assetId, final long amount) {
        final UnsafeBuffer buffer = buffer();
        final DepositEncoder encoder = new DepositEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .accountId(accountId)
                .amount(amount)
                .assetId(assetId)
                .reserved32(0);
        return of("deposit for account " + accountId, buffer, encoder.encodedLength());
    }

    private static int orNull(final int ppm, final int nullValue) {
        return ppm == 0 ? nullValue : ppm;
    }

    private static UnsafeBuffer buffer() {
        return new UnsafeBuffer(new byte[MAX_LENGTH]);
    }

    private static Definition of(final String what, final MutableDirectBuffer buffer, final int encodedLength) {
        return new Definition(what, buffer, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }
}
