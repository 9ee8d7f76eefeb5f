package org.isochron.perf.core;

import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.AccountDefineEncoder;
import org.isochron.codecs.AssetDefineEncoder;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.FirmDefineEncoder;
import org.isochron.codecs.GatewayAliveEncoder;
import org.isochron.codecs.GatewayStartEncoder;
import org.isochron.codecs.InstrumentDefineEncoder;
import org.isochron.codecs.MarkRule;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.PowerExponent;
import org.isochron.codecs.PriceKind;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.SessionDefineEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.VenueDefineEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.perf.flow.FlowCommand;
import org.isochron.perf.flow.MarketFlow;
import org.isochron.perf.flow.MarketShape;
import org.isochron.risk.state.Capacities;

/**
 * Frames for a venue that carries a {@link MarketFlow}: the definitions it needs, then the commands, some at a time, the
 * same frames whatever the portions are. A price tick goes before every {@value #COMMANDS_PER_TICK} commands; the clock and
 * the gateway tick on their grid of sequenced time, which moves by {@link #STEP_NS} with each frame.
 *
 * <p>Sessions trade for 64 accounts each, by name. Where there are more accounts than all sessions can name, each session
 * speaks for its whole firm, and the accounts are spread evenly over them.
 */
final class VenueFrames {
    /** Bytes between one frame of a portion and the next; a frame is shorter. */
    static final int SLOT = 256;
    /** Most frames a portion has beyond its commands. */
    static final int EXTRA_FRAMES = 3;

    private static final int COMMANDS_PER_TICK = 1_024;
    private static final long STEP_NS = 333;
    private static final long CLOCK_NS = 100_000_000L;
    private static final long ALIVE_NS = 500_000_000L;
    private static final long OPERATOR = 1;
    private static final long PUBLISHER = 31;
    private static final int FIRST_SESSION = 101;
    static final int FIRST_ACCOUNT = 1_001;
    private static final int GATEWAY = 2;
    /** Accounts a session may trade by name. */
    private static final int NAMED_IN_SESSION = 64;

    private static final int ASSET = 1;
    private static final int FIRM = 1;
    static final long TICK = 100_000_000;
    private static final long LOT = 1_000_000;
    /** Middle of every book when it is filled, ticks; as the flow has it. */
    static final long MIDDLE_TICKS = 1_000_000;
    /** Cash of all accounts together stays below the 2^60 quanta an asset may have. */
    private static final int CASH_BITS = 60;

    private static final int MOST_CASH_BITS = 46;

    private final MarketFlow flow;
    private final MarketShape shape;
    private final int accounts;
    private final int positions;
    private final int accountsInSession;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final PriceTickEncoder priceTick = new PriceTickEncoder();
    private final ClockTickEncoder clockTick = new ClockTickEncoder();
    private final GatewayAliveEncoder gatewayAlive = new GatewayAliveEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[2048]);
    private final Frame scratchFrame = new Frame();
    private final long[] seqNums;
    private long sequence;
    private long timestampNs = 1_700_000_000_000_000_000L;
    private long clockNs = timestampNs;
    private long aliveNs = timestampNs;
    private int ticked;

    private UnsafeBuffer buffer;
    private int offset;

    /** @param accounts how many there are: those of the flow trade, the others only hold cash. */
    VenueFrames(final MarketFlow flow, final int accounts) {
        this(flow, accounts, flow.shape().accounts() * flow.shape().instruments());
    }

    /** @param positions there is room for. */
    VenueFrames(final MarketFlow flow, final int accounts, final int positions) {
        this.flow = flow;
        this.accounts = accounts;
        this.positions = positions;
        shape = flow.shape();
        final int mostSessions = Capacities.LARGEST.sessions() - 8;
        accountsInSession = Math.max(NAMED_IN_SESSION, (shape.accounts() + mostSessions - 1) / mostSessions);
        seqNums = new long[FIRST_SESSION + sessions()];
    }

    /** Most accounts that sessions can trade for by name. */
    static int mostNamedAccounts() {
        return (Capacities.LARGEST.sessions() - 8) * NAMED_IN_SESSION;
    }

    /** A buffer for a portion of so many commands. */
    static UnsafeBuffer portion(final int commands) {
        return new UnsafeBuffer(new byte[(commands + EXTRA_FRAMES) * SLOT]);
    }

    private int sessions() {
        return (shape.accounts() + accountsInSession - 1) / accountsInSession;
    }

    private boolean isNamed() {
        return accountsInSession == NAMED_IN_SESSION;
    }

    // A portion

    /**
     * Writes the commands from one to another, at most {@value #COMMANDS_PER_TICK}, with what else is due, one frame each
     * {@link #SLOT} bytes.
     *
     * @return the number of frames.
     */
    int encode(final int from, final int to, final UnsafeBuffer portion) {
        buffer = portion;
        offset = 0;
        if (timestampNs >= clockNs) {
            clockNs += CLOCK_NS;
            clockTick.wrapAndApplyHeader(buffer, payload(), header).tickTimeNs(timestampNs + STEP_NS);
            finish(ClockTickEncoder.BLOCK_LENGTH, FrameType.SEQUENCER, 0);
        }
        if (timestampNs >= aliveNs) {
            aliveNs += ALIVE_NS;
            gatewayAlive
                    .wrapAndApplyHeader(buffer, payload(), header)
                    .gatewayId(GATEWAY)
                    .reserved32(0);
            finish(GatewayAliveEncoder.BLOCK_LENGTH, FrameType.GATEWAY, GATEWAY);
        }
        for (int command = from; command < to; command++) {
            if (command % COMMANDS_PER_TICK == 0) {
                priceTick(ticked++ % shape.instruments(), MIDDLE_TICKS);
            }
            encode(command);
        }
        return offset / SLOT;
    }

    /** Writes one command into a slot of a buffer, without anything else that is due. */
    void encodeOne(final int command, final UnsafeBuffer target, final int slot) {
        buffer = target;
        offset = slot * SLOT;
        encode(command);
    }

    /** Writes a price of the first instrument into a slot of a buffer. */
    void encodePrice(final long ticks, final UnsafeBuffer target, final int slot) {
        buffer = target;
        offset = slot * SLOT;
        priceTick(0, ticks);
    }

    private void encode(final int command) {
        final long word = flow.word(command);
        switch (FlowCommand.kind(word)) {
            case FlowCommand.ADD -> order(command, word, TimeInForce.GTC);
            case FlowCommand.CANCEL -> cancel(command);
            case FlowCommand.MOVE, FlowCommand.REDUCE -> replace(command, word);
            case FlowCommand.TAKE -> order(command, word, TimeInForce.IOC);
            default -> throw new IllegalArgumentException("no such command: " + word);
        }
    }

    private void order(final int command, final long word, final TimeInForce timeInForce) {
        final int account = flow.account(command);
        newOrder.wrapAndApplyHeader(buffer, payload(), header)
                .seqNum(next(session(account)))
                .accountId(FIRST_ACCOUNT + account)
                .clientSendTimeNs(timestampNs)
                .clOrdId(flow.revisedId(command))
                .price(FlowCommand.price(word) * TICK)
                .quantity(FlowCommand.lots(word))
                .instrumentId(1L + flow.instrument(command))
                .side(FlowCommand.isBuy(word) ? Side.BUY : Side.SELL)
                .ordType(OrdType.LIMIT)
                .timeInForce(timeInForce)
                .stpMode(StpMode.CANCEL_RESTING)
                .triggerPrice(NewOrderEncoder.triggerPriceNullValue())
                .displayQuantity(NewOrderEncoder.displayQuantityNullValue())
                .expireTimeNs(NewOrderEncoder.expireTimeNsNullValue())
                .userTag(NewOrderEncoder.userTagNullValue())
                .maxSeqDelayUs(NewOrderEncoder.maxSeqDelayUsNullValue())
                .stpGroup(NewOrderEncoder.stpGroupNullValue())
                .flags()
                .clear();
        newOrder.mmpGroup(NewOrderEncoder.mmpGroupNullValue())
                .triggerRef(TriggerRef.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        finish(NewOrderEncoder.BLOCK_LENGTH, FrameType.SESSION, session(account));
    }

    private void cancel(final int command) {
        final int account = flow.account(command);
        final long id = flow.revisedId(command);
        cancel.wrapAndApplyHeader(buffer, payload(), header)
                .seqNum(next(session(account)))
                .accountId(FIRST_ACCOUNT + account)
                .clientSendTimeNs(timestampNs)
                // The last revision there is room for: no replace uses it.
                .clOrdId(id | (1 << MarketFlow.REVISION_BITS) - 1)
                .origClOrdId(id)
                .orderId(CancelEncoder.orderIdNullValue())
                .instrumentId(1L + flow.instrument(command))
                .reserved32(0);
        finish(CancelEncoder.BLOCK_LENGTH, FrameType.SESSION, session(account));
    }

    private void replace(final int command, final long word) {
        final int account = flow.account(command);
        replace.wrapAndApplyHeader(buffer, payload(), header)
                .seqNum(next(session(account)))
                .accountId(FIRST_ACCOUNT + account)
                .clientSendTimeNs(timestampNs)
                .clOrdId(flow.revisedId(command))
                .origClOrdId(flow.revisedId(command) - 1)
                .orderId(ReplaceEncoder.orderIdNullValue())
                .price(FlowCommand.price(word) * TICK)
                .quantity(FlowCommand.lots(word))
                .instrumentId(1L + flow.instrument(command))
                .qtyMode(QtyMode.REMAINING)
                .reserved8((short) 0)
                .reserved16(0);
        finish(ReplaceEncoder.BLOCK_LENGTH, FrameType.SESSION, session(account));
    }

    private void priceTick(final int instrument, final long ticks) {
        priceTick
                .wrapAndApplyHeader(buffer, payload(), header)
                .seqNum(next(PUBLISHER))
                .instrumentId(1L + instrument)
                .price(ticks * TICK)
                .confidence(PriceTickEncoder.confidenceNullValue())
                .sourceTimeNs(timestampNs)
                .source((short) 0)
                .kind(PriceKind.INDEX)
                .reserved16(0)
                .reserved32(0);
        finish(PriceTickEncoder.BLOCK_LENGTH, FrameType.SESSION, PUBLISHER);
    }

    private int payload() {
        return offset + Frame.HEADER_LENGTH;
    }

    private long session(final int account) {
        return FIRST_SESSION + account / accountsInSession;
    }

    private long next(final long session) {
        return ++seqNums[(int) session];
    }

    private void finish(final int length, final int frameType, final long source) {
        timestampNs += STEP_NS;
        Frame.encodeUnstamped(
                buffer,
                offset,
                MessageHeaderEncoder.ENCODED_LENGTH + length,
                frameType,
                (int) source,
                GATEWAY,
                timestampNs,
                0);
        buffer.putLong(offset + Frame.SEQUENCE_OFFSET, ++sequence);
        buffer.putLong(offset + Frame.TIMESTAMP_OFFSET, timestampNs);
        offset += SLOT;
    }

    // What comes before

    /** Hands out the definitions, one frame at a time, each valid during the call. */
    void define(final Consumer<Frame> venue) {
        buffer = scratch;
        new GatewayStartEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .gatewayId(GATEWAY)
                .reserved32(0)
                .incarnation(1);
        send(venue, GatewayStartEncoder.BLOCK_LENGTH, FrameType.GATEWAY, GATEWAY);
        open(venue, OPERATOR);
        capacities(venue);
        asset(venue);
        for (int instrument = 0; instrument < shape.instruments(); instrument++) {
            instrument(venue, 1L + instrument);
        }
        new FirmDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .firmId(FIRM)
                .symbol("FIRM");
        send(venue, FirmDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
        for (int account = 0; account < accounts; account++) {
            account(venue, FIRST_ACCOUNT + account);
        }
        for (int session = 0; session < sessions(); session++) {
            final int first = session * accountsInSession;
            session(
                    venue,
                    FIRST_SESSION + session,
                    Role.MAKER,
                    FIRST_ACCOUNT + first,
                    isNamed() ? Math.min(NAMED_IN_SESSION, shape.accounts() - first) : 0);
            open(venue, FIRST_SESSION + session);
        }
        session(venue, PUBLISHER, Role.PUBLISHER, 0, 0);
        open(venue, PUBLISHER);
        for (int instrument = 0; instrument < shape.instruments(); instrument++) {
            offset = 0;
            priceTick(instrument, MIDDLE_TICKS);
            venue.accept(scratchFrame.wrap(scratch, 0));
        }
    }

    private void capacities(final Consumer<Frame> venue) {
        final Capacities least = Capacities.GENESIS;
        final Capacities most = Capacities.LARGEST;
        new VenueDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .maxAssets(VenueDefineEncoder.maxAssetsNullValue())
                .maxInstruments(Math.max(least.instruments(), shape.instruments()))
                .maxAccounts(Math.max(least.accounts(), accounts))
                .maxPositions(Math.max(least.positions(), Math.min(most.positions(), positions)))
                .maxOrders(Math.max(least.orders(), Math.min(most.orders(), shape.resting() + shape.resting() / 4)))
                .maxSessions(Math.max(least.sessions(), sessions() + 8))
                .maxFirms(VenueDefineEncoder.maxFirmsNullValue())
                .gatewayTimeoutMs(VenueDefineEncoder.gatewayTimeoutMsNullValue())
                .scanDeadlineMs(VenueDefineEncoder.scanDeadlineMsNullValue())
                .maxMmpGroups(VenueDefineEncoder.maxMmpGroupsNullValue())
                .maxPledges(VenueDefineEncoder.maxPledgesNullValue());
        send(venue, VenueDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void asset(final Consumer<Frame> venue) {
        new AssetDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .assetId(ASSET)
                .symbol("USD")
                .scale((short) 6)
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        send(venue, AssetDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void instrument(final Consumer<Frame> venue, final long id) {
        new InstrumentDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .instrumentId(id)
                .symbol("PERP-" + id)
                .tickSize(TICK)
                .lotSize(LOT)
                .maxPrice(TICK * MIDDLE_TICKS * 4)
                .maxOrderQuantity(1_000_000)
                .maxPositionQuantity(1_000_000_000L)
                .settleAssetId(ASSET)
                .initialMarginPpm(50_000)
                .maintenanceMarginPpm(25_000)
                .makerFeePpm(-10)
                .takerFeePpm(50)
                .liquidationFeePpm(5_000)
                .maxOpenOrders(Capacities.LARGEST.orders())
                .indexStaleMs(60_000)
                .kind(ContractKind.LINEAR)
                .markRule(MarkRule.ORACLE)
                .requiredSources((short) 1)
                .exponent(PowerExponent.NULL_VAL)
                .takerDelayUs(InstrumentDefineEncoder.takerDelayUsNullValue())
                .bandPpm(InstrumentDefineEncoder.bandPpmNullValue())
                .collarPpm(InstrumentDefineEncoder.collarPpmNullValue())
                .marketProtectionPpm(InstrumentDefineEncoder.marketProtectionPpmNullValue())
                .limitMs(InstrumentDefineEncoder.limitMsNullValue())
                .haltMs(InstrumentDefineEncoder.haltMsNullValue())
                .auctionMs(InstrumentDefineEncoder.auctionMsNullValue())
                .norm(InstrumentDefineEncoder.normNullValue());
        send(venue, InstrumentDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void account(final Consumer<Frame> venue, final long id) {
        new AccountDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .accountId(id)
                .firmId(FIRM)
                .reserved32(0);
        send(venue, AccountDefineEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
        final int bits = Math.min(MOST_CASH_BITS, CASH_BITS - (Integer.SIZE - Integer.numberOfLeadingZeros(accounts)));
        new DepositEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .accountId(id)
                .amount(1L << bits)
                .assetId(ASSET)
                .reserved32(0);
        send(venue, DepositEncoder.BLOCK_LENGTH, FrameType.SESSION, OPERATOR);
    }

    private void session(
            final Consumer<Frame> venue, final long id, final Role role, final long firstAccount, final int count) {
        final SessionDefineEncoder session = new SessionDefineEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .seqNum(next(OPERATOR))
                .sessionId(id)
                .sourceMask(role == Role.PUBLISHER ? 1 : SessionDefineEncoder.sourceMaskNullValue())
                .firmId(role == Role.PUBLISHER ? SessionDefineEncoder.firmIdNullValue() : FIRM)
                .messagesPerSecond(SessionDefineEncoder.messagesPerSecondNullValue())
                .burst(SessionDefineEncoder.burstNullValue())
                .role(role)
                .wholeFirm(role == Role.MAKER && !isNamed() ? (short) 1 : SessionDefineEncoder.wholeFirmNullValue())
                .marginUpdates(0);
        final SessionDefineEncoder.AccountsEncoder group = session.accountsCount(count);
        for (int i = 0; i < count; i++) {
            group.next().accountId(firstAccount + i);
        }
        send(venue, session.encodedLength(), FrameType.SESSION, OPERATOR);
    }

    private void open(final Consumer<Frame> venue, final long session) {
        new SessionOpenEncoder()
                .wrapAndApplyHeader(scratch, Frame.HEADER_LENGTH, header)
                .sessionId(session)
                .gatewayId(GATEWAY)
                .sessionVerId(1)
                .codWindowMs(0)
                .codType(CodType.NONE)
                .reserved8((short) 0)
                .reserved16(0);
        send(venue, SessionOpenEncoder.BLOCK_LENGTH, FrameType.GATEWAY, GATEWAY);
    }

    private void send(final Consumer<Frame> venue, final int length, final int frameType, final long source) {
        offset = 0;
        finish(length, frameType, source);
        scratchFrame.wrap(scratch, 0);
        venue.accept(scratchFrame);
    }
}
