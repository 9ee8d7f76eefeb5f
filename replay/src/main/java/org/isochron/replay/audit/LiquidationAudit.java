package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.CollateralConvertedDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.InsuranceFundDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationOutcome;
import org.isochron.codecs.LiquidationPrintDecoder;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.LiquidationTrancheDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.PositionSettledDecoder;
import org.isochron.codecs.ScanCompletedDecoder;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.audit.LiquidationFindings.Check;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Works every liquidation of a journal out again and compares (rulebook 8): when a bucket was under water, what was offered
 * to the book at which price, what INSURANCE had to take, who was deleveraged and in which order, what a last resort cost
 * whom; and whether everybody was told of it. It knows definitions out of commands and events, nothing else: cash, positions
 * and their cost, marks, tiers and rules in force are followed from there, and the arithmetic shares nothing with the
 * venue's.
 */
public final class LiquidationAudit implements EventConsumer {
    /** Of 4,096 that a command may cause. One with as many may have had no room to go on. */
    private static final int EVENTS_OF_A_FULL_BATCH = 2_000;

    private static final long NULL_32 = 0xFFFF_FFFFL;

    private final AuditedVenue venue = new AuditedVenue();
    private final AuditedDefinitions definitions = new AuditedDefinitions(venue);
    private final AuditedMoney money = new AuditedMoney(venue);
    private final AuditedFund fund = new AuditedFund(venue);
    private final LiquidationFindings findings = new LiquidationFindings();
    private final TrancheChecks tranches = new TrancheChecks(venue, findings);
    private final TakeoverChecks takeovers = new TakeoverChecks(venue, fund, findings);
    private final DeleverageChecks deleveragings;
    private final SettlementChecks settlements;
    private final FundChecks fundChecks = new FundChecks(venue, fund, findings);
    private final UnwindChecks unwindings = new UnwindChecks(venue, fundChecks, findings);
    private final CascadeRecorder cascades = new CascadeRecorder(venue, fund, findings);
    private final MaintenanceWatch watch;

    private final Map<AuditedBucket, AuditedLiquidation> open = new LinkedHashMap<>();
    private final List<AuditedLiquidation> all = new ArrayList<>();
    /** Of this command, by tradeId. */
    private final Map<Long, DeleveragedFill> fills = new TreeMap<>();
    /** Positions on their way out, of this command. */
    private final Map<AuditedPosition, Closing> closings = new LinkedHashMap<>();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final LiquidationTrancheDecoder tranche = new LiquidationTrancheDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final MarketSettledDecoder marketSettled = new MarketSettledDecoder();
    private final PositionSettledDecoder positionSettled = new PositionSettledDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final InsuranceFundDecoder fundMoved = new InsuranceFundDecoder();
    private final LiquidationPrintDecoder print = new LiquidationPrintDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final CollateralConvertedDecoder converted = new CollateralConvertedDecoder();
    private final FundingPaymentDecoder funding = new FundingPaymentDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private final ScanCompletedDecoder scanCompleted = new ScanCompletedDecoder();

    /** Liquidation of which something was told last; null before. */
    private AuditedLiquidation lastActive;

    private long liquidationTrade;

    /** With no ranking written down. */
    public LiquidationAudit() {
        this(0);
    }

    /** @param rankingSequence command whose deleveraging is written down with the whole queue, 0 for none. */
    public LiquidationAudit(final long rankingSequence) {
        deleveragings = new DeleverageChecks(venue, findings, rankingSequence);
        settlements = new SettlementChecks(venue, fund, findings);
        watch = new MaintenanceWatch(venue, findings, open::containsKey);
    }

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        venue.begin(frame.sequence(), frame.timestampNs());
        pairUp(events);
        int count = 0;
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int offset = events.messageOffset(record);
            header.wrap(events.buffer(), offset);
            final int template = header.templateId();
            before(frame, template, events.buffer(), offset);
            definitions.onEvent(frame, template, events.buffer(), offset);
            money.onEvent(template, events.buffer(), offset);
            after(frame, template, events.buffer(), offset);
            count++;
        }
        commandEnds(frame, count > EVENTS_OF_A_FULL_BATCH);
    }

    private void commandEnds(final Frame frame, final boolean isFull) {
        open.values().forEach(each -> each.commandEnds(venue.sequence, isFull));
        closings.clear();
        fundChecks.commandEnds();
        cascades.commandEnds();
        watch.commandEnds(isClockTick(frame));
    }

    private boolean isClockTick(final Frame frame) {
        return MessageShape.isCarriedBy(
                frame, FrameType.SEQUENCER, ClockTickDecoder.TEMPLATE_ID, ClockTickDecoder.BLOCK_LENGTH);
    }

    // Before an event moves anything

    private void before(final Frame frame, final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case LiquidationStartedDecoder.TEMPLATE_ID -> start(started.wrapAndApplyHeader(buffer, offset, header));
            case FillDecoder.TEMPLATE_ID -> onFill(fill.wrapAndApplyHeader(buffer, offset, header));
            case LiquidationTrancheDecoder.TEMPLATE_ID -> onTranche(tranche.wrapAndApplyHeader(buffer, offset, header));
            case TakeoverDecoder.TEMPLATE_ID -> onTakeover(takeover.wrapAndApplyHeader(buffer, offset, header));
            case DeleveragedDecoder.TEMPLATE_ID ->
                onDeleveraged(deleveraged.wrapAndApplyHeader(buffer, offset, header), frame.chain());
            case MarketSettledDecoder.TEMPLATE_ID ->
                beforeSettled(marketSettled.wrapAndApplyHeader(buffer, offset, header), frame.chain());
            case PositionSettledDecoder.TEMPLATE_ID ->
                settlements.onPosition(positionSettled.wrapAndApplyHeader(buffer, offset, header));
            case LiquidationEndedDecoder.TEMPLATE_ID -> end(ended.wrapAndApplyHeader(buffer, offset, header));
            case InsuranceFundDecoder.TEMPLATE_ID ->
                fundChecks.onFund(fundMoved.wrapAndApplyHeader(buffer, offset, header));
            case LiquidationPrintDecoder.TEMPLATE_ID ->
                fundChecks.onPrint(print.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // decides nothing about a liquidation
            }
        }
    }

    private void start(final LiquidationStartedDecoder event) {
        final AuditedBucket bucket = venue.bucket(event.accountId(), event.assetId(), event.instrumentId());
        final Check check = findings.check(venue.sequence, event.accountId(), "LiquidationStarted");
        check.same("equity", bucket.equity(), event.equity());
        check.same("maintenanceMargin", bucket.maintenance(), event.maintenanceMargin());
        check.same("closingFee", bucket.closingFee(), event.closingFee());
        check.holds(!open.containsKey(bucket), "no liquidation of it goes on", "none", "one");
        check.holds(bucket.marksValid(), "every mark is valid", "valid marks", "one that is not");
        final boolean isFund = event.accountId() == AuditedVenue.INSURANCE_ID;
        check.holds(
                isFund ? bucket.equity().signum() < 0 : bucket.isUnderwater(),
                "the bucket is below its maintenance margin",
                "less",
                bucket.equity());
        final AuditedLiquidation begun = new AuditedLiquidation(bucket, venue.sequence, venue.timeNs);
        open.put(bucket, begun);
        all.add(begun);
        lastActive = begun;
        watch.liquidated(bucket);
    }

    /** The liquidation that a position is in, which goes on; null, and a finding, when there is none. */
    private AuditedLiquidation liquidationOf(final AuditedPosition position, final String event) {
        return liquidationOf(position.bucket, event);
    }

    private AuditedLiquidation liquidationOf(final AuditedBucket bucket, final String event) {
        final AuditedLiquidation found = open.get(bucket);
        findings.check(venue.sequence, bucket.id.accountId(), event)
                .holds(found != null, "only of a bucket under liquidation", "none", event);
        if (found != null) {
            found.goOn(venue.sequence, venue.timeNs);
            lastActive = found;
        }
        return found;
    }

    /** The side of a liquidation has no order; INSURANCE working off its lots is not under liquidation. */
    private void onFill(final FillDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        if (event.accountId() == AuditedVenue.INSURANCE_ID) {
            unwindings.onFill(position, event);
        } else if (event.liquidation() == 1) {
            liquidationTrade = event.tradeId();
            final AuditedLiquidation liquidation = liquidationOf(position, "Fill");
            if (liquidation != null) {
                tranches.onFill(liquidation, event);
            }
        } else if (event.tradeId() == liquidationTrade && event.fee() < 0) {
            // The rebate of whoever a liquidation met comes out of INSURANCE.
            fundChecks.moved(
                    position.instrument.contract.assetId(),
                    InsuranceReason.LIQUIDATION_FEE,
                    BigInteger.valueOf(event.fee()));
        }
    }

    private void onTranche(final LiquidationTrancheDecoder event) {
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        final AuditedLiquidation liquidation = liquidationOf(position, "LiquidationTranche");
        if (liquidation != null) {
            final TrancheChecks.Outcome outcome = tranches.onTranche(liquidation, event);
            if (outcome.lots() != 0) {
                went(position, LiquidationPrintKind.TRANCHE, outcome.wasLong(), outcome.lots(), outcome.received());
            }
        }
    }

    private void went(
            final AuditedPosition position,
            final LiquidationPrintKind kind,
            final boolean wasLong,
            final long lots,
            final BigInteger cash) {
        fundChecks.went(position.instrument, kind, wasLong, lots, cash);
        cascades.went(position.instrument, kind, lots, cash);
    }

    private void onTakeover(final TakeoverDecoder event) {
        if (event.instrumentId() == NULL_32) {
            onDeficit(event);
            return;
        }
        final AuditedPosition position = venue.position(event.accountId(), event.instrumentId());
        final AuditedLiquidation liquidation = liquidationOf(position, "Takeover");
        if (liquidation != null) {
            final Closing closing = takeovers.begin(liquidation, position);
            closings.put(position, closing);
            takeovers.onTakeover(liquidation, closing, event);
        }
        final BigInteger cash = BigInteger.valueOf(event.cash());
        went(position, LiquidationPrintKind.TAKEOVER, position.lots > 0, Math.abs(event.quantity()), cash);
        fundChecks.moved(position.instrument.contract.assetId(), InsuranceReason.TAKEOVER, cash.negate());
    }

    /** The event does not name the bucket; the BalanceChanged behind it does, and no account has two that owe at once. */
    private void onDeficit(final TakeoverDecoder event) {
        for (final AuditedLiquidation each : open.values()) {
            final AuditedBucket bucket = each.bucket;
            if (bucket.id.accountId() == event.accountId()
                    && bucket.isFlat()
                    && bucket.equity().signum() < 0) {
                each.goOn(venue.sequence, venue.timeNs);
                takeovers.onDeficit(each, event);
                return;
            }
        }
        findings.check(venue.sequence, event.accountId(), "Takeover")
                .holds(false, "a deficit is paid of a bucket under liquidation that owes", "none", event.cash());
    }

    // Deleveraging

    /** A fill is told to both sides. */
    private void pairUp(final EventBatch events) {
        fills.clear();
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            header.wrap(events.buffer(), events.messageOffset(record));
            if (header.templateId() == DeleveragedDecoder.TEMPLATE_ID) {
                deleveraged.wrapAndApplyHeader(events.buffer(), events.messageOffset(record), header);
                final DeleveragedFill told = fills.get(deleveraged.tradeId());
                if (told == null) {
                    fills.put(deleveraged.tradeId(), new DeleveragedFill(deleveraged));
                } else {
                    findings.check(venue.sequence, deleveraged.accountId(), "Deleveraged")
                            .holds(told.adds(deleveraged), "both sides are told the same", "the same", "another");
                }
            }
        }
        fills.values()
                .forEach(each -> findings.check(venue.sequence, 0, "Deleveraged")
                        .holds(each.isPair(), "one event to each side", "two", "another number"));
    }

    private void onDeleveraged(final DeleveragedDecoder event, final long chain) {
        final Check check = findings.check(venue.sequence, event.accountId(), "Deleveraged");
        final AuditedPosition addressed = venue.position(event.accountId(), event.instrumentId());
        final BigInteger cash = BigInteger.valueOf(event.cash());
        check.same("positionAfter", addressed.lots + event.quantity(), event.positionAfter());
        check.same("balanceAfter", addressed.bucket.cash.add(cash), event.balanceAfter());
        if (event.accountId() == AuditedVenue.INSURANCE_ID) {
            fundChecks.moved(addressed.bucket.id.assetId(), InsuranceReason.DELEVERAGED, cash);
        }
        final DeleveragedFill told = fills.get(event.tradeId());
        if (told.isPair() && told.isNew()) {
            onFill(told, chain);
        }
    }

    private void onFill(final DeleveragedFill told, final long chain) {
        final AuditedPosition liquidated = venue.position(told.liquidatedId(), told.instrumentId);
        final AuditedLiquidation liquidation = liquidationOf(liquidated, "Deleveraged");
        if (liquidation != null) {
            deleveragings.onFill(liquidation, closingOf(liquidation, liquidated), told, chain);
        }
        went(liquidated, LiquidationPrintKind.DELEVERAGED, liquidated.lots > 0, Math.abs(told.lots), told.cash);
    }

    /** Goes on, or begins with INSURANCE having taken none. */
    private Closing closingOf(final AuditedLiquidation liquidation, final AuditedPosition position) {
        Closing closing = closings.get(position);
        if (closing == null || closing.left() == 0) {
            closing = takeovers.begin(liquidation, position);
            takeovers.onNothingTaken(liquidation, closing);
            closings.put(position, closing);
        }
        return closing;
    }

    // Last resort

    /** Whose rest nobody could take: of a market, before it is settled. */
    private void beforeSettled(final MarketSettledDecoder event, final long chain) {
        final long instrumentId = event.stamp().instrumentId();
        final AuditedLiquidation cause =
                instrumentId == NULL_32 ? owing(event) : handingOn(venue.instrument(instrumentId));
        final Check check = findings.check(venue.sequence, 0, "MarketSettled");
        check.holds(cause != null, "only for a bucket under liquidation", "one", "none");
        if (cause == null) {
            return;
        }
        cause.goOn(venue.sequence, venue.timeNs);
        cause.isSettled = true;
        if (instrumentId == NULL_32) {
            final BigInteger payable = fund.payable(event.assetId());
            check.holds(cause.isFund() || payable.signum() == 0, "INSURANCE pays what it can first", payable, 0);
            return;
        }
        final Closing closing = closingOf(cause, cause.bucket.positions.get(instrumentId));
        deleveragings.onExhausted(closing, chain);
        noteSettled(venue.instrument(instrumentId));
    }

    /** The one under liquidation that has no lots and owes as much. */
    private AuditedLiquidation owing(final MarketSettledDecoder event) {
        for (final AuditedLiquidation each : open.values()) {
            if (each.bucket.id.assetId() == event.assetId()
                    && each.bucket.isFlat()
                    && each.bucket.equity().negate().equals(BigInteger.valueOf(event.deficit()))) {
                return each;
            }
        }
        return null;
    }

    /** The one whose lots in the instrument are on their way out, or whose turn it is. */
    private AuditedLiquidation handingOn(final AuditedInstrument instrument) {
        for (final Closing closing : closings.values()) {
            if (closing.position().instrument == instrument && closing.left() != 0) {
                return open.get(closing.position().bucket);
            }
        }
        if (lastActive != null && isHandingOn(lastActive, instrument)) {
            return lastActive;
        }
        return open.values().stream()
                .filter(each -> isHandingOn(each, instrument))
                .findFirst()
                .orElse(null);
    }

    private boolean isHandingOn(final AuditedLiquidation liquidation, final AuditedInstrument instrument) {
        final AuditedPosition position = liquidation.bucket.positions.get(instrument.id);
        return open.get(liquidation.bucket) == liquidation
                && position != null
                && position.lots != 0
                && takeovers.isDue(liquidation, position);
    }

    private void noteSettled(final AuditedInstrument instrument) {
        for (final AuditedLiquidation each : open.values()) {
            final AuditedPosition position = each.bucket.positions.get(instrument.id);
            each.lotsSettled += position == null ? 0 : Math.abs(position.lots);
        }
    }

    private void afterSettled(final MarketSettledDecoder event) {
        final AuditedSettlement settlement = money.settlement();
        settlements.onMarket(settlement, event);
        final AuditedInstrument instrument = settlement.instrument();
        // One that has neither paid nor received is not told of.
        if (settlement.insuranceChange().signum() != 0) {
            fundChecks.moved(event.assetId(), InsuranceReason.SETTLEMENT, settlement.insuranceChange());
        }
        if (instrument != null) {
            cascades.went(instrument, null, settlement.openInterest(), instrument.value(settlement.openInterest()));
        }
    }

    private void end(final LiquidationEndedDecoder event) {
        final AuditedBucket bucket = venue.bucket(event.accountId(), event.assetId(), event.instrumentId());
        final AuditedLiquidation ending = liquidationOf(bucket, "LiquidationEnded");
        if (ending == null) {
            return;
        }
        final Check check = findings.check(venue.sequence, event.accountId(), "LiquidationEnded");
        check.same("equity", bucket.equity(), event.equity());
        check.same("maintenanceMargin", bucket.maintenance(), event.maintenanceMargin());
        check.same("outcome", outcome(ending), event.outcome());
        check.holds(
                ending.isFund() ? bucket.equity().signum() >= 0 : !bucket.isUnderwater(),
                "the bucket is healthy again, or empty",
                "enough",
                bucket.equity());
        ending.endSequence = venue.sequence;
        ending.endNs = venue.timeNs;
        ending.outcome = event.outcome();
        open.remove(bucket);
        watch.liquidated(bucket);
    }

    private static LiquidationOutcome outcome(final AuditedLiquidation ending) {
        if (ending.isSettled) {
            return LiquidationOutcome.SETTLED;
        }
        if (ending.lotsDeleveraged != 0) {
            return LiquidationOutcome.DELEVERAGED;
        }
        if (ending.lotsToFund != 0 || ending.paidDeficit) {
            return LiquidationOutcome.TAKEN_OVER;
        }
        return ending.firstTrancheNs != 0 ? LiquidationOutcome.CLOSED_IN_MARKET : LiquidationOutcome.CURED;
    }

    // After an event has moved what it moves

    private void after(final Frame frame, final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case MarketSettledDecoder.TEMPLATE_ID ->
                afterSettled(marketSettled.wrapAndApplyHeader(buffer, offset, header));
            case BalanceChangedDecoder.TEMPLATE_ID -> onBalance(balance.wrapAndApplyHeader(buffer, offset, header));
            case CollateralConvertedDecoder.TEMPLATE_ID -> {
                converted.wrapAndApplyHeader(buffer, offset, header);
                fundChecks.moved(
                        converted.settleAssetId(),
                        InsuranceReason.COLLATERAL,
                        BigInteger.valueOf(converted.paid()).negate());
                fundChecks.moved(
                        converted.assetId(), InsuranceReason.COLLATERAL, BigInteger.valueOf(converted.amount()));
            }
            case FundingPaymentDecoder.TEMPLATE_ID -> {
                funding.wrapAndApplyHeader(buffer, offset, header);
                if (funding.accountId() == AuditedVenue.INSURANCE_ID) {
                    fundChecks.moved(funding.assetId(), InsuranceReason.FUNDING, BigInteger.valueOf(funding.amount()));
                }
            }
            case CommandAcceptedDecoder.TEMPLATE_ID -> {
                accepted.wrapAndApplyHeader(buffer, offset, header);
                if (accepted.refTemplateId() == ScanCompletedDecoder.TEMPLATE_ID) {
                    onScan(frame);
                }
            }
            default -> {
                // needs no second look
            }
        }
    }

    private void onBalance(final BalanceChangedDecoder event) {
        final BigInteger amount = BigInteger.valueOf(event.amount());
        final InsuranceReason reason = switch (event.reason()) {
            case LIQUIDATION_FEE -> InsuranceReason.LIQUIDATION_FEE;
            case DEFICIT -> InsuranceReason.DEFICIT;
            default -> null;
        };
        if (reason != null) {
            fundChecks.moved(event.assetId(), reason, amount.negate());
        } else if (event.accountId() == AuditedVenue.INSURANCE_ID) {
            fundChecks.moved(
                    event.assetId(),
                    event.reason() == BalanceReason.WITHDRAWAL ? InsuranceReason.WITHDRAWAL : InsuranceReason.DEPOSIT,
                    amount);
        }
    }

    private void onScan(final Frame frame) {
        scanCompleted.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        final long from = scanCompleted.fromAccountId();
        final long to = scanCompleted.toAccountId();
        watch.onScanCompleted(scanCompleted.scannedSequence(), from == NULL_32 ? 0 : from, to);
    }

    /** What was found, once the journal has been replayed. */
    public LiquidationFindings findings() {
        watch.end();
        settlements.end();
        for (final AuditedLiquidation each : all) {
            final AuditedAsset asset = venue.asset(each.bucket.id.assetId());
            findings.row(new LiquidationRow(
                    each.startSequence,
                    each.endSequence,
                    each.startNs,
                    each.endNs,
                    each.bucket.id.accountId(),
                    String.join(",", each.symbols),
                    each.bucket.id.isIsolated(),
                    asset.id,
                    asset.symbol,
                    asset.scale,
                    each.notional,
                    each.lotsToBook,
                    each.lotsToFund,
                    each.lotsDeleveraged,
                    each.lotsSettled,
                    each.cost,
                    each.endSequence == 0 ? "OPEN" : each.outcome.name()));
        }
        return findings;
    }
}
