package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.TAKER_DELAY_AMEND_FORBIDDEN;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MassQuoteDecoder.EntriesDecoder;
import org.isochron.codecs.RejectCode;

/** Mass quotes: side by side, each judged on the state the one before it has left. */
final class MassQuotes {
    private static final long LARGEST_SET = 1_073_741_823;
    private static final long VENUE_NUMBERING = 1L << 63;
    private static final int SET_SHIFT = 17;

    private final World world;
    private final Events events;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Arrivals arrivals;
    private final Checks checks;

    /** One entry as it came, and what has become of its sides. */
    private record Entry(
            long instrumentId,
            int entryId,
            long bidPrice,
            long bidLots,
            long askPrice,
            long askLots,
            Outcome[] sides) {}

    private static final class Outcome {
        long priority = Line.NO_ID;
        RejectCode code;
    }

    MassQuotes(
            final World world,
            final Events events,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Arrivals arrivals,
            final Checks checks) {
        this.world = world;
        this.events = events;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.arrivals = arrivals;
        this.checks = checks;
    }

    static long clientId(final long setId, final int entryId, final boolean buy) {
        return VENUE_NUMBERING | setId << SET_SHIFT | (long) entryId << 1 | (buy ? 0 : 1);
    }

    static long setOf(final long clientId) {
        return (clientId & ~VENUE_NUMBERING) >>> SET_SHIFT;
    }

    void onMassQuote(final Session session, final long seqNum, final MassQuoteDecoder command) {
        final Account account = checks.account(session, command.accountId());
        Checks.notKilled(account);
        final long setId = command.quoteSetId();
        Refused.when(setId > LARGEST_SET, BAD_VALUE, MassQuoteDecoder.quoteSetIdId(), setId, LARGEST_SET);
        final MmpGroup group = group(account, command.mmpGroup());
        final boolean postOnly = command.flags().postOnly();
        final List<Entry> entries = entries(command);
        Refused.when(entries.isEmpty(), BAD_VALUE, (int) MassQuoteDecoder.entriesDecoderId(), 0, 1);
        final Line ack = events.privately("MassQuoteAck", session, account.firm)
                .id("clOrdId", command.clOrdId())
                .u32("refSeqNum", seqNum)
                .u32("accountId", command.accountId())
                .u32("quoteSetId", setId);
        final Set<Integer> seen = new HashSet<>();
        for (final Entry entry : entries) {
            final boolean repeated = !seen.add(entry.entryId);
            quoteSide(session, account, group, postOnly, setId, entry, true, repeated);
            quoteSide(session, account, group, postOnly, setId, entry, false, repeated);
        }
        for (final Entry entry : entries) {
            ack.entry()
                    .id("bidPriority", entry.sides[0].priority)
                    .id("askPriority", entry.sides[1].priority)
                    .u16("entryId", entry.entryId)
                    .with("bidCode", entry.sides[0].code)
                    .with("askCode", entry.sides[1].code);
        }
    }

    private MmpGroup group(final Account account, final int groupId) {
        if (groupId == Line.NO_U16) {
            return null;
        }
        final MmpGroup group = account.groups.get(groupId);
        Refused.when(group == null, BAD_VALUE, MassQuoteDecoder.mmpGroupId(), groupId);
        checks.thawed(group, MassQuoteDecoder.mmpGroupId());
        return group;
    }

    private static List<Entry> entries(final MassQuoteDecoder command) {
        final List<Entry> entries = new ArrayList<>();
        for (final EntriesDecoder entry : command.entries()) {
            entries.add(new Entry(
                    entry.instrumentId(),
                    entry.entryId(),
                    entry.bidPrice(),
                    entry.bidQuantity(),
                    entry.askPrice(),
                    entry.askQuantity(),
                    new Outcome[] {new Outcome(), new Outcome()}));
        }
        return entries;
    }

    private void quoteSide(
            final Session session,
            final Account account,
            final MmpGroup group,
            final boolean postOnly,
            final long setId,
            final Entry entry,
            final boolean buy,
            final boolean repeated) {
        final Outcome outcome = entry.sides[buy ? 0 : 1];
        final long price = buy ? entry.bidPrice : entry.askPrice;
        final long lots = buy ? entry.bidLots : entry.askLots;
        final long clientId = clientId(setId, entry.entryId, buy);
        final Order standing = session.byClientId.get(clientId);
        outcome.priority = place(standing);
        try {
            Refused.when(repeated, DUPLICATE_CL_ORD_ID);
            checkEntry(entry);
            if (price == Line.NONE) {
                return;
            }
            final Instrument instrument = checks.instrument(entry.instrumentId, EntriesDecoder.instrumentIdId());
            final boolean same = standing == null
                    || standing.instrument() == instrument && standing.account() == account && standing.mmp == group;
            Refused.when(!same, BAD_VALUE);
            if (lots == 0) {
                pull(standing);
                outcome.priority = Line.NO_ID;
            } else if (standing == null) {
                final Order order = new Order(positionOf(account, instrument), buy);
                order.quote = true;
                order.mmp = group;
                order.postOnly = postOnly;
                outcome.priority = enter(order, session, clientId, price, lots);
            } else if (price != instrument.price(standing.ticks) || lots != standing.leaves) {
                outcome.priority = change(standing, postOnly, price, lots);
            }
        } catch (final Refused refused) {
            outcome.code = refused.code;
        }
    }

    private static long place(final Order order) {
        return order == null || order.stage == Order.Stage.DELAYED ? Line.NO_ID : order.priority;
    }

    private void pull(final Order standing) {
        if (standing != null) {
            lifecycle.cancel(standing, CancelReason.USER);
        }
    }

    /** Bid and offer of an entry must not meet. */
    private static void checkEntry(final Entry entry) {
        final boolean both = entry.bidPrice != Line.NONE && entry.askPrice != Line.NONE;
        Refused.when(both && entry.bidLots > 0 && entry.askLots > 0 && entry.bidPrice >= entry.askPrice, BAD_VALUE);
    }

    private static Position positionOf(final Account account, final Instrument instrument) {
        final Position known = account.positionIn(instrument);
        return known == null ? new Position(account, instrument) : known;
    }

    private void checkTerms(final Order order, final long price, final long lots) {
        final Instrument instrument = order.instrument();
        Checks.takesOrders(instrument, 0);
        Checks.tick(instrument, price, 0);
        if (price / instrument.tickSize != order.ticks) {
            Checks.band(instrument, price / instrument.tickSize, 0);
        }
        Checks.quantity(instrument, lots, 0);
    }

    private void checkGroup(final MmpGroup group, final Instrument instrument) {
        Refused.when(group != null && group.asset != instrument.asset, BAD_VALUE);
        checks.thawed(group, 0);
    }

    private long enter(
            final Order order, final Session session, final long clientId, final long price, final long lots) {
        final Instrument instrument = order.instrument();
        checkTerms(order, price, lots);
        final long ticks = price / instrument.tickSize;
        Checks.room(order.account(), instrument);
        checkGroup(order.mmp, instrument);
        checkPassive(order, order.postOnly, ticks);
        checks.risk(order.account(), instrument, order.buy, ticks, lots, null, 0);
        order.ticks = ticks;
        order.leaves = lots;
        order.tag = Line.NO_ID;
        lifecycle.open(order, session, clientId);
        return goOn(order);
    }

    private static void checkPassive(final Order order, final boolean postOnly, final long ticks) {
        if (postOnly && order.instrument().isTrading()) {
            Checks.passive(order, ticks, 0);
        }
    }

    private long change(final Order order, final boolean postOnly, final long price, final long lots) {
        final Instrument instrument = order.instrument();
        checkTerms(order, price, lots);
        final long ticks = price / instrument.tickSize;
        Refused.when(order.stage == Order.Stage.DELAYED, TAKER_DELAY_AMEND_FORBIDDEN);
        checkGroup(order.mmp, instrument);
        if (world.priorityRule.keepsPlace(order, ticks, lots)) {
            lifecycle.shrink(order, order.leaves - lots);
            reports.shrunk(order);
            return order.priority;
        }
        checkPassive(order, postOnly, ticks);
        checks.risk(order.account(), instrument, order.buy, ticks, lots, order, 0);
        reports.deleted(instrument, order.priority);
        lifecycle.unrest(order);
        order.ticks = ticks;
        order.leaves = lots;
        order.postOnly = postOnly;
        order.priority = world.nextPriority();
        return goOn(order);
    }

    private long goOn(final Order order) {
        if (Arrivals.isDelayed(order)) {
            arrivals.delay(order);
            return Line.NO_ID;
        }
        final long priority = order.priority;
        matching.match(order);
        return priority;
    }
}
