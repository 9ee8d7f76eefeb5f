package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.QuoteCancelDecoder;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Ledger;

/** Pulls a session's quotes: all of an account, of a set, of an instrument; in every state of the instrument. */
final class QuoteCancelDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Reports reports;
    private final ProtectionReports protectionReports;
    private final Books books;
    private final WorkQueue work;
    private final PendingWork pendingWork;
    private final QuoteFilter filter;
    private final Refusal refusal = new Refusal();

    QuoteCancelDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Reports reports,
            final ProtectionReports protectionReports,
            final Books books,
            final WorkQueue work,
            final PendingWork pendingWork) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.reports = reports;
        this.protectionReports = protectionReports;
        this.books = books;
        this.work = work;
        this.pendingWork = pendingWork;
        filter = new QuoteFilter(ledger.positions());
    }

    void onQuoteCancel(final Request request, final QuoteCancelDecoder command) {
        if (refuses(request.session, command)) {
            reports.businessReject(request, refusal);
            return;
        }
        protectionReports.massCancelAck(
                request,
                ledger.firm(filter.account),
                command.clOrdId(),
                command.accountId(),
                command.instrumentId(),
                count(request.session));
        work.pushQuoteCancel(request.session, filter);
        pendingWork.run();
    }

    private long count(final int session) {
        long count = 0;
        for (int order = books.firstOfSession(session); order >= 0; order = books.nextOfSession(order)) {
            count += filter.takes(books, order) ? 1 : 0;
        }
        return count;
    }

    private boolean refuses(final int session, final QuoteCancelDecoder command) {
        filter.account = ledger.findAccount(command.accountId());
        if (filter.account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, QuoteCancelDecoder.accountIdId(), command.accountId());
        }
        if (!sessions.isEntitled(session, filter.account)) {
            return refusal.of(SESSION_SCOPE, QuoteCancelDecoder.accountIdId(), command.accountId());
        }
        return refusesSet(command.quoteSetId())
                || refusesInstrument(command.instrumentId())
                || !work.hasClientRoom(1) && refusal.of(CAPACITY);
    }

    private boolean refusesSet(final long set) {
        final boolean any = set == QuoteCancelDecoder.quoteSetIdNullValue();
        filter.set = any ? Quotes.ANY_SET : set;
        return !any
                && set > Quotes.LARGEST_SET
                && refusal.of(BAD_VALUE, QuoteCancelDecoder.quoteSetIdId(), set, Quotes.LARGEST_SET);
    }

    private boolean refusesInstrument(final long instrumentId) {
        final boolean all = instrumentId == QuoteCancelDecoder.instrumentIdNullValue();
        filter.instrument = all ? Sessions.NONE : ledger.instruments().find(instrumentId);
        return !all
                && filter.instrument < 0
                && refusal.of(UNKNOWN_INSTRUMENT, QuoteCancelDecoder.instrumentIdId(), instrumentId);
    }
}
