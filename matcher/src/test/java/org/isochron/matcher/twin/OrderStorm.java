package org.isochron.matcher.twin;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.MassCancelEncoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.MassQuoteEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.QtyMode;
import org.isochron.codecs.QuoteCancelEncoder;
import org.isochron.codecs.ReplaceEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.frame.Frame;

/** The part of the storm that makers send about orders and quotes. */
final class OrderStorm {
    private static final int AT = Frame.HEADER_LENGTH;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int ONE_FIELD_WRONG_IN = 25;
    private static final int MAX_ENTRIES = 6;
    private static final int QUOTE_SETS = 3;
    private static final int MMP_GROUPS = 3;

    private final Dice dice;
    private final World world;
    private final UnsafeBuffer buffer;
    private final CommandStorm.OrderIds ids;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final MassQuoteEncoder massQuote = new MassQuoteEncoder();
    private final QuoteCancelEncoder quoteCancel = new QuoteCancelEncoder();

    private long nextClOrdId = 1;
    private Session session;
    private long accountId;
    private Instrument instrument;

    OrderStorm(final Dice dice, final World world, final UnsafeBuffer buffer, final CommandStorm.OrderIds ids) {
        this.dice = dice;
        this.world = world;
        this.buffer = buffer;
        this.ids = ids;
    }

    /** Who sends the command encoded last. */
    long sessionId() {
        return session.id;
    }

    /** Encodes a command; returns its length, header included. */
    int command() {
        session = world.sessions.get(dice.oneOf(Setup.MAKERS));
        accountId = session.accounts.get(dice.below(session.accounts.size())).id;
        instrument = world.instruments.get(dice.oneOf(Setup.INSTRUMENTS));
        return switch (dice.weighted(560, 130, 130, 12, 60, 8)) {
            case 0 -> newOrder();
            case 1 -> replace();
            case 2 -> cancel();
            case 3 -> massCancel();
            case 4 -> massQuote();
            default -> quoteCancel();
        };
    }

    // Values, mostly right

    private boolean wrong() {
        return dice.oneIn(ONE_FIELD_WRONG_IN * 12);
    }

    private long seqNum() {
        final long next = session.lastIncoming + 1;
        return wrong() ? dice.oneOf(next - 1, Line.NO_U32, next + 3) : next;
    }

    private long account() {
        return wrong() ? dice.oneOf(300, 100, 77, Line.NO_U32) : accountId;
    }

    private long instrumentId() {
        return wrong() ? dice.oneOf(9, Line.NO_U32) : instrument.id;
    }

    private long clOrdId() {
        return wrong() ? dice.oneOf(Line.NO_ID, nextClOrdId - 1, Math.max(1, nextClOrdId - 400), -5) : nextClOrdId++;
    }

    private long lots() {
        if (wrong()) {
            return dice.oneOf(0, -1, Setup.MAX_ORDER_LOTS + 1, Line.NONE);
        }
        return dice.oneIn(12) ? dice.between(20, Setup.MAX_ORDER_LOTS) : dice.between(1, 12);
    }

    private long mid() {
        return instrument.markTicks == 0 ? Setup.MID_TICKS : instrument.markTicks;
    }

    /** Round the mid, on the passive side more often than not; sometimes near the band. */
    private long ticks(final boolean buy) {
        if (instrument.bandPpm != 0 && dice.oneIn(40)) {
            final long bound = buy ? Bands.highest(instrument) : Bands.lowest(instrument);
            return Math.max(1, bound + dice.between(-2, 2));
        }
        final long distance = dice.oneIn(6) ? dice.between(0, 60) : dice.between(-6, 18);
        return Math.max(1, buy ? mid() - distance : mid() + distance);
    }

    private long price(final boolean buy) {
        if (wrong()) {
            return dice.oneOf(
                    0,
                    -Setup.TICK_SIZE,
                    Setup.MID_TICKS * Setup.TICK_SIZE + 1,
                    Setup.MAX_TICKS * Setup.TICK_SIZE,
                    (Setup.MAX_TICKS + 1) * Setup.TICK_SIZE,
                    Line.NONE);
        }
        return ticks(buy) * Setup.TICK_SIZE;
    }

    private Side side(final boolean buy) {
        return wrong() ? Side.NULL_VAL : Reports.side(buy);
    }

    // Commands

    private int newOrder() {
        final boolean buy = dice.coin();
        final OrdType type = OrdType.get((short) dice.oneOf(255, 1, 1, 1, 1, 1, 1, 2, 3, 4));
        final boolean stop = type == OrdType.STOP || type == OrdType.TAKE_PROFIT;
        final boolean priced = type == OrdType.MARKET || stop ? dice.coin() : true;
        final TimeInForce timeInForce = timeInForce(type);
        final boolean gtt = timeInForce == TimeInForce.GTT;
        final boolean rests = !(type == OrdType.MARKET || stop && !priced)
                && timeInForce != TimeInForce.IOC
                && timeInForce != TimeInForce.FOK;
        final long lots = lots();
        final boolean mmp = dice.oneIn(8);
        final boolean firm = dice.oneIn(6);
        newOrder.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId())
                .price(priced ? price(buy) : Line.NONE)
                .quantity(lots)
                .instrumentId(instrumentId())
                .side(side(buy))
                .ordType(type)
                .timeInForce(timeInForce)
                .stpMode(StpMode.get((short) dice.oneOf(255, 1, 2, 3, 4)))
                .triggerPrice(stop != wrong() ? trigger() : Line.NONE)
                .displayQuantity(rests && !stop && dice.oneIn(5) || wrong() ? display(lots) : Line.NONE)
                .expireTimeNs(gtt != wrong() ? expiry() : Line.NO_ID)
                .userTag(dice.below(4))
                .maxSeqDelayUs(dice.oneIn(30) ? dice.between(0, 60) : Line.NO_U32)
                .stpGroup(firm && dice.coin() || wrong() ? dice.below(2) : Line.NO_U32)
                .mmpGroup(mmp != wrong() ? dice.below(MMP_GROUPS) : Line.NO_U16)
                .triggerRef(stop && dice.coin() || wrong() ? reference() : TriggerRef.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        newOrder.flags()
                .clear()
                .postOnly(rests && dice.oneIn(10) || wrong())
                .postOnlySlide(rests && dice.oneIn(12) || wrong())
                .reduceOnly(dice.oneIn(7))
                .mmp(mmp)
                .codTagged(dice.oneIn(20))
                .stpScopeFirm(firm);
        return HEADER + NewOrderEncoder.BLOCK_LENGTH;
    }

    private TimeInForce timeInForce(final OrdType type) {
        if (wrong()) {
            return TimeInForce.get((short) dice.oneOf(1, 2, 3, 4, 255));
        }
        return TimeInForce.get((short)
                switch (type) {
                    case MARKET -> dice.oneOf(255, 2, 3);
                    case STOP, TAKE_PROFIT -> dice.oneOf(255, 1, 2, 4);
                    default -> dice.oneOf(255, 1, 1, 1, 1, 1, 2, 3, 4);
                });
    }

    private TriggerRef reference() {
        return TriggerRef.get((short) dice.oneOf(1, 2, 3));
    }

    private long trigger() {
        return wrong()
                ? dice.oneOf(0, -1, 7, (Setup.MAX_TICKS + 1) * Setup.TICK_SIZE, Line.NONE)
                : Math.max(1, mid() + dice.between(-40, 40)) * Setup.TICK_SIZE;
    }

    private long display(final long lots) {
        return wrong() ? dice.oneOf(0, -1, lots + 1) : Math.max(1, dice.between(1, Math.max(1, lots)));
    }

    /** On a grid of milliseconds, so that several orders end at once. */
    private long expiry() {
        final long grid = 5_000_000;
        return wrong()
                ? dice.oneOf(0, world.nowNs, world.nowNs - 1)
                : (world.nowNs / grid + dice.between(1, 60)) * grid;
    }

    /** An open order of the session, mostly; null when it has none. */
    private Order known() {
        final List<Order> open = session.orders;
        if (open.isEmpty()) {
            return null;
        }
        final Order order = open.get(dice.below(open.size()));
        if (!wrong()) {
            accountId = order.account().id;
            instrument = order.instrument();
        }
        return order;
    }

    private long origClOrdId(final Order order) {
        return order == null || wrong() ? Math.max(1, nextClOrdId - dice.below(600)) : order.clientId;
    }

    private int replace() {
        final Order order = known();
        final Long id = order == null ? null : ids.idOf(order);
        final boolean byId = id != null && dice.oneIn(3);
        final boolean both = wrong();
        final boolean buy = order == null || order.buy;
        final boolean samePrice = order != null && dice.oneIn(3);
        final boolean unpriced = order != null && order.market && dice.coin();
        final boolean remaining = dice.coin();
        final long more = order == null ? 0 : remaining ? 0 : order.filled;
        final long lots = order != null && samePrice ? dice.between(1, order.leaves + 1) : lots();
        replace.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(clOrdId())
                .origClOrdId(byId && !both ? Line.NO_ID : origClOrdId(order))
                .orderId(byId ? id : wrong() ? 77 : Line.NO_ID)
                .price(unpriced ? Line.NONE : samePrice ? order.ticks * Setup.TICK_SIZE : price(buy))
                .quantity(lots > 0 ? lots + more : lots)
                .instrumentId(instrumentId())
                .qtyMode(remaining ? QtyMode.REMAINING : dice.coin() ? QtyMode.TOTAL : QtyMode.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        return HEADER + ReplaceEncoder.BLOCK_LENGTH;
    }

    private int cancel() {
        final Order order = known();
        final Long id = order == null ? null : ids.idOf(order);
        final boolean byId = id != null && dice.oneIn(3);
        cancel.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .origClOrdId(byId && !wrong() ? Line.NO_ID : origClOrdId(order))
                .orderId(byId ? id : wrong() ? 77 : Line.NO_ID)
                .instrumentId(instrumentId())
                .reserved32(0);
        return HEADER + CancelEncoder.BLOCK_LENGTH;
    }

    private int massCancel() {
        if (dice.oneIn(6)) {
            session = world.sessions.get(Setup.OPERATOR);
        }
        final long from = price(true);
        massCancel
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .fromPrice(from)
                .toPrice(dice.oneIn(6) ? price(false) : from + dice.between(0, 40) * Setup.TICK_SIZE)
                .userTag(wrong() ? Line.NO_ID : dice.below(5))
                .instrumentId(instrumentId())
                .scope(MassCancelScope.get((short) dice.oneOf(1, 2, 3, 3, 4, 4, 5, 6, 7, wrong() ? 255 : 3)))
                .side(side(dice.coin()))
                .mmpGroup(dice.below(MMP_GROUPS + 1));
        return HEADER + MassCancelEncoder.BLOCK_LENGTH;
    }

    private int massQuote() {
        final int entries = wrong() ? 0 : 1 + dice.below(MAX_ENTRIES);
        massQuote
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(wrong() ? Line.NO_ID : nextClOrdId)
                .quoteSetId(wrong() ? dice.oneOf(1_073_741_824L, Line.NO_U32) : dice.below(QUOTE_SETS))
                .mmpGroup(dice.oneIn(4) ? dice.below(MMP_GROUPS) : Line.NO_U16)
                .reserved8((short) 0);
        massQuote.flags().clear().postOnly(dice.oneIn(3));
        final MassQuoteEncoder.EntriesEncoder group = massQuote.entriesCount(entries);
        for (int i = 0; i < entries; i++) {
            if (dice.coin()) {
                instrument = world.instruments.get(dice.oneOf(Setup.INSTRUMENTS));
            }
            group.next()
                    .bidPrice(dice.oneIn(8) ? Line.NONE : price(true))
                    .bidQuantity(dice.oneIn(8) ? 0 : lots())
                    .askPrice(dice.oneIn(8) ? Line.NONE : price(false))
                    .askQuantity(dice.oneIn(8) ? 0 : lots())
                    .instrumentId(instrumentId())
                    .entryId(dice.oneIn(30) ? 0 : i)
                    .reserved16(0);
        }
        return HEADER + massQuote.encodedLength();
    }

    private int quoteCancel() {
        quoteCancel
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(seqNum())
                .accountId(account())
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .quoteSetId(dice.coin() ? Line.NO_U32 : dice.below(QUOTE_SETS))
                .instrumentId(dice.coin() ? Line.NO_U32 : instrumentId());
        return HEADER + QuoteCancelEncoder.BLOCK_LENGTH;
    }
}
