package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.TAKER_DELAY_AMEND_FORBIDDEN;

import org.isochron.codecs.QtyMode;
import org.isochron.codecs.ReplaceDecoder;
import org.isochron.matcher.book.Books;

/**
 * Replaces. Checks come in this order: those of instrument and account as for a new order; the order is there and not
 * waiting; price; quantity; client id not used before; unless it keeps its place: post-only, index, position limit, margin.
 * The first that fails is the answer.
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
        if (entry.keepsPriority(terms, order)) {
            entry.shrink(terms, order);
            reports.replaceAck(request, order, clientIdBefore, true);
            marketData.reduced(order);
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
        return checks.refusesMarket(terms, command.instrumentId())
                || checks.refusesAccount(terms, command.accountId())
                || refusesOrder(command)
                || checks.refusesPrice(terms, command.price())
                || checks.refusesQuantity(terms, openQuantity(command))
                || checks.refusesClientId(terms)
                || !entry.keepsPriority(terms, lookup.order()) && refusesNewPlace();
    }

    private boolean refusesOrder(final ReplaceDecoder command) {
        if (lookup.refuses(
                terms.refusal,
                terms.session,
                terms.account,
                terms.instrument,
                command.origClOrdId(),
                command.orderId())) {
            return true;
        }
        terms.position = books.holding(lookup.order());
        terms.traits = books.traits(lookup.order());
        if (books.stage(lookup.order()) == Books.DELAYED) {
            return terms.refusal.of(TAKER_DELAY_AMEND_FORBIDDEN);
        }
        return (!books.isResting(lookup.order()) || !work.hasClientRoom(1)) && terms.refusal.of(ALREADY_PENDING);
    }

    private boolean refusesNewPlace() {
        return books.isPostOnly(lookup.order()) && checks.refusesCrossing(terms)
                || checks.refusesRisk(terms, lookup.order());
    }

    /** Open lots the replace asks for; 0 or less when as many have traded already. */
    private long openQuantity(final ReplaceDecoder command) {
        final long quantity = command.quantity();
        return command.qtyModeRaw() == QtyMode.REMAINING.value() || quantity <= 0
                ? quantity
                : quantity - books.filledLots(lookup.order());
    }
}
