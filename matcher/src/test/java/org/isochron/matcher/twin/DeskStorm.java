package org.isochron.matcher.twin;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.CodType;
import org.isochron.codecs.DeadManEncoder;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.EpochStartEncoder;
import org.isochron.codecs.GatewayAliveEncoder;
import org.isochron.codecs.GatewayStartEncoder;
import org.isochron.codecs.InstrumentStateEncoder;
import org.isochron.codecs.KillReleaseEncoder;
import org.isochron.codecs.KillScope;
import org.isochron.codecs.KillSwitchEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.MmpConfigEncoder;
import org.isochron.codecs.MmpResetEncoder;
import org.isochron.codecs.PriceKind;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.SessionClosedEncoder;
import org.isochron.codecs.SessionOpenEncoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.TerminateCode;
import org.isochron.codecs.TradingState;
import org.isochron.codecs.WithdrawEncoder;
import org.isochron.codecs.frame.Frame;

/** The part of the storm that is about everything but orders: prices, protections, states, cash, connections, time. */
final class DeskStorm {
    private static final int AT = Frame.HEADER_LENGTH;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int WRONG_IN = 60;
    private static final long QUANTA = 1_000_000;
    private static final int MMP_GROUPS = 3;

    private final Dice dice;
    private final World world;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private Session session;
    private long clOrdId;
    private int gatewayId;
    private long incarnation = 1;

    DeskStorm(final Dice dice, final World world, final UnsafeBuffer buffer) {
        this.dice = dice;
        this.world = world;
        this.buffer = buffer;
    }

    /** Who sends the command encoded last. */
    long sessionId() {
        return session.id;
    }

    /** The gateway that sends it. */
    int gatewayId() {
        return gatewayId;
    }

    private boolean wrong() {
        return dice.oneIn(WRONG_IN);
    }

    private long seqNum() {
        final long next = session.lastIncoming + 1;
        return wrong() && dice.oneIn(5) ? dice.oneOf(next - 1, next + 2) : next;
    }

    private void by(final long sessionId) {
        session = world.sessions.get(sessionId);
    }

    private void byMaker() {
        by(dice.oneOf(Setup.MAKERS));
        clOrdId++;
    }

    private long account() {
        return wrong() ? dice.oneOf(300, 100, 77, Line.NO_U32) : session.accounts.get(dice.below(2)).id;
    }

    private long instrumentId() {
        return wrong() ? dice.oneOf(9, Line.NO_U32) : dice.oneOf(Setup.INSTRUMENTS);
    }

    int command() {
        return switch (dice.weighted(500, 60, 30, 25, stateWeight(), 25, killedWeight(), 15, 25)) {
            case 0 -> priceTick();
            case 1 -> cash();
            case 2 -> mmpConfig();
            case 3 -> mmpReset();
            case 4 -> state();
            case 5 -> deadMan();
            case 6 -> killRelease();
            case 7 -> killSwitch();
            default -> priceTick();
        };
    }

    /** States that nothing else ends are ended by the operator before long. */
    private int stateWeight() {
        for (final Instrument instrument : world.instrumentsBySlot) {
            if (!instrument.isTrading() && instrument.nextChangeNs == 0) {
                return 200;
            }
        }
        return 12;
    }

    private int killedWeight() {
        for (final Account account : world.accountsBySlot) {
            if (account.firm != null && account.isKilled()) {
                return 200;
            }
        }
        return 2;
    }

    /** A walk that comes home to the middle. */
    private int priceTick() {
        by(wrong() && dice.oneIn(4) ? Setup.OPERATOR : Setup.PUBLISHER);
        final Instrument instrument = world.instruments.get(dice.oneOf(Setup.INSTRUMENTS));
        final long mark = instrument.markTicks == 0 ? Setup.MID_TICKS : instrument.markTicks;
        final long step = dice.oneIn(30) ? 60 : 8;
        final long ticks = mark + (Setup.MID_TICKS - mark) / 20 + dice.between(-step, step);
        final long price = ticks * Setup.TICK_SIZE + (dice.oneIn(3) ? dice.between(-6_000_000, 6_000_000) : 0);
        new PriceTickEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .instrumentId(wrong() ? 9 : instrument.id)
                .price(wrong() ? dice.oneOf(0, -5, 1, (Setup.MAX_TICKS + 1) * Setup.TICK_SIZE) : price)
                .confidence(Line.NONE)
                .sourceTimeNs(0)
                .source((short) (wrong() ? dice.oneOf(3, 15, 16, 255) : dice.below(3)))
                .kind(PriceKind.INDEX)
                .reserved16(0)
                .reserved32(0);
        return HEADER + PriceTickEncoder.BLOCK_LENGTH;
    }

    /** Who runs dry is given something, who has plenty loses some. */
    private int cash() {
        by(Setup.OPERATOR);
        final Account account = world.accounts.get(dice.oneOf(Setup.ACCOUNTS));
        final long asset = 1 + dice.below(2);
        final long whole = account.cash(asset) / QUANTA;
        final long accountId = wrong() ? 77 : account.id;
        if (whole < 2_000 && dice.below(3) != 0) {
            new DepositEncoder()
                    .wrapAndApplyHeader(buffer, AT, header)
                    .seqNum(seqNum())
                    .accountId(accountId)
                    .amount(wrong() ? dice.oneOf(0, -1, Long.MAX_VALUE) : dice.between(1, 4_000 * QUANTA))
                    .assetId(wrong() ? 9 : asset)
                    .reserved32(0);
            return HEADER + DepositEncoder.BLOCK_LENGTH;
        }
        new WithdrawEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(accountId)
                .amount(wrong() ? dice.oneOf(0, -1, Long.MAX_VALUE) : dice.between(1, Math.max(2, whole * QUANTA)))
                .assetId(wrong() ? 9 : asset)
                .reserved32(0);
        return HEADER + WithdrawEncoder.BLOCK_LENGTH;
    }

    private long limit(final long most) {
        return wrong() ? dice.oneOf(0, -1) : dice.coin() ? Line.NONE : dice.between(1, most);
    }

    private int mmpConfig() {
        byMaker();
        final boolean none = wrong();
        new MmpConfigEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .quantityLimit(none ? Line.NONE : limit(60))
                .notionalLimit(none ? Line.NONE : limit(4_000 * QUANTA))
                .deltaLimit(none ? Line.NONE : limit(40))
                .fillCountLimit(none || dice.coin() ? Line.NO_U32 : dice.between(wrong() ? 0 : 1, 8))
                .windowMs(wrong() ? dice.oneOf(0, 86_400_001, Line.NO_U32) : dice.between(1, 400))
                .frozenMs(wrong() ? dice.oneOf(86_400_001, Line.NO_U32) : dice.oneOf(0, 1, 20, 200, 1_000))
                .assetId(wrong() ? 9 : 1 + dice.below(2))
                .mmpGroup(wrong() ? (int) dice.oneOf(Line.NO_U16, 9) : dice.below(MMP_GROUPS))
                .reserved16(0)
                .reserved32(0);
        return HEADER + MmpConfigEncoder.BLOCK_LENGTH;
    }

    private int mmpReset() {
        byMaker();
        new MmpResetEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .mmpGroup(wrong() ? (int) dice.oneOf(Line.NO_U16, 9) : dice.below(MMP_GROUPS))
                .reserved16(0)
                .reserved32(0);
        return HEADER + MmpResetEncoder.BLOCK_LENGTH;
    }

    private int state() {
        by(Setup.OPERATOR);
        Instrument instrument = world.instruments.get(dice.oneOf(Setup.INSTRUMENTS));
        for (final Instrument stuck : world.instrumentsBySlot) {
            if (!stuck.isTrading() && stuck.nextChangeNs == 0 && dice.coin()) {
                instrument = stuck;
            }
        }
        final short state = (short)
                (wrong()
                        ? dice.oneOf(2, 255)
                        : instrument.isTrading() ? dice.oneOf(1, 3, 4, 4, 5) : dice.oneOf(1, 1, 1, 3, 4, 5));
        new InstrumentStateEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .instrumentId(wrong() ? 9 : instrument.id)
                .state(TradingState.get(state))
                .reason(dice.coin() ? StateReason.NULL_VAL : StateReason.CALENDAR)
                .reserved16(0)
                .reserved32(0);
        return HEADER + InstrumentStateEncoder.BLOCK_LENGTH;
    }

    private int deadMan() {
        byMaker();
        new DeadManEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .timeoutMs(wrong() ? dice.oneOf(86_400_001, Line.NO_U32) : dice.oneOf(0, 5, 50, 500, 5_000))
                .reserved32(0);
        return HEADER + DeadManEncoder.BLOCK_LENGTH;
    }

    private void byMakerOrOperator() {
        if (dice.coin()) {
            by(Setup.OPERATOR);
        } else {
            byMaker();
        }
    }

    private long anyAccount() {
        return wrong() ? dice.oneOf(77, Line.NO_U32, 4_000_000_001L) : dice.oneOf(Setup.ACCOUNTS);
    }

    private long ownAccount() {
        final boolean own = session.firm != null && !wrong();
        return own ? session.firm.id * 100 + dice.below(2) : anyAccount();
    }

    private long firm() {
        return session.firm == null || wrong()
                ? dice.oneOf(1, 2, 3, 9, Line.NO_U32)
                : dice.oneOf(session.firm.id, Line.NO_U32);
    }

    private KillScope scope() {
        return KillScope.get((short) (wrong() ? 255 : dice.oneOf(1, 1, 2)));
    }

    private int killSwitch() {
        byMakerOrOperator();
        new KillSwitchEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(ownAccount())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .firmId(firm())
                .scope(scope())
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + KillSwitchEncoder.BLOCK_LENGTH;
    }

    /** Mostly the right one: of a kill that is on, by who has thrown it. */
    private int killRelease() {
        byMakerOrOperator();
        long account = ownAccount();
        long firm = firm();
        KillScope scope = scope();
        for (final Account killed : world.accountsBySlot) {
            if (killed.firm != null && killed.isKilled() && dice.coin()) {
                final boolean byFirm = killed.firm.isKilled();
                final boolean byOperator = byFirm ? killed.firm.killedByOperator : killed.killedByOperator;
                account = killed.id;
                firm = killed.firm.id;
                scope = byFirm ? KillScope.FIRM : KillScope.ACCOUNT;
                by(byOperator ? Setup.OPERATOR : killed.firm.id * 10);
            }
        }
        new KillReleaseEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account)
                .clientSendTimeNs(0)
                .clOrdId(clOrdId)
                .firmId(firm)
                .scope(scope)
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + KillReleaseEncoder.BLOCK_LENGTH;
    }

    // Connections

    int reopen(final Session lost) {
        gatewayId = dice.oneIn(10) ? Setup.OTHER_GATEWAY : Setup.GATEWAY;
        return open(lost.id, lost.verId);
    }

    private int open(final long sessionId, final long verId) {
        final long window = dice.oneOf(0, 0, 20, 300, 2_000, 60_000, 60_001, Line.NO_U32);
        new SessionOpenEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .sessionId(sessionId)
                .gatewayId(gatewayId)
                .sessionVerId(dice.oneIn(6) ? verId + 1 : wrong() ? dice.oneOf(0, Line.NO_ID) : verId)
                .codWindowMs(window)
                .codType(CodType.get((short) dice.oneOf(0, 1, 2, 3, 3, 3, 255)))
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + SessionOpenEncoder.BLOCK_LENGTH;
    }

    int connection() {
        gatewayId = dice.oneIn(6) ? Setup.OTHER_GATEWAY : Setup.GATEWAY;
        final Session any = world.sessions.get(dice.oneOf(Setup.SESSIONS));
        return switch (dice.weighted(10, 6, 1, 10)) {
            case 0 -> closed(any);
            case 1 -> open(wrong() ? 77 : any.id, any.verId);
            case 2 -> gatewayStart();
            default -> alive();
        };
    }

    private int closed(final Session any) {
        new SessionClosedEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .sessionId(wrong() ? 77 : any.id)
                .gatewayId(gatewayId)
                .sessionVerId(wrong() ? any.verId + 1 : any.verId)
                .code(TerminateCode.get((short) dice.oneOf(1, 1, 2, 7, 255)))
                .reserved8((short) 0)
                .reserved16(0)
                .reserved32(0);
        return HEADER + SessionClosedEncoder.BLOCK_LENGTH;
    }

    private int gatewayStart() {
        new GatewayStartEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .gatewayId(gatewayId)
                .reserved32(0)
                .incarnation(wrong() ? 1 : ++incarnation);
        return HEADER + GatewayStartEncoder.BLOCK_LENGTH;
    }

    private int alive() {
        new GatewayAliveEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .gatewayId(gatewayId)
                .reserved32(0);
        return HEADER + GatewayAliveEncoder.BLOCK_LENGTH;
    }

    // Time

    int clockTick(final long nowNs) {
        new ClockTickEncoder().wrapAndApplyHeader(buffer, AT, header).tickTimeNs(nowNs);
        return HEADER + ClockTickEncoder.BLOCK_LENGTH;
    }

    int epochStart(final long sequence) {
        new EpochStartEncoder()
                .wrapAndApplyHeader(buffer, AT, header)
                .epoch(1)
                .sequencerId(SEQUENCER_ID)
                .baseSequence(sequence)
                .prevChain(0);
        return HEADER + EpochStartEncoder.BLOCK_LENGTH;
    }

    private static final long SEQUENCER_ID = 999;
}
