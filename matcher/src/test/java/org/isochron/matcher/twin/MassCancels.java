package org.isochron.matcher.twin;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.MassCancelDecoder;
import org.isochron.codecs.MassCancelScope;
import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.codecs.Role;
import org.isochron.codecs.Side;

/** Mass cancels of every scope, and quote cancels. */
final class MassCancels {
    private final World world;
    private final Events events;
    private final Lifecycle lifecycle;
    private final Checks checks;

    MassCancels(final World world, final Events events, final Lifecycle lifecycle, final Checks checks) {
        this.world = world;
        this.events = events;
        this.lifecycle = lifecycle;
        this.checks = checks;
    }

    void onMassCancel(final Session session, final long seqNum, final MassCancelDecoder command) {
        final boolean operator = session.role == Role.OPERATOR;
        final MassCancelScope scope = command.scope();
        Refused.when(scope == MassCancelScope.NULL_VAL, BAD_VALUE, MassCancelDecoder.scopeId(), Line.NONE);
        final boolean ofFirm = scope == MassCancelScope.FIRM;
        Refused.when(ofFirm && operator, SESSION_SCOPE, MassCancelDecoder.scopeId(), scope.value());
        final Account account = ofFirm ? null : account(session, operator, command.accountId());
        final Predicate<Order> takes = filter(command, account);
        final List<Order> orders = new ArrayList<>();
        for (final Account concerned : ofFirm ? session.accounts : List.of(account)) {
            orders.addAll(Lifecycle.ordersOf(concerned, takes));
        }
        acknowledge(
                session,
                ofFirm ? session.firm : account.firm,
                seqNum,
                command.clOrdId(),
                orders.size(),
                command.accountId(),
                command.instrumentId());
        lifecycle.cancelAll(orders, operator ? CancelReason.ADMIN : CancelReason.USER);
    }

    void acknowledge(
            final Session session,
            final Firm firm,
            final long seqNum,
            final long clOrdId,
            final int count,
            final long accountId,
            final long instrumentId) {
        events.privately("MassCancelAck", session, firm)
                .id("clOrdId", clOrdId)
                .u32("refSeqNum", seqNum)
                .u32("count", count)
                .u32("accountId", accountId)
                .u32("instrumentId", instrumentId);
    }

    private Account account(final Session session, final boolean operator, final long accountId) {
        final Account account = world.accounts.get(accountId);
        Refused.when(account == null, UNKNOWN_ACCOUNT, MassCancelDecoder.accountIdId(), accountId);
        Refused.when(
                !operator && !session.accounts.contains(account),
                SESSION_SCOPE,
                MassCancelDecoder.accountIdId(),
                accountId);
        return account;
    }

    private Predicate<Order> filter(final MassCancelDecoder command, final Account account) {
        return switch (command.scope()) {
            case INSTRUMENT -> inInstrument(command);
            case SIDE -> inInstrument(command).and(onSide(command));
            case PRICE_RANGE -> inInstrument(command).and(onSide(command)).and(withinPrices(command));
            case USER_TAG -> {
                Refused.when(command.userTag() == Line.NO_ID, BAD_VALUE, MassCancelDecoder.userTagId(), Line.NONE);
                final long tag = command.userTag();
                yield order -> order.tag == tag;
            }
            case MMP_GROUP -> {
                final MmpGroup group = account.groups.get(command.mmpGroup());
                Refused.when(group == null, BAD_VALUE, MassCancelDecoder.mmpGroupId(), command.mmpGroup());
                yield order -> order.mmp == group;
            }
            default -> order -> true;
        };
    }

    private Predicate<Order> inInstrument(final MassCancelDecoder command) {
        final Instrument instrument = checks.instrument(command.instrumentId(), MassCancelDecoder.instrumentIdId());
        return order -> order.instrument() == instrument;
    }

    private static Predicate<Order> onSide(final MassCancelDecoder command) {
        Refused.when(command.side() == Side.NULL_VAL, BAD_VALUE, MassCancelDecoder.sideId(), Line.NONE);
        final boolean buy = command.side() == Side.BUY;
        return order -> order.buy == buy;
    }

    /** The ends need not lie on ticks. A market stop has no price, so it lies in no range. */
    private static Predicate<Order> withinPrices(final MassCancelDecoder command) {
        final long from = command.fromPrice();
        final long to = command.toPrice();
        Refused.when(from < 0, BAD_VALUE, MassCancelDecoder.fromPriceId(), from, 0);
        Refused.when(to < from, BAD_VALUE, MassCancelDecoder.toPriceId(), to, from);
        return order -> {
            final long price = order.instrument().price(order.ticks);
            return order.ticks != 0 && price >= from && price <= to;
        };
    }

    void onQuoteCancel(final Session session, final long seqNum, final QuoteCancelDecoder command) {
        final Account account = checks.account(session, command.accountId());
        final Instrument instrument = command.instrumentId() == Line.NO_U32
                ? null
                : checks.instrument(command.instrumentId(), QuoteCancelDecoder.instrumentIdId());
        final long set = command.quoteSetId();
        final List<Order> orders = session.orders.stream()
                .filter(order -> order.quote
                        && order.account() == account
                        && (instrument == null || order.instrument() == instrument)
                        && (set == Line.NO_U32 || MassQuotes.setOf(order.clientId) == set))
                .toList();
        acknowledge(
                session,
                account.firm,
                seqNum,
                command.clOrdId(),
                orders.size(),
                command.accountId(),
                command.instrumentId());
        lifecycle.cancelAll(orders, CancelReason.USER);
    }
}
