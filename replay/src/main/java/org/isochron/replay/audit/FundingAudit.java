package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.codecs.FundingPaymentDecoder;
import org.isochron.codecs.FundingRateDecoder;
import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.FundingSampleDecoder;
import org.isochron.codecs.FundingTickDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Inspection.Funds;
import org.isochron.replay.EventConsumer;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Works every sample, rate, move of the index and payment of a journal out again and compares (rulebook 6). Inputs are the
 * operator's rules and the holders' funding orders out of the commands, positions out of fills and takeovers, and market
 * data: the book order by order, index and mark. The replayed venue is
 * asked at the end only, for what its pool holds.
 */
public final class FundingAudit implements EventConsumer {
    private static final long ID_MASK = 0xFFFF_FFFFL;
    private static final long INSURANCE_ID = 4_000_000_002L;

    private final Map<Long, AuditedFunding> instruments = new LinkedHashMap<>();
    private final Map<Long, Integer> scales = new HashMap<>();
    /** By account and instrument, both 32 bits. */
    private final Map<Long, Held> positions = new HashMap<>();
    /** By asset: quanta that settled markets have left in ROUNDING. */
    private final Map<Long, BigInteger> leftOver = new HashMap<>();

    private final FundingFindings findings = new FundingFindings();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private final FundingOrderDecoder order = new FundingOrderDecoder();
    private final FundingRulesDecoder rules = new FundingRulesDecoder();
    private final AssetDefineDecoder asset = new AssetDefineDecoder();
    private final SecurityDefinitionDecoder definition = new SecurityDefinitionDecoder();
    private final SecurityStatusDecoder status = new SecurityStatusDecoder();
    private final MarkIndexDecoder mark = new MarkIndexDecoder();
    private final OrderAddDecoder added = new OrderAddDecoder();
    private final OrderReduceDecoder reduced = new OrderReduceDecoder();
    private final OrderDeleteDecoder deleted = new OrderDeleteDecoder();
    private final FundingSampleDecoder sample = new FundingSampleDecoder();
    private final FundingTickDecoder tick = new FundingTickDecoder();
    private final FundingRateDecoder rate = new FundingRateDecoder();
    private final FundingPaymentDecoder payment = new FundingPaymentDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final MarketSettledDecoder settled = new MarketSettledDecoder();

    /** A position as fills, takeovers and deleveragings tell it, and the index up to which it has paid. */
    private record Held(long lots, long index) {}

    private boolean hasFunded;
    private long sequence;

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        sequence = frame.sequence();
        instruments.values().forEach(each -> each.activate(sequence));
        final boolean ticks = isClockTick(frame);
        hasFunded = false;
        if (ticks) {
            instruments.values().forEach(each -> each.tickBegins(frame.timestampNs()));
        }
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int offset = events.messageOffset(record);
            header.wrap(events.buffer(), offset);
            onEvent(frame, header.templateId(), events.buffer(), offset, ticks);
        }
        if (ticks) {
            fundOnce();
            instruments.values().forEach(each -> each.tickEnds(sequence));
        }
    }

    private boolean isClockTick(final Frame frame) {
        return MessageShape.isCarriedBy(
                frame, FrameType.SEQUENCER, ClockTickDecoder.TEMPLATE_ID, ClockTickDecoder.BLOCK_LENGTH);
    }

    /** Before the first funding event of a tick, or at its end: whatever it was made from has been told. */
    private void fundOnce() {
        if (!hasFunded) {
            hasFunded = true;
            instruments.values().forEach(AuditedFunding::tickFunds);
        }
    }

    private void onEvent(
            final Frame frame, final int template, final DirectBuffer buffer, final int offset, final boolean ticks) {
        switch (template) {
            case CommandAcceptedDecoder.TEMPLATE_ID -> {
                accepted.wrapAndApplyHeader(buffer, offset, header);
                onAccepted(frame, accepted.refTemplateId());
            }
            case SecurityDefinitionDecoder.TEMPLATE_ID -> {
                definition.wrapAndApplyHeader(buffer, offset, header);
                define();
            }
            case SecurityStatusDecoder.TEMPLATE_ID -> {
                status.wrapAndApplyHeader(buffer, offset, header);
                instruments.get(status.stamp().instrumentId()).state(status.state());
            }
            case MarkIndexDecoder.TEMPLATE_ID -> {
                mark.wrapAndApplyHeader(buffer, offset, header);
                instruments.get(mark.stamp().instrumentId()).mark(mark);
            }
            case FundingPaymentDecoder.TEMPLATE_ID -> {
                payment.wrapAndApplyHeader(buffer, offset, header);
                pay();
            }
            case FillDecoder.TEMPLATE_ID -> {
                fill.wrapAndApplyHeader(buffer, offset, header);
                hold(fill.accountId(), fill.instrumentId(), fill.positionAfter());
            }
            case DeleveragedDecoder.TEMPLATE_ID -> {
                deleveraged.wrapAndApplyHeader(buffer, offset, header);
                hold(deleveraged.accountId(), deleveraged.instrumentId(), deleveraged.positionAfter());
            }
            case MarketSettledDecoder.TEMPLATE_ID -> {
                settled.wrapAndApplyHeader(buffer, offset, header);
                settle();
            }
            case TakeoverDecoder.TEMPLATE_ID -> {
                takeover.wrapAndApplyHeader(buffer, offset, header);
                takeOver();
            }
            default -> onBookOrFunding(template, buffer, offset, ticks);
        }
    }

    private void onBookOrFunding(final int template, final DirectBuffer buffer, final int offset, final boolean ticks) {
        switch (template) {
            case OrderAddDecoder.TEMPLATE_ID -> {
                added.wrapAndApplyHeader(buffer, offset, header);
                final AuditedFunding funding = instruments.get(added.stamp().instrumentId());
                final long level = added.price() / funding.contract().tickSize();
                funding.book.add(added.orderId(), added.side() == Side.BUY, level, added.quantity());
            }
            case OrderReduceDecoder.TEMPLATE_ID -> {
                reduced.wrapAndApplyHeader(buffer, offset, header);
                instruments
                        .get(reduced.stamp().instrumentId())
                        .book
                        .reduce(reduced.orderId(), reduced.leavesQuantity());
            }
            case OrderDeleteDecoder.TEMPLATE_ID -> {
                deleted.wrapAndApplyHeader(buffer, offset, header);
                instruments.get(deleted.stamp().instrumentId()).book.delete(deleted.orderId());
            }
            default -> onFunding(template, buffer, offset);
        }
    }

    private void onFunding(final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case FundingSampleDecoder.TEMPLATE_ID -> {
                fundOnce();
                sample.wrapAndApplyHeader(buffer, offset, header);
                instruments.get(sample.stamp().instrumentId()).sample(sequence, sample);
            }
            case FundingTickDecoder.TEMPLATE_ID -> {
                fundOnce();
                tick.wrapAndApplyHeader(buffer, offset, header);
                onTick(tick.stamp().instrumentId());
            }
            case FundingRateDecoder.TEMPLATE_ID -> {
                rate.wrapAndApplyHeader(buffer, offset, header);
                final AuditedFunding funding = instruments.get(rate.stamp().instrumentId());
                // That of an auction waits for what it closes, perhaps until a command that is no clock tick.
                if (!funding.isDecided()) {
                    fundOnce();
                }
                funding.rate(sequence, rate);
            }
            default -> {
                // nothing that funding is made from
            }
        }
    }

    private void onTick(final long instrumentId) {
        final AuditedFunding funding = instruments.get(instrumentId);
        if (funding.isAuction()) {
            final Map<Long, Long> held = new HashMap<>();
            positions.forEach((key, each) -> {
                if ((key & ID_MASK) == instrumentId) {
                    held.put(key >>> Integer.SIZE, each.lots);
                }
            });
            funding.decide(sequence, tick, held);
        } else {
            funding.tick(sequence, tick);
        }
    }

    private void onAccepted(final Frame frame, final int template) {
        final DirectBuffer buffer = frame.buffer();
        final int offset = frame.payloadOffset();
        if (template == AssetDefineDecoder.TEMPLATE_ID) {
            asset.wrapAndApplyHeader(buffer, offset, header);
            scales.put(asset.assetId(), (int) asset.scale());
        } else if (template == FundingOrderDecoder.TEMPLATE_ID) {
            order.wrapAndApplyHeader(buffer, offset, header);
            final Held held = positions.get(key(order.accountId(), order.instrumentId()));
            instruments
                    .get(order.instrumentId())
                    .order(order.accountId(), held == null ? 0 : held.lots, order.quantity(), order.limitRate());
        } else if (template == FundingRulesDecoder.TEMPLATE_ID) {
            rules.wrapAndApplyHeader(buffer, offset, header);
            final AuditedFunding funding = instruments.get(rules.instrumentId());
            funding.rules(
                    AuditedRules.of(rules, funding.contract()),
                    rules.activationSequence() == FundingRulesDecoder.activationSequenceNullValue());
        }
    }

    private void define() {
        final AuditedContract contract = AuditedContract.of(definition, scales.get(definition.settleAssetId()));
        final int slot = instruments.size();
        instruments
                .computeIfAbsent(
                        definition.stamp().instrumentId(),
                        id -> new AuditedFunding(slot, findings.row(contract.symbol()), findings))
                .contract(contract);
    }

    private void pay() {
        final AuditedFunding funding = instruments.get(payment.instrumentId());
        final FundingFindings.Row row = funding.row;
        final FundingFindings.Check check = findings.check(sequence, row, "FundingPayment");
        final Held held = positions.getOrDefault(
                key(payment.accountId(), payment.instrumentId()), new Held(0, payment.indexBefore()));
        check.same("quantity", held.lots, payment.quantity());
        check.same("indexBefore", held.index, payment.indexBefore());
        hold(payment.accountId(), payment.instrumentId(), held.lots);
        check.same("indexAfter", funding.cumulativeIndex(), payment.indexAfter());
        check.same(
                "amount", funding(payment.quantity(), payment.indexBefore(), payment.indexAfter()), payment.amount());
        row.payments++;
        row.received = row.received.add(BigInteger.valueOf(payment.amount()));
    }

    private static BigInteger funding(final long lots, final long from, final long to) {
        return Rounding.funding(lots, BigInteger.valueOf(from), BigInteger.valueOf(to));
    }

    /** Every position of the market is closed, INSURANCE's too; funding up to now goes with it and is no payment of its own. */
    private void settle() {
        final long instrumentId = settled.stamp().instrumentId();
        final AuditedFunding funding = instruments.get(instrumentId);
        if (funding == null) {
            // Only a deficit was shared out.
            return;
        }
        final AuditedContract contract = funding.contract();
        final long ticks = settled.markPrice() / contract.tickSize();
        positions.entrySet().removeIf(entry -> {
            final Held held = entry.getValue();
            if ((entry.getKey() & ID_MASK) != instrumentId) {
                return false;
            }
            funding.row.received = funding.row.received.add(funding(held.lots, held.index, funding.cumulativeIndex()));
            leftOver.merge(
                    contract.assetId(), contract.settlement(held.lots, ticks).negate(), BigInteger::add);
            return true;
        });
    }

    private void hold(final long accountId, final long instrumentId, final long lots) {
        positions.put(
                key(accountId, instrumentId),
                new Held(lots, instruments.get(instrumentId).cumulativeIndex()));
    }

    private static long key(final long accountId, final long instrumentId) {
        return accountId << Integer.SIZE | instrumentId;
    }

    private void takeOver() {
        if (takeover.instrumentId() == TakeoverDecoder.instrumentIdNullValue()) {
            return;
        }
        final Held held = positions.get(key(takeover.accountId(), takeover.instrumentId()));
        hold(takeover.accountId(), takeover.instrumentId(), held.lots - takeover.quantity());
        hold(INSURANCE_ID, takeover.instrumentId(), takeover.insurancePositionAfter());
    }

    /** What was found, once the journal has been replayed; compares the sums of payments with the venue's pool. */
    public FundingFindings findings(final Inspection venue) {
        for (final Funds funds : venue.summary().funds()) {
            BigInteger received = BigInteger.ZERO;
            for (final AuditedFunding funding : instruments.values()) {
                if (funding.contract().assetId() == funds.assetId()) {
                    received = received.add(funding.row.received);
                }
            }
            findings.total(new FundingFindings.Total(
                    venue.assetSymbol(funds.assetId()),
                    received,
                    funds.fundingPool(),
                    funds.rounding(),
                    leftOver.getOrDefault(funds.assetId(), BigInteger.ZERO)));
        }
        return findings;
    }
}
