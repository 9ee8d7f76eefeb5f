package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.CancelDecoder;
import org.isochron.risk.ledger.Ledger;

/** Cancels of single orders, in every stage and every state of the instrument. */
final class CancelDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final OrderLookup lookup;
    private final Reports reports;
    private final Cancels cancels;
    private final Refusal refusal = new Refusal();

    CancelDesk(
            final Sessions sessions,
            final Ledger ledger,
            final OrderLookup lookup,
            final Reports reports,
            final Cancels cancels) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.lookup = lookup;
        this.reports = reports;
        this.cancels = cancels;
    }

    void onCancel(final Request request, final CancelDecoder command) {
        if (refuses(request.session, command)) {
            reports.cancelReject(request, command, refusal);
        } else {
            cancels.byRequest(request, lookup.order(), command.clOrdId());
        }
    }

    private boolean refuses(final int session, final CancelDecoder command) {
        final int instrument = ledger.instruments().find(command.instrumentId());
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, CancelDecoder.instrumentIdId(), command.instrumentId());
        }
        final int account = ledger.findAccount(command.accountId());
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, CancelDecoder.accountIdId(), command.accountId());
        }
        if (!sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, CancelDecoder.accountIdId(), command.accountId());
        }
        return lookup.refuses(refusal, session, account, instrument, command.origClOrdId(), command.orderId());
    }
}
