package org.isochron.matcher.venue;

import org.isochron.codecs.ActivationCause;
import org.isochron.codecs.BalanceChangedEncoder;
import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.BusinessRejectEncoder;
import org.isochron.codecs.CancelDecoder;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.CancelRejectEncoder;
import org.isochron.codecs.CancelledEncoder;
import org.isochron.codecs.CollateralConvertedEncoder;
import org.isochron.codecs.CommandAcceptedEncoder;
import org.isochron.codecs.FillEncoder;
import org.isochron.codecs.IsolatedMovedEncoder;
import org.isochron.codecs.Liquidity;
import org.isochron.codecs.MassCancelAckEncoder;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrderAckEncoder;
import org.isochron.codecs.OrderActivatedEncoder;
import org.isochron.codecs.OrderReducedEncoder;
import org.isochron.codecs.OrderState;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.RejectEncoder;
import org.isochron.codecs.ReplaceAckEncoder;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.codecs.ReplaceRejectEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.VenueStatusEncoder;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/** Writes the private events about requests, orders and cash. Prices leave in units of 1e-9, quantities in lots. */
final class Reports {
    private final EventWriter events;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final Books books;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAckEncoder orderAck = new OrderAckEncoder();
    private final ReplaceAckEncoder replaceAck = new ReplaceAckEncoder();
    private final FillEncoder fill = new FillEncoder();
    private final MassCancelAckEncoder massCancelAck = new MassCancelAckEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderActivatedEncoder activated = new OrderActivatedEncoder();
    private final CancelledEncoder cancelled = new CancelledEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final ReplaceRejectEncoder replaceReject = new ReplaceRejectEncoder();
    private final CancelRejectEncoder cancelReject = new CancelRejectEncoder();
    private final BusinessRejectEncoder businessReject = new BusinessRejectEncoder();
    private final CommandAcceptedEncoder accepted = new CommandAcceptedEncoder();
    private final BalanceChangedEncoder balanceChanged = new BalanceChangedEncoder();
    private final IsolatedMovedEncoder isolatedMoved = new IsolatedMovedEncoder();
    private final CollateralConvertedEncoder collateralConverted = new CollateralConvertedEncoder();
    private final VenueStatusEncoder venueStatus = new VenueStatusEncoder();

    Reports(final EventWriter events, final Sessions sessions, final Ledger ledger, final Books books) {
        this.events = events;
        this.sessions = sessions;
        this.ledger = ledger;
        this.books = books;
        instruments = ledger.instruments();
        positions = ledger.positions();
    }

    static Side side(final boolean buy) {
        return buy ? Side.BUY : Side.SELL;
    }

    void orderAck(final Request request, final int order, final OrderState state) {
        final int account = positions.account(books.holding(order));
        final int offset = events.claimPrivate(OrderAckEncoder.BLOCK_LENGTH, request.session, ledger.firm(account));
        orderAck.wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(books.clientId(order))
                .orderId(books.id(order))
                .priority(priority(order))
                .price(price(order))
                .quantity(books.leavesLots(order))
                .userTag(books.tag(order))
                .instrumentId(instruments.id(books.instrument(order)))
                .accountId(ledger.accountId(account))
                .refSeqNum(request.seqNum)
                .side(side(books.isBuy(order)))
                .state(state);
    }

    /** An order that is held back, or waits for its trigger, has no place yet. */
    private long priority(final int order) {
        final int stage = books.stage(order);
        return stage == Books.DELAYED || stage == Books.UNTRIGGERED
                ? OrderAckEncoder.priorityNullValue()
                : books.priority(order);
    }

    /** Price an order stands for: its limit or protection price; null for a market order before its trigger. */
    private long price(final int order) {
        final long ticks = books.ticks(order);
        return ticks == 0 ? OrderAckEncoder.priceNullValue() : ticks * instruments.tickSize(books.instrument(order));
    }

    void replaceAck(final Request request, final int order, final long origClOrdId, final boolean priorityKept) {
        final int account = positions.account(books.holding(order));
        final int offset = events.claimPrivate(ReplaceAckEncoder.BLOCK_LENGTH, request.session, ledger.firm(account));
        replaceAck
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(books.clientId(order))
                .origClOrdId(origClOrdId)
                .orderId(books.id(order))
                .priority(priority(order))
                .price(price(order))
                .leavesQuantity(books.leavesLots(order))
                .cumQuantity(books.filledLots(order))
                .instrumentId(instruments.id(books.instrument(order)))
                .accountId(ledger.accountId(account))
                .refSeqNum(request.seqNum)
                .priorityKept((short) (priorityKept ? 1 : 0))
                .side(side(books.isBuy(order)));
    }

    /** One side of a trade, for an open order whose lots have been taken off already. */
    void fill(
            final int order,
            final long tradeId,
            final long ticks,
            final long lots,
            final long fee,
            final Liquidity liquidity,
            final boolean mmpTriggered) {
        encodeFill(books.session(order), books.holding(order), books.isBuy(order), tradeId, ticks, lots, fee);
        fill.clOrdId(books.clientId(order))
                .orderId(books.id(order))
                .leavesQuantity(books.leavesLots(order))
                .cumQuantity(books.filledLots(order))
                .liquidity(liquidity)
                .mmpTriggered((short) (mmpTriggered ? 1 : 0));
    }

    /** The closing side of a liquidation, which has no order: told to the account's reporter. */
    void liquidationFill(
            final int position,
            final boolean buy,
            final long tradeId,
            final long ticks,
            final long lots,
            final long leavesLots,
            final long filledLots,
            final long fee) {
        encodeFill(sessions.reporter(positions.account(position)), position, buy, tradeId, ticks, lots, fee);
        fill.clOrdId(FillEncoder.clOrdIdNullValue())
                .orderId(FillEncoder.orderIdNullValue())
                .leavesQuantity(leavesLots)
                .cumQuantity(filledLots)
                .liquidity(Liquidity.TAKER)
                .liquidation((short) 1);
    }

    /** A side of lots that close in a funding auction: told to the account's reporter, under the id of its FundingOrder. */
    void fundingFill(
            final int position,
            final boolean buy,
            final long tradeId,
            final long ticks,
            final long lots,
            final long clientId,
            final long leavesLots,
            final long closedLots) {
        encodeFill(sessions.reporter(positions.account(position)), position, buy, tradeId, ticks, lots, 0);
        fill.clOrdId(clientId)
                .orderId(FillEncoder.orderIdNullValue())
                .leavesQuantity(leavesLots)
                .cumQuantity(closedLots)
                .liquidity(Liquidity.FUNDING);
    }

    private void encodeFill(
            final int session,
            final int position,
            final boolean buy,
            final long tradeId,
            final long ticks,
            final long lots,
            final long fee) {
        final int instrument = positions.instrument(position);
        final int account = positions.account(position);
        final long execId = events.nextEventId();
        final int offset = events.claimPrivate(FillEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        fill.wrapAndApplyHeader(events.buffer(), offset, header)
                .execId(execId)
                .tradeId(tradeId)
                .lastPrice(ticks * instruments.tickSize(instrument))
                .lastQuantity(lots)
                .fee(fee)
                .positionAfter(positions.lots(position))
                .instrumentId(instruments.id(instrument))
                .accountId(ledger.accountId(account))
                .feeAssetId(ledger.assets().id(instruments.asset(instrument)))
                .side(side(buy));
    }

    void massCancelAck(final Request request, final MassCancelDecoder command, final int account, final long count) {
        final int firm = account < 0 ? sessions.firm(request.session) : ledger.firm(account);
        final int offset = events.claimPrivate(MassCancelAckEncoder.BLOCK_LENGTH, request.session, firm);
        massCancelAck
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(command.clOrdId())
                .refSeqNum(request.seqNum)
                .count(count)
                .accountId(command.accountId())
                .instrumentId(command.instrumentId());
    }

    /** An order ends in answer to a Cancel. */
    void cancelledByRequest(final Request request, final int order, final long requestClOrdId) {
        encodeCancelled(request.session, order, CancelReason.USER);
        cancelled.requestClOrdId(requestClOrdId).refSeqNum(request.seqNum);
    }

    /** An order ends for another reason: told to the session that entered it. */
    void cancelled(final int order, final CancelReason reason) {
        encodeCancelled(books.session(order), order, reason);
        cancelled
                .requestClOrdId(CancelledEncoder.requestClOrdIdNullValue())
                .refSeqNum(CancelledEncoder.refSeqNumNullValue());
    }

    private void encodeCancelled(final int session, final int order, final CancelReason reason) {
        final int account = positions.account(books.holding(order));
        final int offset = events.claimPrivate(CancelledEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        cancelled
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(books.clientId(order))
                .orderId(books.id(order))
                .cancelledQuantity(books.leavesLots(order))
                .cumQuantity(books.filledLots(order))
                .instrumentId(instruments.id(books.instrument(order)))
                .accountId(ledger.accountId(account))
                .reason(reason)
                .side(side(books.isBuy(order)));
    }

    /** An open order has lost lots and keeps its place: told to the session that entered it. */
    void reduced(final int order, final long lots, final CancelReason reason) {
        final int account = positions.account(books.holding(order));
        final int offset =
                events.claimPrivate(OrderReducedEncoder.BLOCK_LENGTH, books.session(order), ledger.firm(account));
        reduced.wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(books.clientId(order))
                .orderId(books.id(order))
                .reducedQuantity(lots)
                .leavesQuantity(books.leavesLots(order))
                .cumQuantity(books.filledLots(order))
                .instrumentId(instruments.id(books.instrument(order)))
                .accountId(ledger.accountId(account))
                .reason(reason)
                .side(side(books.isBuy(order)));
    }

    /**
     * An open order takes a new place: told to the session that entered it.
     *
     * @param refTicks price that has triggered it, 0 for other causes.
     */
    void activated(final int order, final ActivationCause cause, final long refTicks) {
        final int instrument = books.instrument(order);
        final int account = positions.account(books.holding(order));
        final int offset =
                events.claimPrivate(OrderActivatedEncoder.BLOCK_LENGTH, books.session(order), ledger.firm(account));
        activated
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(books.clientId(order))
                .orderId(books.id(order))
                .priority(books.priority(order))
                .price(price(order))
                .leavesQuantity(books.leavesLots(order))
                .refPrice(
                        refTicks == 0
                                ? OrderActivatedEncoder.refPriceNullValue()
                                : refTicks * instruments.tickSize(instrument))
                .instrumentId(instruments.id(instrument))
                .accountId(ledger.accountId(account))
                .cause(cause)
                .side(side(books.isBuy(order)));
    }

    void reject(final Request request, final NewOrderDecoder order, final Refusal refusal) {
        final int offset = claimReject(request, refusal, RejectEncoder.BLOCK_LENGTH);
        reject.wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(order.clOrdId())
                .refValue(refusal.value)
                .limitValue(refusal.limit)
                .refSeqNum(request.seqNum)
                .instrumentId(order.instrumentId())
                .accountId(order.accountId())
                .code(refusal.code)
                .refFieldId(refusal.fieldId);
    }

    void replaceReject(final Request request, final ReplaceDecoder replace, final Refusal refusal) {
        final int offset = claimReject(request, refusal, ReplaceRejectEncoder.BLOCK_LENGTH);
        replaceReject
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(replace.clOrdId())
                .origClOrdId(replace.origClOrdId())
                .orderId(replace.orderId())
                .refSeqNum(request.seqNum)
                .instrumentId(replace.instrumentId())
                .accountId(replace.accountId())
                .code(refusal.code)
                .refFieldId(refusal.fieldId);
    }

    void cancelReject(final Request request, final CancelDecoder cancel, final Refusal refusal) {
        final int offset = claimReject(request, refusal, CancelRejectEncoder.BLOCK_LENGTH);
        cancelReject
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(cancel.clOrdId())
                .origClOrdId(cancel.origClOrdId())
                .orderId(cancel.orderId())
                .refSeqNum(request.seqNum)
                .instrumentId(cancel.instrumentId())
                .accountId(cancel.accountId())
                .code(refusal.code)
                .refFieldId(refusal.fieldId);
    }

    /** A request that is no order, replace or cancel, or cannot be read as one, has no effect. */
    void businessReject(final Request request, final Refusal refusal) {
        encodeBusinessReject(claimReject(request, refusal, BusinessRejectEncoder.BLOCK_LENGTH), request, refusal);
    }

    /** The same for a session that does not exist. */
    void businessRejectUnknown(final long sessionId, final Request request, final Refusal refusal) {
        encodeBusinessReject(events.claimUnnumbered(BusinessRejectEncoder.BLOCK_LENGTH, sessionId), request, refusal);
    }

    private void encodeBusinessReject(final int offset, final Request request, final Refusal refusal) {
        businessReject
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .refValue(refusal.value)
                .limitValue(refusal.limit)
                .refSeqNum(request.seqNum)
                .refTemplateId(request.templateId)
                .refFieldId(refusal.fieldId)
                .code(refusal.code);
    }

    /** What comes through a gateway that does not hold the session is no part of the session's flow. */
    private int claimReject(final Request request, final Refusal refusal, final int blockLength) {
        if (request.session < 0) {
            return events.claimPrivate(blockLength, Sessions.NONE, Sessions.NONE);
        }
        if (refusal.code == RejectCode.NOT_LEADER || refusal.code == RejectCode.SESSION_NOT_OPEN) {
            return events.claimUnnumbered(blockLength, sessions.id(request.session));
        }
        return events.claimPrivate(blockLength, request.session, sessions.firm(request.session));
    }

    void accepted(final Request request) {
        final int offset = events.claimPrivate(CommandAcceptedEncoder.BLOCK_LENGTH, request.session, Sessions.NONE);
        accepted.wrapAndApplyHeader(events.buffer(), offset, header)
                .refSeqNum(request.seqNum)
                .refTemplateId(request.templateId);
    }

    /** Cash moved at an operator's request. */
    void balanceChanged(final Request request, final int bucket, final long amount, final BalanceReason reason) {
        encodeBalanceChanged(request.session, bucket, amount, reason);
        balanceChanged.refSeqNum(request.seqNum);
    }

    /** Cash moved by a liquidation: told to the account's reporter. */
    void balanceChanged(final int bucket, final long amount, final BalanceReason reason) {
        encodeBalanceChanged(sessions.reporter(ledger.bucketAccount(bucket)), bucket, amount, reason);
        balanceChanged.refSeqNum(BalanceChangedEncoder.refSeqNumNullValue());
    }

    private void encodeBalanceChanged(
            final int session, final int bucket, final long amount, final BalanceReason reason) {
        final int account = ledger.bucketAccount(bucket);
        final int offset = events.claimPrivate(BalanceChangedEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        balanceChanged
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .amount(amount)
                .balanceAfter(ledger.cash(bucket))
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                .reason(reason)
                .instrumentId(instrumentId(ledger, bucket))
                .pledgeAssetId(BalanceChangedEncoder.pledgeAssetIdNullValue());
    }

    /** Cash has passed between cross margin and an isolated bucket: told to the account's reporter. */
    void isolatedMoved(final int position, final long amount) {
        final int account = positions.account(position);
        final int instrument = positions.instrument(position);
        final int offset = events.claimPrivate(
                IsolatedMovedEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        isolatedMoved
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .amount(amount)
                .isolatedBalanceAfter(ledger.cash(ledger.bucketOf(position)))
                .crossBalanceAfter(ledger.cash(ledger.crossOf(position)))
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(instruments.asset(instrument)))
                .instrumentId(instruments.id(instrument));
    }

    /** A pledged balance has changed: answers a request, or is told to the account's reporter when {@code request} is null. */
    void pledgeChanged(final Request request, final int pledge, final long amount) {
        final Collaterals collaterals = ledger.collaterals();
        final int account = collaterals.account(pledge);
        final int definition = collaterals.definition(pledge);
        final int session = request == null ? sessions.reporter(account) : request.session;
        final int offset = events.claimPrivate(BalanceChangedEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        balanceChanged
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .amount(amount)
                .balanceAfter(collaterals.balance(pledge))
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(collaterals.asset(definition)))
                .refSeqNum(request == null ? BalanceChangedEncoder.refSeqNumNullValue() : request.seqNum)
                .reason(BalanceReason.TRANSFER)
                .instrumentId(BalanceChangedEncoder.instrumentIdNullValue())
                .pledgeAssetId(ledger.assets().id(collaterals.settleAsset(definition)));
    }

    /** INSURANCE has taken collateral for what it paid: told to the account's reporter. */
    void collateralConverted(final int pledge, final long amount, final long paid, final long indexTicks) {
        final Collaterals collaterals = ledger.collaterals();
        final int account = collaterals.account(pledge);
        final int definition = collaterals.definition(pledge);
        final int offset = events.claimPrivate(
                CollateralConvertedEncoder.BLOCK_LENGTH, sessions.reporter(account), ledger.firm(account));
        collateralConverted
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .amount(amount)
                .pledgedAfter(collaterals.balance(pledge))
                .paid(paid)
                .drawn(collaterals.drawn(definition))
                .indexPrice(indexTicks * instruments.tickSize(collaterals.instrument(definition)))
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(collaterals.asset(definition)))
                .settleAssetId(ledger.assets().id(collaterals.settleAsset(definition)));
    }

    /** Instrument of an isolated bucket, null for one of cross margin. */
    static long instrumentId(final Ledger ledger, final int bucket) {
        return ledger.isIsolated(bucket)
                ? ledger.instruments().id(ledger.bucketInstrument(bucket))
                : BalanceChangedEncoder.instrumentIdNullValue();
    }

    /** Told to the operator of genesis. */
    void venueStatus(final long atSequence, final boolean cancelOnly, final StateReason reason) {
        final int offset = events.claimPrivate(
                VenueStatusEncoder.BLOCK_LENGTH, sessions.find(Sessions.GENESIS_OPERATOR_ID), Sessions.NONE);
        venueStatus
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .atSequence(atSequence)
                .cancelOnly((short) (cancelOnly ? 1 : 0))
                .reason(reason);
    }
}
