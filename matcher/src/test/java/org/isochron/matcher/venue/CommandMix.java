package org.isochron.matcher.venue;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.LiquidationProposalEncoder;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.PriceKind;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;

/**
 * An endless random mix of commands for the venue of {@link VenueBed#trading()}: orders, cancels, replaces, mass cancels,
 * price ticks, proposals, clock ticks. The same seed gives the same frames. Allocates nothing after construction.
 */
final class CommandMix {
    static final long TICK = 10_000_000;

    private static final int IDS_REMEMBERED = 4_096;
    private static final long NULL_I64 = Long.MIN_VALUE;
    private static final long NULL_U64 = -1;
    private static final long NULL_U32 = 0xFFFF_FFFFL;
    private static final int NULL_U16 = 0xFFFF;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    final Frame frame = new Frame();
    /** The command made last, for a naive twin to follow. */
    int templateId;

    long accountId;
    long clOrdId;
    long origClOrdId;
    boolean buy;
    boolean immediate;
    boolean postOnly;
    long ticks;
    long lots;
    long midTicks = 10_000;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final PriceTickEncoder priceTick = new PriceTickEncoder();
    private final ClockTickEncoder clockTick = new ClockTickEncoder();
    private final LiquidationProposalEncoder proposal = new LiquidationProposalEncoder();
    private final long[] seqNums = new long[32];
    private final long[][] ids = new long[32][IDS_REMEMBERED];
    private final int[] idCounts = new int[32];
    private long random;
    private long sequence;
    private long nowNs;
    private long nextClOrdId = 1_000_000;
    /** Widest distance of a limit from the mid price, ticks. */
    private final int width;

    private final boolean withMarket;

    /**
     * @param withMarket whether prices move, accounts are proposed and mass-cancelled; without, only the book lives.
     */
    CommandMix(final long seed, final VenueBed bed, final int width, final boolean withMarket) {
        random = seed * 0x9E3779B97F4A7C15L + 1;
        sequence = bed.log().size();
        nowNs = bed.nowNs;
        this.width = width;
        this.withMarket = withMarket;
        for (int session = 0; session < seqNums.length; session++) {
            seqNums[session] = 100_000;
        }
    }

    int below(final int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }

    /** Stamps the next command. */
    Frame next() {
        final int dice = below(1000);
        if (withMarket && dice < 20) {
            market(dice);
        } else {
            final int session = below(2) == 0 ? (int) VenueBed.MAKER : (int) VenueBed.TAKER;
            accountId = session == VenueBed.TAKER ? 200 : 100 + below(2);
            if (dice < 620) {
                newOrder(session);
            } else if (dice < 850) {
                cancel(session);
            } else {
                replace(session);
            }
        }
        return frame;
    }

    private void newOrder(final int session) {
        templateId = NewOrderEncoder.TEMPLATE_ID;
        clOrdId = nextClOrdId++;
        ids[session][idCounts[session]++ % IDS_REMEMBERED] = clOrdId;
        buy = below(2) == 0;
        immediate = below(8) == 0;
        postOnly = !immediate && below(8) == 0;
        ticks = limit(buy);
        lots = 1 + below(20);
        newOrder.wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[session])
                .accountId(accountId)
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .price(ticks * TICK)
                .quantity(lots)
                .instrumentId(1)
                .side(buy ? Side.BUY : Side.SELL)
                .ordType(OrdType.LIMIT)
                .timeInForce(immediate ? TimeInForce.IOC : TimeInForce.GTC)
                .stpMode(StpMode.NULL_VAL)
                .triggerPrice(NULL_I64)
                .displayQuantity(NULL_I64)
                .expireTimeNs(NULL_U64)
                .userTag(7)
                .maxSeqDelayUs(NULL_U32)
                .stpGroup(NULL_U32)
                .mmpGroup(NULL_U16)
                .triggerRef(TriggerRef.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        newOrder.flags().clear().postOnly(postOnly);
        stamp(FrameType.SESSION, session, NewOrderEncoder.BLOCK_LENGTH);
    }

    private long limit(final boolean buy) {
        return midTicks + below(width) - width / 2 + (buy ? -width / 3 : width / 3);
    }

    private long knownId(final int session) {
        final int count = Math.min(idCounts[session], IDS_REMEMBERED);
        return count == 0 ? 1 : ids[session][below(count)];
    }

    private void cancel(final int session) {
        templateId = CancelEncoder.TEMPLATE_ID;
        origClOrdId = knownId(session);
        cancel.wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[session])
                .accountId(accountId)
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .origClOrdId(origClOrdId)
                .orderId(NULL_U64)
                .instrumentId(1)
                .reserved32(0);
        stamp(FrameType.SESSION, session, CancelEncoder.BLOCK_LENGTH);
    }

    private void replace(final int session) {
        templateId = ReplaceEncoder.TEMPLATE_ID;
        origClOrdId = knownId(session);
        clOrdId = nextClOrdId++;
        ids[session][idCounts[session]++ % IDS_REMEMBERED] = clOrdId;
        ticks = limit(below(2) == 0);
        lots = 1 + below(20);
        replace.wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[session])
                .accountId(accountId)
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .origClOrdId(origClOrdId)
                .orderId(NULL_U64)
                .price(ticks * TICK)
                .quantity(lots)
                .instrumentId(1)
                .qtyMode(QtyMode.REMAINING)
                .reserved8((short) 0)
                .reserved16(0);
        stamp(FrameType.SESSION, session, ReplaceEncoder.BLOCK_LENGTH);
    }

    private void market(final int dice) {
        if (dice < 8) {
            midTicks = Math.max(width * 2L, midTicks + below(2 * width / 5 + 3) - width / 5 - 1);
            tick();
        } else if (dice < 12) {
            propose();
        } else if (dice < 14) {
            massCancel();
        } else {
            templateId = ClockTickEncoder.TEMPLATE_ID;
            clockTick.wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header).tickTimeNs(nowNs);
            stamp(FrameType.SEQUENCER, 999, ClockTickEncoder.BLOCK_LENGTH);
        }
    }

    private void tick() {
        templateId = PriceTickEncoder.TEMPLATE_ID;
        priceTick
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[(int) VenueBed.PUBLISHER])
                .instrumentId(1)
                .price(midTicks * TICK)
                .confidence(NULL_I64)
                .sourceTimeNs(0)
                .source((short) 0)
                .kind(PriceKind.INDEX)
                .reserved16(0)
                .reserved32(0);
        stamp(FrameType.SESSION, VenueBed.PUBLISHER, PriceTickEncoder.BLOCK_LENGTH);
    }

    private void propose() {
        templateId = LiquidationProposalEncoder.TEMPLATE_ID;
        proposal.wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[(int) VenueBed.RISK])
                .reserved32(0)
                .observedSequence(1);
        final LiquidationProposalEncoder.BucketsEncoder buckets = proposal.bucketsCount(3);
        buckets.next().accountId(100).assetId(1).instrumentId(NULL_U32);
        buckets.next().accountId(101).assetId(1).instrumentId(NULL_U32);
        buckets.next().accountId(200).assetId(1).instrumentId(NULL_U32);
        stamp(FrameType.SESSION, VenueBed.RISK, proposal.encodedLength());
    }

    private void massCancel() {
        templateId = MassCancelEncoder.TEMPLATE_ID;
        buy = below(2) == 0;
        accountId = 200;
        massCancel
                .wrapAndApplyHeader(buffer, Frame.HEADER_LENGTH, header)
                .seqNum(++seqNums[(int) VenueBed.TAKER])
                .accountId(accountId)
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .fromPrice(NULL_I64)
                .toPrice(NULL_I64)
                .userTag(NULL_U64)
                .instrumentId(1)
                .scope(MassCancelScope.SIDE)
                .side(buy ? Side.BUY : Side.SELL)
                .mmpGroup(NULL_U16);
        stamp(FrameType.SESSION, VenueBed.TAKER, MassCancelEncoder.BLOCK_LENGTH);
    }

    private void stamp(final int frameType, final long source, final int blockLength) {
        nowNs += 1_000;
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        final int gateway = frameType == FrameType.SESSION ? VenueBed.GATEWAY : 0;
        Frame.encodeUnstamped(buffer, 0, length, frameType, (int) source, gateway, nowNs - 500, 0);
        Frame.stamp(buffer, 0, 1, ++sequence, nowNs, 0);
        frame.wrap(buffer, 0);
    }
}
