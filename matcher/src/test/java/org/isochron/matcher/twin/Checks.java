package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_LOT;
import static org.isochron.codecs.RejectCode.BAD_TICK;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.KILL_SWITCH_ON;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.MMP_FROZEN;
import static org.isochron.codecs.RejectCode.OPEN_ORDER_LIMIT;
import static org.isochron.codecs.RejectCode.POSITION_LIMIT;
import static org.isochron.codecs.RejectCode.POST_ONLY_WOULD_CROSS;
import static org.isochron.codecs.RejectCode.PRICE_BAND;
import static org.isochron.codecs.RejectCode.QTY_TOO_BIG;
import static org.isochron.codecs.RejectCode.RISK_UNAVAILABLE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.NewOrderDecoder;

/** Checks that orders, replaces and quotes share. Each throws {@link Refused}. */
final class Checks {
    /** clOrdId and accountId have one field number in every message of order entry. */
    static final int CL_ORD_ID = NewOrderDecoder.clOrdIdId();

    static final int ACCOUNT_ID = NewOrderDecoder.accountIdId();

    private final World world;
    private final Margins margins;

    Checks(final World world, final Margins margins) {
        this.world = world;
        this.margins = margins;
    }

    /** Ids from 2^63 up are the venue's own for quotes. */
    static void clOrdId(final long clOrdId) {
        Refused.when(clOrdId == Line.NO_ID, BAD_VALUE, CL_ORD_ID, Line.NONE);
        Refused.when(clOrdId < 0, BAD_VALUE, CL_ORD_ID, clOrdId);
    }

    Instrument instrument(final long instrumentId, final int fieldId) {
        final Instrument instrument = world.instruments.get(instrumentId);
        Refused.when(instrument == null, UNKNOWN_INSTRUMENT, fieldId, instrumentId);
        return instrument;
    }

    static void takesOrders(final Instrument instrument, final int fieldId) {
        Refused.when(!instrument.isTrading() && !instrument.collects(), MARKET_CLOSED, fieldId, instrument.id);
    }

    Account account(final Session session, final long accountId) {
        final Account account = world.accounts.get(accountId);
        Refused.when(account == null, UNKNOWN_ACCOUNT, ACCOUNT_ID, accountId);
        Refused.when(!session.accounts.contains(account), SESSION_SCOPE, ACCOUNT_ID, accountId);
        return account;
    }

    static void notKilled(final Account account) {
        Refused.when(account.isKilled(), KILL_SWITCH_ON, ACCOUNT_ID, account.id);
    }

    static void tick(final Instrument instrument, final long price, final int fieldId) {
        Refused.when(price <= 0 || price % instrument.tickSize != 0, BAD_TICK, fieldId, price, instrument.tickSize);
        final long largest = instrument.price(instrument.maxTicks);
        Refused.when(price > largest, PRICE_BAND, fieldId, price, largest);
    }

    static void band(final Instrument instrument, final long ticks, final int fieldId) {
        final long passed = Bands.passed(instrument, ticks);
        Refused.when(passed != 0, PRICE_BAND, fieldId, instrument.price(ticks), instrument.price(passed));
    }

    static void quantity(final Instrument instrument, final long lots, final int fieldId) {
        Refused.when(lots <= 0, BAD_LOT, fieldId, lots, 1);
        Refused.when(lots > instrument.maxOrderLots, QTY_TOO_BIG, fieldId, lots, instrument.maxOrderLots);
    }

    static void fresh(final Session session, final long clOrdId) {
        Refused.when(
                session.isRecent(clOrdId) || session.byClientId.containsKey(clOrdId),
                DUPLICATE_CL_ORD_ID,
                CL_ORD_ID,
                clOrdId);
    }

    static void room(final Account account, final Instrument instrument) {
        final Position position = account.positionIn(instrument);
        final long open = position == null ? 0 : position.orders.size();
        Refused.when(
                open >= instrument.maxOpenOrders, OPEN_ORDER_LIMIT, Refused.NO_FIELD, open, instrument.maxOpenOrders);
    }

    void thawed(final MmpGroup group, final int fieldId) {
        Refused.when(group != null && group.isFrozen(world.nowNs), MMP_FROZEN, fieldId, group == null ? 0 : group.id);
    }

    static void passive(final Order order, final long ticks, final int fieldId) {
        final Instrument instrument = order.instrument();
        Refused.when(
                instrument.crosses(order.buy, ticks),
                POST_ONLY_WOULD_CROSS,
                fieldId,
                instrument.price(ticks),
                instrument.price(instrument.queue(!order.buy).bestTicks()));
    }

    /** Position limit, mark and margin. {@code replaced} is the order whose place the lots take, or null. */
    void risk(
            final Account account,
            final Instrument instrument,
            final boolean buy,
            final long ticks,
            final long lots,
            final Order replaced,
            final int quantityField) {
        final Position position = account.positionIn(instrument);
        final long removed = replaced == null ? 0 : replaced.leaves;
        Refused.when(!instrument.valid && !Margins.reduces(position, buy, lots - removed), RISK_UNAVAILABLE);
        final long held = position == null ? 0 : position.lots;
        final long open = (position == null ? 0 : position.orderLots(buy)) - removed + lots;
        final long reach = buy ? held + open : open - held;
        Refused.when(
                reach > instrument.maxPositionLots, POSITION_LIMIT, quantityField, reach, instrument.maxPositionLots);
        final Margins.Verdict verdict = margins.judge(account, instrument, buy, ticks, lots, replaced);
        if (verdict != null) {
            throw new Refused(verdict.code(), Refused.NO_FIELD, verdict.required(), verdict.equity());
        }
    }
}
