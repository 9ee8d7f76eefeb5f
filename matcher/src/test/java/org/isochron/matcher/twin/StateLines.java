package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.venue.Inspection;

/** The whole state of a venue and of a twin as text, to be compared: cash, positions, prices, states, open orders. */
final class StateLines {
    private StateLines() {}

    static List<String> of(final Inspection venue) {
        final List<String> lines = new ArrayList<>();
        for (final long accountId : venue.accountIds()) {
            final Inspection.Account account = venue.account(accountId);
            for (final Inspection.Balance balance : account.balances()) {
                lines.add(cash(accountId, balance.assetId(), balance.cash(), balance.equity(), balance.orderMargin()));
            }
            for (final Inspection.Holding holding : account.holdings()) {
                if (holding.lots() != 0) {
                    lines.add(position(accountId, holding.instrumentId(), holding.lots(), holding.entryCost()));
                }
            }
        }
        for (final long instrumentId : venue.instrumentIds()) {
            final Inspection.Instrument instrument = venue.instrument(instrumentId);
            lines.add("instrument " + instrumentId + " " + instrument.state() + " index " + instrument.indexPrice()
                    + " mark " + instrument.markPrice() + " " + instrument.valid() + " book "
                    + venue.bookHash(instrumentId));
            final TreeSet<String> orders = new TreeSet<>();
            for (final Inspection.Order order : venue.orders(instrumentId)) {
                orders.add("order of " + order.accountId() + " session " + order.sessionId() + " id " + order.clOrdId()
                        + (order.buy() ? " buys " : " sells ") + order.leaves() + " at " + order.price() + " filled "
                        + order.filled() + " shows " + order.shown() + " of " + order.display() + " priority "
                        + order.priority() + " until " + order.expireTimeNs() + " trigger " + order.triggerPrice()
                        + " tag " + order.userTag() + " " + stage(order.stage()));
            }
            lines.addAll(orders);
        }
        return lines;
    }

    private static String cash(
            final long accountId, final long assetId, final long cash, final long equity, final long required) {
        return "account " + accountId + " asset " + assetId + " cash " + cash + " equity " + equity + " required "
                + required;
    }

    private static String position(
            final long accountId, final long instrumentId, final long lots, final long entryCost) {
        return "account " + accountId + " instrument " + instrumentId + " lots " + lots + " cost " + entryCost;
    }

    private static String stage(final int stage) {
        return switch (stage) {
            case Books.MATCHING -> "MATCHING";
            case Books.RESTING -> "RESTING";
            case Books.DELAYED -> "DELAYED";
            default -> "UNTRIGGERED";
        };
    }

    static List<String> of(final World world, final Margins margins) {
        final List<String> lines = new ArrayList<>();
        for (final Account account : world.accountsBySlot) {
            for (final long asset : world.assetScales.keySet()) {
                lines.add(cash(
                        account.id,
                        asset,
                        account.cash(asset),
                        margins.equity(account, asset),
                        margins.requirement(account, asset)));
            }
            for (final Instrument instrument : world.instrumentsBySlot) {
                final Position position = account.positionIn(instrument);
                if (position != null && position.lots != 0) {
                    lines.add(position(account.id, instrument.id, position.lots, position.entryCost));
                }
            }
        }
        for (final Instrument instrument : world.instrumentsBySlot) {
            lines.add("instrument " + instrument.id + " " + instrument.state + " index "
                    + instrument.price(instrument.indexTicks) + " mark " + instrument.price(instrument.markTicks) + " "
                    + instrument.valid + " book " + Reports.bookHash(instrument));
            final TreeSet<String> orders = new TreeSet<>();
            for (final Account account : world.accountsBySlot) {
                final Position position = account.positionIn(instrument);
                if (position != null) {
                    position.orders.forEach(order -> orders.add(order(order)));
                }
            }
            lines.addAll(orders);
        }
        return lines;
    }

    private static String order(final Order order) {
        final Instrument instrument = order.instrument();
        return "order of " + order.account().id + " session " + order.session.id + " id " + order.clientId
                + (order.buy ? " buys " : " sells ") + order.leaves + " at " + instrument.price(order.ticks)
                + " filled " + order.filled + " shows " + order.shown + " of " + order.display + " priority "
                + order.priority + " until " + order.expireNs + " trigger "
                + instrument.price(order.triggerTicks) + " tag " + order.tag + " " + order.stage;
    }
}
