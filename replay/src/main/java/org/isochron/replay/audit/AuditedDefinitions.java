package org.isochron.replay.audit;

import java.math.BigInteger;
import org.agrona.DirectBuffer;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.IndexState;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.InstrumentUpdateDecoder;
import org.isochron.codecs.LiquidationRulesDecoder;
import org.isochron.codecs.MarginMode;
import org.isochron.codecs.MarginTierSetDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.SetLeverageDecoder;
import org.isochron.codecs.VenueStatusDecoder;
import org.isochron.codecs.frame.Frame;

/** Reads terms out of accepted commands, and prices and states out of market data. */
final class AuditedDefinitions {
    private final AuditedVenue venue;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private final AssetDefineDecoder asset = new AssetDefineDecoder();
    private final InstrumentDefineDecoder instrument = new InstrumentDefineDecoder();
    private final InstrumentUpdateDecoder update = new InstrumentUpdateDecoder();
    private final MarginTierSetDecoder tiers = new MarginTierSetDecoder();
    private final LiquidationRulesDecoder rules = new LiquidationRulesDecoder();
    private final CollateralDefineDecoder collateral = new CollateralDefineDecoder();
    private final SetLeverageDecoder leverage = new SetLeverageDecoder();
    private final SecurityDefinitionDecoder definition = new SecurityDefinitionDecoder();
    private final SecurityStatusDecoder status = new SecurityStatusDecoder();
    private final MarkIndexDecoder mark = new MarkIndexDecoder();
    private final FundingRateDecoder rate = new FundingRateDecoder();
    private final VenueStatusDecoder venueStatus = new VenueStatusDecoder();

    AuditedDefinitions(final AuditedVenue venue) {
        this.venue = venue;
    }

    void onEvent(final Frame frame, final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case CommandAcceptedDecoder.TEMPLATE_ID -> {
                accepted.wrapAndApplyHeader(buffer, offset, header);
                onAccepted(accepted.refTemplateId(), frame.buffer(), frame.payloadOffset());
            }
            case SecurityDefinitionDecoder.TEMPLATE_ID ->
                define(frame, definition.wrapAndApplyHeader(buffer, offset, header));
            case SecurityStatusDecoder.TEMPLATE_ID -> {
                status.wrapAndApplyHeader(buffer, offset, header);
                venue.instrument(status.stamp().instrumentId()).state = status.state();
            }
            case MarkIndexDecoder.TEMPLATE_ID -> price(mark.wrapAndApplyHeader(buffer, offset, header));
            case FundingRateDecoder.TEMPLATE_ID -> {
                rate.wrapAndApplyHeader(buffer, offset, header);
                final AuditedInstrument funded = venue.instrument(rate.stamp().instrumentId());
                funded.fundingIndex = BigInteger.valueOf(rate.cumulativeIndex());
                venue.repriced(funded);
            }
            case VenueStatusDecoder.TEMPLATE_ID -> {
                venueStatus.wrapAndApplyHeader(buffer, offset, header);
                venue.isCancelOnly = venueStatus.cancelOnly() == 1;
            }
            default -> {
                // defines nothing
            }
        }
    }

    /** The first one of an instrument answers its InstrumentDefine, which alone has the fee of liquidations. */
    private void define(final Frame frame, final SecurityDefinitionDecoder told) {
        final AuditedInstrument defined =
                venue.instruments.computeIfAbsent(told.stamp().instrumentId(), id -> {
                    instrument.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
                    return new AuditedInstrument(id, (long) instrument.liquidationFeePpm());
                });
        defined.contract = AuditedContract.of(told, venue.asset(told.settleAssetId()).scale);
        defined.maxOrderLots = told.maxOrderQuantity();
        venue.repriced(defined);
    }

    private void price(final MarkIndexDecoder told) {
        final AuditedInstrument priced = venue.instrument(told.stamp().instrumentId());
        priced.indexTicks = ticks(told.indexPrice(), priced);
        priced.markTicks = ticks(told.markPrice(), priced);
        priced.isValid = told.state() == IndexState.VALID;
        venue.repriced(priced);
        venue.repricedCollateral(priced);
    }

    private static long ticks(final long price, final AuditedInstrument instrument) {
        return price == MarkIndexDecoder.markPriceNullValue() ? 0 : price / instrument.contract.tickSize();
    }

    private void onAccepted(final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case AssetDefineDecoder.TEMPLATE_ID -> {
                asset.wrapAndApplyHeader(buffer, offset, header);
                venue.assets.put(
                        asset.assetId(), new AuditedAsset(asset.assetId(), asset.symbol(), (int) asset.scale()));
            }
            case InstrumentUpdateDecoder.TEMPLATE_ID -> onUpdate(update.wrapAndApplyHeader(buffer, offset, header));
            case MarginTierSetDecoder.TEMPLATE_ID -> {
                tiers.wrapAndApplyHeader(buffer, offset, header);
                final long from = tiers.activationSequence();
                final AuditedInstrument tiered = venue.instrument(tiers.instrumentId());
                tiered.margins.send(AuditedMargins.of(tiers), from);
                venue.repriced(tiered);
            }
            case LiquidationRulesDecoder.TEMPLATE_ID -> {
                rules.wrapAndApplyHeader(buffer, offset, header);
                final AuditedInstrument ruled = venue.instrument(rules.instrumentId());
                ruled.rules.send(
                        AuditedLiquidationRules.of(rules, ruled.contract.scale(), ruled.maxOrderLots),
                        rules.activationSequence());
            }
            case CollateralDefineDecoder.TEMPLATE_ID ->
                onCollateral(collateral.wrapAndApplyHeader(buffer, offset, header));
            case SetLeverageDecoder.TEMPLATE_ID -> {
                leverage.wrapAndApplyHeader(buffer, offset, header);
                if (leverage.mode() != MarginMode.NULL_VAL) {
                    venue.isolate(
                            venue.position(leverage.accountId(), leverage.instrumentId()),
                            leverage.mode() == MarginMode.ISOLATED);
                }
            }
            default -> {
                // changes nothing that liquidations rest on
            }
        }
    }

    /** A fee that is kept also replaces one that waited. */
    private void onUpdate(final InstrumentUpdateDecoder sent) {
        final InForce<Long> fee = venue.instrument(sent.instrumentId()).feePpm;
        final boolean kept = sent.liquidationFeePpm() == InstrumentUpdateDecoder.liquidationFeePpmNullValue();
        fee.send(kept ? fee.terms() : (Long) (long) sent.liquidationFeePpm(), sent.activationSequence());
    }

    private void onCollateral(final CollateralDefineDecoder sent) {
        venue.define(
                sent.settleAssetId(),
                new AuditedPledge.Terms(
                        sent.assetId(),
                        venue.asset(sent.assetId()).scale,
                        venue.asset(sent.settleAssetId()).scale,
                        venue.instrument(sent.instrumentId()),
                        BigInteger.valueOf(sent.balanceCap()),
                        BigInteger.valueOf(sent.drawCap()),
                        sent.haircutPpm()));
    }
}
