package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.AccountDefineEncoder;
import org.isochron.codecs.AssetDefineEncoder;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.FirmDefineEncoder;
import org.isochron.codecs.FundingRule;
import org.isochron.codecs.FundingRulesEncoder;
import org.isochron.codecs.InstrumentDefineEncoder;
import org.isochron.codecs.LiquidationRulesEncoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.VenueDefineEncoder;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.Schema;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.Capacities;

/** The commands by which the operator makes a simulated venue: small, so that its limits are met. */
final class Definitions {
    /** What there is room for, before the venue is defined and afterwards. */
    static final Capacities ROOM = new Capacities(2, 6, 32, 128, 1_024, 18, 6, 32, 32);

    private static final int MAX_LENGTH = 512;
    private static final long QUANTA_PER_USD = 1_000_000;
    /** Kinds of contract and rules of deleveraging, numbered from 1; the last rule, which settles the market, is left out. */
    private static final int KINDS = 4;

    private static final int RULES = 4;
    /** 200 of the quote asset, about two of the coin where prices begin. */
    private static final long INVERSE_LOT_E9 = 200_000_000_000L;

    private static final long NORM_OF_HALF_E9 = 10_000_000;
    private static final long NORM_OF_TWO_E9 = 10_000_000_000L;

    private final List<UnsafeBuffer> commands = new ArrayList<>();
    private final List<ContractKind> kinds = new ArrayList<>();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private UnsafeBuffer buffer;

    private Definitions() {}

    /** The commands in order, each filling its buffer. */
    static List<UnsafeBuffer> of(final Topology topology, final Dice dice) {
        final Definitions definitions = new Definitions();
        definitions.venue();
        definitions.asset();
        for (int instrumentId = 1; instrumentId <= topology.instruments(); instrumentId++) {
            definitions.instrument(instrumentId, dice);
        }
        definitions.insurance(dice);
        for (int instrumentId = 1; instrumentId <= topology.instruments(); instrumentId++) {
            definitions.liquidation(instrumentId, dice);
        }
        for (int instrumentId = 1; instrumentId <= topology.instruments(); instrumentId++) {
            definitions.funding(instrumentId, dice);
        }
        definitions.firm(Sites.FIRM_A, "NORTH");
        definitions.firm(Sites.FIRM_B, "SOUTH");
        for (int i = 0; i < topology.matchers(); i++) {
            definitions.session(Sites.FIRST_MATCHER + i, Role.REPLICA, 0, 0);
        }
        for (int i = 0; i < topology.riskNodes(); i++) {
            definitions.session(Sites.FIRST_RISK + i, Role.RISK, 0, 0);
        }
        definitions.session(Sites.PUBLISHER, Role.PUBLISHER, 0, 0);
        for (int i = 0; i < topology.makers(); i++) {
            definitions.maker(Sites.FIRST_MAKER + i, dice);
        }
        definitions.session(Sites.DROP_COPY, Role.DROP_COPY, Sites.FIRM_A, Sites.FIRST_MAKER);
        return definitions.commands;
    }

    private void venue() {
        begin(VenueDefineEncoder.TEMPLATE_ID);
        final VenueDefineEncoder venue = new VenueDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .maxAssets(ROOM.assets())
                .maxInstruments(ROOM.instruments())
                .maxAccounts(ROOM.accounts())
                .maxPositions(ROOM.positions())
                .maxOrders(ROOM.orders())
                .maxSessions(ROOM.sessions())
                .maxFirms(ROOM.firms())
                .gatewayTimeoutMs(2_000)
                .scanDeadlineMs(1_000)
                .maxMmpGroups(ROOM.mmpGroups())
                .maxPledges(ROOM.pledges());
        end(venue.encodedLength());
    }

    private void asset() {
        begin(AssetDefineEncoder.TEMPLATE_ID);
        final AssetDefineEncoder asset = new AssetDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .assetId(Sites.ASSET)
                .symbol("USD")
                .scale((short) 6);
        end(asset.encodedLength());
    }

    private void instrument(final int instrumentId, final Dice dice) {
        final ContractKind kind =
                dice.oneIn(2) ? ContractKind.LINEAR : ContractKind.get((short) dice.between(1, KINDS));
        kinds.add(kind);
        begin(InstrumentDefineEncoder.TEMPLATE_ID);
        final InstrumentDefineEncoder instrument = new InstrumentDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .instrumentId(instrumentId)
                .symbol("SIM" + instrumentId + "-PERP")
                .tickSize(Market.TICK_E9)
                .lotSize(kind == ContractKind.INVERSE ? INVERSE_LOT_E9 : Market.LOT_E9)
                .maxPrice(
                        kind == ContractKind.INVERSE
                                ? Market.MAX_TICKS * Market.TICK_E9
                                : 10 * Market.MAX_TICKS * Market.TICK_E9)
                .maxOrderQuantity(1_000)
                .maxPositionQuantity(10_000)
                .settleAssetId(Sites.ASSET)
                .initialMarginPpm(50_000)
                .maintenanceMarginPpm(25_000)
                .makerFeePpm((int) dice.between(-20, 100))
                .takerFeePpm((int) dice.between(50, 500))
                .liquidationFeePpm(5_000)
                .maxOpenOrders(60)
                .indexStaleMs(dice.between(500, 20_000))
                .kind(kind)
                .markRule(MarkRule.ORACLE)
                .requiredSources((short) 1)
                .takerDelayUs(dice.oneIn(3) ? dice.between(100, 5_000) : 0)
                .bandPpm(
                        dice.oneIn(2)
                                ? (int) dice.between(20_000, 200_000)
                                : InstrumentDefineEncoder.bandPpmNullValue())
                .collarPpm(
                        dice.oneIn(2)
                                ? (int) dice.between(10_000, 90_000)
                                : InstrumentDefineEncoder.collarPpmNullValue())
                .marketProtectionPpm(20_000)
                .limitMs(dice.between(50, 500))
                .haltMs(dice.between(50, 300))
                .auctionMs(dice.between(50, 300));
        if (kind == ContractKind.POWER) {
            power(instrument, dice);
        }
        end(instrument.encodedLength());
    }

    /** With the norm at which the contract's price is the market's where that begins. */
    private static void power(final InstrumentDefineEncoder instrument, final Dice dice) {
        switch (dice.below(3)) {
            case 0 -> instrument.exponent(PowerExponent.HALF).norm(NORM_OF_HALF_E9);
            case 1 -> instrument.exponent(PowerExponent.TWO).norm(NORM_OF_TWO_E9);
            default -> instrument.exponent(PowerExponent.ONE);
        }
    }

    /** Quick ones, of which INSURANCE pays little, so that a run sees them end in every way. */
    private void liquidation(final int instrumentId, final Dice dice) {
        if (dice.oneIn(3)) {
            return;
        }
        begin(LiquidationRulesEncoder.TEMPLATE_ID);
        final long retryMs = dice.between(100, 500);
        final LiquidationRulesEncoder rules = new LiquidationRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .instrumentId(instrumentId)
                .wholeNotional(dice.between(1, 50) * QUANTA_PER_USD)
                .tranchePpm((int) dice.between(100_000, 1_000_000))
                .retryMs(retryMs)
                .wholeAfterMs(retryMs + dice.between(0, 2_000))
                .deleverageRule(DeleverageRule.get((short) dice.between(1, RULES)));
        if (dice.oneIn(2)) {
            rules.drawCap(dice.between(1, 1_000)).drawWindowMs(dice.between(1_000, 10_000));
        }
        end(rules.encodedLength());
    }

    /** Intervals of a second, so that a run has many. */
    private void funding(final int instrumentId, final Dice dice) {
        final ContractKind kind = kinds.get(instrumentId - 1);
        if (dice.oneIn(3) || kind == ContractKind.INVERSE) {
            return;
        }
        final boolean hourly = dice.oneIn(2) && kind != ContractKind.POWER;
        begin(FundingRulesEncoder.TEMPLATE_ID);
        final FundingRulesEncoder rules = new FundingRulesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .instrumentId(instrumentId)
                .rule(hourly ? FundingRule.PREMIUM_HOURLY : FundingRule.CONTINUOUS)
                .samplePeriodMs(100);
        if (hourly) {
            rules.intervalMs(1_000).impactNotional(QUANTA_PER_USD);
        }
        end(rules.encodedLength());
    }

    private void insurance(final Dice dice) {
        begin(DepositEncoder.TEMPLATE_ID);
        final DepositEncoder deposit = new DepositEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(Ledger.INSURANCE_ID)
                .amount(dice.oneIn(2) ? dice.between(1, QUANTA_PER_USD) : dice.between(1, 500) * QUANTA_PER_USD)
                .assetId(Sites.ASSET);
        end(deposit.encodedLength());
    }

    private void firm(final int firmId, final String symbol) {
        begin(FirmDefineEncoder.TEMPLATE_ID);
        final FirmDefineEncoder firm = new FirmDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .firmId(firmId)
                .symbol(symbol);
        end(firm.encodedLength());
    }

    private void maker(final int maker, final Dice dice) {
        begin(AccountDefineEncoder.TEMPLATE_ID);
        final AccountDefineEncoder account = new AccountDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(maker)
                .firmId(Sites.firmOf(maker));
        end(account.encodedLength());
        session(maker, Role.MAKER, Sites.firmOf(maker), maker);
        begin(DepositEncoder.TEMPLATE_ID);
        final DepositEncoder deposit = new DepositEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .accountId(maker)
                .amount((dice.oneIn(2) ? dice.between(2, 30) : dice.between(30, 2_000)) * QUANTA_PER_USD)
                .assetId(Sites.ASSET);
        end(deposit.encodedLength());
    }

    /** @param firmId 0 for none. */
    private void session(final int sessionId, final Role role, final int firmId, final int accountId) {
        begin(SessionDefineEncoder.TEMPLATE_ID);
        final SessionDefineEncoder session = new SessionDefineEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .sourceMask(role == Role.PUBLISHER ? 1 : SessionDefineEncoder.sourceMaskNullValue())
                .firmId(firmId == 0 ? SessionDefineEncoder.firmIdNullValue() : firmId)
                .messagesPerSecond(role == Role.MAKER ? 20_000 : SessionDefineEncoder.messagesPerSecondNullValue())
                .burst(role == Role.MAKER ? 200 : SessionDefineEncoder.burstNullValue())
                .role(role)
                .wholeFirm(SessionDefineEncoder.wholeFirmNullValue());
        final SessionDefineEncoder.AccountsEncoder accounts = session.accountsCount(accountId == 0 ? 0 : 1);
        if (accountId != 0) {
            accounts.next().accountId(accountId);
        }
        end(session.encodedLength());
    }

    /** A field that is not set is the schema's null, also one that came into the schema later; what is reserved is 0. */
    private void begin(final int templateId) {
        buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        for (final FieldSchema field : Schema.venue().message(templateId).fields()) {
            final boolean isSet = field.kind() == Kind.NUMBER || field.kind() == Kind.ENUM;
            if (isSet && !field.name().startsWith("reserved")) {
                field.put(buffer, MessageHeaderEncoder.ENCODED_LENGTH, field.nullValue());
            }
        }
    }

    private void end(final int encodedLength) {
        commands.add(new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength));
    }
}
