package org.isochron.perf;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.AccountDefineEncoder;
import org.isochron.codecs.AssetDefineEncoder;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.FirmDefineEncoder;
import org.isochron.codecs.GatewayStartEncoder;
import org.isochron.codecs.InstrumentDefineEncoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;

/**
 * Frames that can be applied for ever: a set-up (one instrument, two accounts, deep pockets), then a cycle of commands
 * that ends with empty books. Every round through the cycle gets fresh sequence numbers and ids, written into the frames
 * as they are handed out; everything else is made once.
 *
 * <p>Mix of a cycle: 50 % new orders that rest around 20 levels a side, 40 % cancels of the oldest of the last 256, 10 %
 * IOC orders that cross, a price tick every 1,024 commands, a mass cancel of each account at the end.
 */
final class CommandCycle {
    /** Commands in one cycle. */
    static final int LENGTH = 65_536;

    private static final int SLOT = 256;
    private static final long OPERATOR = 1;
    private static final long MAKER = 101;
    private static final long TAKER = 102;
    private static final long PUBLISHER = 31;
    private static final int GATEWAY = 2;
    private static final long MIDDLE_TICKS = 600_000;
    private static final long TICK = 100_000_000;
    private static final int REMEMBERED = 256;
    private static final int CL_ORD_ID = Frame.HEADER_LENGTH + 8 + NewOrderEncoder.clOrdIdEncodingOffset();
    private static final int ORIG_CL_ORD_ID = Frame.HEADER_LENGTH + 8 + CancelEncoder.origClOrdIdEncodingOffset();
    private static final int SEQ_NUM = Frame.HEADER_LENGTH + 8;

    private final UnsafeBuffer setUp = new UnsafeBuffer(new byte[64 * SLOT]);
    private final UnsafeBuffer cycle = new UnsafeBuffer(new byte[LENGTH * SLOT]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final long[] seqNums = new long[256];
    private int setUpCount;
    private int at;
    private long round;
    private long sequence;
    private long timestampNs = 1_700_000_000_000_000_000L;

    CommandCycle(final long seed) {
        define();
        fill(new SplittableRandom(seed));
    }

    /** Frames before the first cycle. */
    int setUpLength() {
        return setUpCount;
    }

    /** The i-th frame before the first cycle. */
    void setUp(final int i, final Frame frame) {
        stamp(setUp, i * SLOT);
        frame.wrap(setUp, i * SLOT);
    }

    /** The next command, valid until the next round. */
    void next(final Frame frame) {
        final int offset = at * SLOT;
        final int session = cycle.getInt(offset + Frame.SOURCE_OFFSET);
        cycle.putInt(offset + SEQ_NUM, (int) ++seqNums[session]);
        final int template = cycle.getShort(offset + Frame.HEADER_LENGTH + 2) & 0xFFFF;
        if (template == NewOrderEncoder.TEMPLATE_ID || template == CancelEncoder.TEMPLATE_ID) {
            cycle.putLong(offset + CL_ORD_ID, cycle.getInt(offset + SLOT - 8) + round * LENGTH);
            if (template == CancelEncoder.TEMPLATE_ID) {
                cycle.putLong(offset + ORIG_CL_ORD_ID, cycle.getInt(offset + SLOT - 4) + round * LENGTH);
            }
        }
        stamp(cycle, offset);
        frame.wrap(cycle, offset);
        if (++at == LENGTH) {
            at = 0;
            round++;
        }
    }

    private void stamp(final UnsafeBuffer buffer, final int offset) {
        timestampNs += 1_000;
        buffer.putLong(offset + Frame.SEQUENCE_OFFSET, ++sequence);
        buffer.putLong(offset + Frame.TIMESTAMP_OFFSET, timestampNs);
    }

    // The cycle

    private void fill(final SplittableRandom random) {
        final int[] recent = new int[REMEMBERED];
        int adds = 0;
        int cancels = 0;
        for (int i = 0; i < LENGTH; i++) {
            final int dice = random.nextInt(100);
            if (i >= LENGTH - 2) {
                massCancel(i, i == LENGTH - 1 ? MAKER : TAKER);
            } else if (i % 1024 == 0) {
                tick(i);
            } else if (dice < 50 || cancels == adds) {
                recent[adds++ % REMEMBERED] = i;
                order(i, MAKER, random, false);
            } else if (dice < 90) {
                cancels = Math.max(cancels, adds - REMEMBERED);
                cancel(i, recent[cancels++ % REMEMBERED]);
            } else {
                order(i, TAKER, random, true);
            }
        }
    }

    private void order(final int i, final long session, final SplittableRandom random, final boolean takes) {
        final boolean isBuy = random.nextBoolean();
        final long distance = takes ? -4 : 1 + random.nextInt(20);
        final long ticks = isBuy ? MIDDLE_TICKS - distance : MIDDLE_TICKS + distance;
        newOrder(cycle, i * SLOT)
                .seqNum(0)
                .accountId(session)
                .clientSendTimeNs(0)
                .clOrdId(i)
                .price(ticks * TICK)
                .quantity(1 + random.nextInt(takes ? 40 : 100))
                .instrumentId(1)
                .side(isBuy ? Side.BUY : Side.SELL)
                .ordType(OrdType.LIMIT)
                .timeInForce(takes ? TimeInForce.IOC : TimeInForce.GTC)
                .stpMode(StpMode.CANCEL_RESTING);
        finish(cycle, i * SLOT, NewOrderEncoder.BLOCK_LENGTH, FrameType.SESSION, session);
        cycle.putInt(i * SLOT + SLOT - 8, i);
    }

    private NewOrderEncoder newOrder(final UnsafeBuffer buffer, final int offset) {
        final NewOrderEncoder order = new NewOrderEncoder();
        order.wrapAndApplyHeader(buffer, offset + Frame.HEADER_LENGTH, header)
                .seqNum(0)
                .accountId(0)
                .clientSendTimeNs(0)
                .clOrdId(0)
                .price(0)
                .quantity(0)
                .instrumentId(0)
                .side(Side.BUY)
                .ordType(OrdType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .stpMode(StpMode.CANCEL_RESTING)
                .triggerPrice(NewOrderEncoder.triggerPriceNullValue())
                .displayQuantity(NewOrderEncoder.displayQuantityNullValue())
                .expireTimeNs(NewOrderEncoder.expireTimeNsNullValue())
                .userTag(NewOrderEncoder.userTagNullValue())
                .maxSeqDelayUs(NewOrderEncoder.maxSeqDelayUsNullValue())
                .stpGroup(NewOrderEncoder.stpGroupNullValue())
                .flags()
                .clear();
        order.mmpGroup(NewOrderEncoder.mmpGroupNullValue())
                .triggerRef(TriggerRef.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        return order;
    }

    private void cancel(final int i, final int target) {
        new CancelEncoder()
                .wrapAndApplyHeader(cycle, i * SLOT + Frame.HEADER_LENGTH, header)
                .seqNum(0)
                .accountId(MAKER)
                .clientSendTimeNs(0)
                .clOrdId(i)
                .origClOrdId(target)
                .orderId(CancelEncoder.orderIdNullValue())
                .instrumentId(1)
                .reserved32(0);
        finish(cycle, i * SLOT, CancelEncoder.BLOCK_LENGTH, FrameType.SESSION, MAKER);
        cycle.putInt(i * SLOT + SLOT - 8, i);
        cycle.putInt(i * SLOT + SLOT - 4, target);
    }

    private void massCancel(final int i, final long session) {
        new MassCancelEncoder()
                .wrapAndApplyHeader(cycle, i * SLOT + Frame.HEADER_LENGTH, header)
                .seqNum(0)
                .accountId(session)
                .clientSendTimeNs(0)
                .clOrdId(i)
                .fromPrice(MassCancelEncoder.fromPriceNullValue())
                .toPrice(MassCancelEncoder.toPriceNullValue())
                .userTag(MassCancelEncoder.userTagNullValue())
                .instrumentId(MassCancelEncoder.instrumentIdNullValue())
                .scope(MassCancelScope.ACCOUNT)
                .side(Side.NULL_VAL)
                .mmpGroup(MassCancelEncoder.mmpGroupNullValue());
        finish(cycle, i * SLOT, MassCancelEncoder.BLOCK_LENGTH, FrameType.SESSION, session);
    }

    private void tick(final int i) {
        priceTick(cycle, i * SLOT);
    }

    private void priceTick(final UnsafeBuffer buffer, final int offset) {
        new PriceTickEncoder()
                .wrapAndApplyHeader(buffer, offset + Frame.HEADER_LENGTH, header)
                .seqNum(0)
                .instrumentId(1)
                .price(MIDDLE_TICKS * TICK)
                .confidence(PriceTickEncoder.confidenceNullValue())
                .sourceTimeNs(0)
                .source((short) 0)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        finish(buffer, offset, PriceTickEncoder.BLOCK_LENGTH, FrameType.SESSION, PUBLISHER);
    }

    // What comes before

    private void define() {
        gatewayStart();
        open(OPERATOR);
        asset();
        instrument();
        new FirmDefineEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .seqNum(next(OPERATOR))
                .firmId(1)
                .symbol("FIRM");
        add(FirmDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
        for (final long trader : new long[] {MAKER, TAKER}) {
            new AccountDefineEncoder()
                    .wrapAndApplyHeader(setUp, payload(), header)
                    .seqNum(next(OPERATOR))
                    .accountId(trader)
                    .firmId(1)
                    .reserved32(0);
            add(AccountDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
            session(trader, Role.MAKER, trader, SessionDefineEncoder.sourceMaskNullValue());
            new DepositEncoder()
                    .wrapAndApplyHeader(setUp, payload(), header)
                    .seqNum(next(OPERATOR))
                    .accountId(trader)
                    .amount(1L << 52)
                    .assetId(1)
                    .reserved32(0);
            add(DepositEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
            open(trader);
        }
        session(PUBLISHER, Role.PUBLISHER, 0, 1);
        open(PUBLISHER);
    }

    private void gatewayStart() {
        new GatewayStartEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .gatewayId(GATEWAY)
                .reserved32(0)
                .incarnation(1);
        add(GatewayStartEncoder.BLOCK_LENGTH, FrameType.GATEWAY, GATEWAY);
    }

    private void asset() {
        new AssetDefineEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .seqNum(next(OPERATOR))
                .assetId(1)
                .symbol("USD")
                .scale((short) 6)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        add(AssetDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void instrument() {
        new InstrumentDefineEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .seqNum(next(OPERATOR))
                .instrumentId(1)
                .symbol("BTC-PERP")
                .tickSize(TICK)
                .lotSize(1_000_000)
                .maxPrice(1_000_000L * 1_000_000_000L)
                .maxOrderQuantity(1_000_000)
                .maxPositionQuantity(1_000_000_000L)
                .settleAssetId(1)
                .initialMarginPpm(50_000)
                .maintenanceMarginPpm(25_000)
                .makerFeePpm(-10)
                .takerFeePpm(50)
                .liquidationFeePpm(5_000)
                .maxOpenOrders(60_000)
                .indexStaleMs(60_000)
                .kind(ContractKind.LINEAR)
                .markRule(MarkRule.ORACLE)
                .requiredSources((short) 1)
                .reserved8((short) 0)
                .takerDelayUs(InstrumentDefineEncoder.takerDelayUsNullValue())
                .bandPpm(InstrumentDefineEncoder.bandPpmNullValue())
                .collarPpm(InstrumentDefineEncoder.collarPpmNullValue())
                .marketProtectionPpm(InstrumentDefineEncoder.marketProtectionPpmNullValue())
                .limitMs(InstrumentDefineEncoder.limitMsNullValue())
                .haltMs(InstrumentDefineEncoder.haltMsNullValue())
                .auctionMs(InstrumentDefineEncoder.auctionMsNullValue());
        add(InstrumentDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void session(final long id, final Role role, final long account, final long sourceMask) {
        final SessionDefineEncoder session = new SessionDefineEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .seqNum(next(OPERATOR))
                .sessionId(id)
                .sourceMask(sourceMask)
                .firmId(account == 0 ? SessionDefineEncoder.firmIdNullValue() : 1)
                .messagesPerSecond(SessionDefineEncoder.messagesPerSecondNullValue())
                .burst(SessionDefineEncoder.burstNullValue())
                .role(role)
                .reserved8((short) 0)
                .reserved16(0);
        final SessionDefineEncoder.AccountsEncoder accounts = session.accountsCount(account == 0 ? 0 : 1);
        if (account != 0) {
            accounts.next().accountId(account);
        }
        add(session.encodedLength(), FrameType.SESSION, OPERATOR);
    }

    private void open(final long session) {
        new SessionOpenEncoder()
                .wrapAndApplyHeader(setUp, payload(), header)
                .sessionId(session)
                .gatewayId(GATEWAY)
                .sessionVerId(1)
                .codWindowMs(0)
                .codType(CodType.NONE)
                .reserved8((short) 0)
                .reserved16(0);
        add(SessionOpenEncoder.BLOCK_LENGTH, FrameType.GATEWAY, GATEWAY);
    }

    private int payload() {
        return setUpCount * SLOT + Frame.HEADER_LENGTH;
    }

    private long next(final long session) {
        return ++seqNums[(int) session];
    }

    private void add(final int length, final int frameType, final long source) {
        finish(setUp, setUpCount * SLOT, length, frameType, source);
        setUpCount++;
    }

    private static void finish(
            final UnsafeBuffer buffer, final int offset, final int length, final int frameType, final long source) {
        Frame.encodeUnstamped(
                buffer, offset, MessageHeaderEncoder.ENCODED_LENGTH + length, frameType, (int) source, GATEWAY, 0, 0);
    }
}
