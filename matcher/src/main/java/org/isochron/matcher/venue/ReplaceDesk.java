package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.TAKER_DELAY_AMEND_FORBIDDEN;
import static org.isochron.codecs.RejectCode.UNKNOWN_ORDER;

import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.matcher.book.OrderTraits;

/**
 * Replaces. Checks come in this order: those of instrument and account as for a new order; the order is there, no quote and
 * not waiting for its turn; price, and the band when it changes; quantity; client id not used before; market maker
 * protection; unless it keeps its place: post-only, reduce-only, index, position limit, margin. The first that fails is the
 * answer. A stop that has not fired takes what it is given without margin, and keeps its trigger.
 *
 * <p>A replace is admitted without enough margin when it does not raise the requirement.
 */
final class ReplaceDesk {
    private final Sessions sessions;
    private final Books books;
    private final OrderChecks checks;
    private final OrderLookup lookup;
    private final OrderEntry entry;
    private final Reports reports;
    private final MarketData marketData;
    private final Matching matching;
    private final WorkQueue work;
    private final OrderTerms terms = new OrderTerms();
    /** Whether the order being replaced keeps its place. */
    private boolean keepsPriority;

    ReplaceDesk(
            final Sessions sessions,
            final Books books,
            final OrderChecks checks,
            final OrderLookup lookup,
            final OrderEntry entry,
            final Reports reports,
            final MarketData marketData,
            final Matching matching,
            final WorkQueue work) {
        this.sessions = sessions;
        this.books = books;
        this.checks = checks;
        this.lookup = lookup;
        this.entry = entry;
        this.reports = reports;
        this.marketData = marketData;
        this.matching = matching;
        this.work = work;
        terms.accountField = ReplaceDecoder.accountIdId();
        terms.instrumentField = ReplaceDecoder.instrumentIdId();
        terms.clientIdField = ReplaceDecoder.clOrdIdId();
        terms.priceField = ReplaceDecoder.priceId();
        terms.quantityField = ReplaceDecoder.quantityId();
    }

    void onReplace(final Request request, final ReplaceDecoder command) {
        terms.of(request.session, command.clOrdId());
        if (refuses(command)) {
            reports.replaceReject(request, command, terms.refusal);
            return;
        }
        final int order = lookup.order();
        final long clientIdBefore = books.clientId(order);
        books.rename(order, terms.session, terms.clientId);
        sessions.recentIds().add(terms.session, terms.clientId);
        if (books.stage(order) == Books.UNTRIGGERED) {
            entry.amendStop(terms, order);
            reports.replaceAck(request, order, clientIdBefore, true);
        } else if (keepsPriority) {
            final long shown = books.shownLots(order);
            entry.shrink(terms, order);
            reports.replaceAck(request, order, clientIdBefore, true);
            if (books.shownLots(order) != shown) {
                marketData.reduced(order);
            }
        } else {
            final long publicId = books.priority(order);
            entry.requeue(terms, order);
            final boolean delayed = matching.delays(order);
            reports.replaceAck(request, order, clientIdBefore, false);
            marketData.deleted(terms.instrument, publicId);
            if (!delayed) {
                matching.enter(order);
            }
        }
    }

    private boolean refuses(final ReplaceDecoder command) {
        return checks.refusesNumber(terms)
                || checks.refusesMarket(terms, command.instrumentId())
                || checks.refusesAccount(terms, command.accountId())
                || refusesOrder(command)
                || refusesPrice(command)
                || checks.refusesQuantity(terms, openQuantity(command))
                || checks.refusesClientId(terms)
                || terms.is(OrderTraits.MMP) && checks.refusesFrozen(terms)
                || refusesPlace();
    }

    /** A quote is changed by the next mass quote only; to a Replace it is no order. */
    private boolean refusesOrder(final ReplaceDecoder command) {
        final long origClOrdId = command.origClOrdId();
        final long orderId = command.orderId();
        if (lookup.refuses(terms.refusal, terms.session, terms.account, terms.instrument, origClOrdId, orderId)) {
            return true;
        }
        final int order = lookup.order();
        if (books.is(order, OrderTraits.QUOTE)) {
            final boolean byId = orderId != ReplaceDecoder.orderIdNullValue();
            final int field = byId ? ReplaceDecoder.orderIdId() : ReplaceDecoder.origClOrdIdId();
            return terms.refusal.of(UNKNOWN_ORDER, field, byId ? orderId : origClOrdId);
        }
        terms.position = books.holding(order);
        terms.traits = books.traits(order);
        terms.mmpGroup = terms.is(OrderTraits.MMP) ? books.mmpGroup(order) : Books.NONE;
        return switch (books.stage(order)) {
            case Books.UNTRIGGERED -> false;
            case Books.DELAYED -> terms.refusal.of(TAKER_DELAY_AMEND_FORBIDDEN);
            case Books.MATCHING -> terms.refusal.of(ALREADY_PENDING);
            default -> !work.hasClientRoom(1) && terms.refusal.of(ALREADY_PENDING);
        };
    }

    /** A stop keeps its price when none is given; one that becomes a market order has none to change. */
    private boolean refusesPrice(final ReplaceDecoder command) {
        final int order = lookup.order();
        if (!terms.isStop()) {
            return checks.refusesPrice(terms, command.price())
                    || terms.ticks != books.ticks(order) && checks.refusesBand(terms);
        }
        if (command.price() == ReplaceDecoder.priceNullValue()) {
            terms.ticks = books.ticks(order);
            return false;
        }
        return terms.is(OrderTraits.MARKET)
                ? terms.refusal.of(BAD_VALUE, terms.priceField, command.price())
                : checks.refusesPrice(terms, command.price());
    }

    private boolean refusesPlace() {
        if (terms.isStop()) {
            return false;
        }
        keepsPriority = entry.keepsPriority(terms, lookup.order());
        return !keepsPriority && checks.refusesNewPlace(terms, lookup.order());
    }

    /** Open lots the replace asks for; 0 or less when as many have traded already. */
    private long openQuantity(final ReplaceDecoder command) {
        final long quantity = command.quantity();
        return command.qtyModeRaw() == QtyMode.REMAINING.value() || quantity <= 0
                ? quantity
                : quantity - books.filledLots(lookup.order());
    }
}
