package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.MARKET_CLOSED;
import static org.isochron.codecs.RejectCode.NOT_SUPPORTED;
import static org.isochron.codecs.RejectCode.REDUCE_ONLY_VIOLATED;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.FundingOrderDecoder;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.funding.FundingOrders;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.rules.FundingRules;

/** The orders of funding auctions: what holders would rather close than carry at a worse rate. They hold no margin. */
final class FundingOrderDesk {
    private final Sessions sessions;
    private final Ledger ledger;
    private final Instruments instruments;
    private final Positions positions;
    private final FundingRules rules;
    private final Funding funding;
    private final Counters counters;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private int account;
    private int instrument;

    FundingOrderDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Funding funding,
            final Counters counters,
            final Reports reports) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.funding = funding;
        this.counters = counters;
        this.reports = reports;
        instruments = ledger.instruments();
        positions = ledger.positions();
        rules = ledger.rules().funding();
    }

    void onFundingOrder(final Request request, final FundingOrderDecoder command) {
        if (refusesTarget(request.session, command)
                || refusesTime(command)
                || refusesLots(command)
                || refusesRate(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        final int position = positions.find(account, instrument);
        if (command.quantity() != 0) {
            funding.orders().enter(position, command.quantity(), command.limitRate(), command.clOrdId());
        } else if (position >= 0) {
            funding.orders().withdraw(position);
        }
        reports.accepted(request);
    }

    private boolean refusesTarget(final int session, final FundingOrderDecoder command) {
        account = ledger.findAccount(command.accountId());
        if (account < Ledger.SYSTEM_ACCOUNTS) {
            return refusal.of(UNKNOWN_ACCOUNT, FundingOrderDecoder.accountIdId(), command.accountId());
        }
        if (!sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, FundingOrderDecoder.accountIdId(), command.accountId());
        }
        instrument = instruments.find(command.instrumentId());
        return instrument < 0
                && refusal.of(UNKNOWN_INSTRUMENT, FundingOrderDecoder.instrumentIdId(), command.instrumentId());
    }

    /** The bound is the sequenced time from which orders are taken. */
    private boolean refusesTime(final FundingOrderDecoder command) {
        final int field = FundingOrderDecoder.instrumentIdId();
        if (rules.rule(instrument) != FundingRules.AUCTION) {
            return refusal.of(NOT_SUPPORTED, field, command.instrumentId());
        }
        return !funding.isAuctionOpen(instrument, counters.nowNs())
                && refusal.of(MARKET_CLOSED, field, counters.nowNs(), funding.opensNs(instrument));
    }

    private boolean refusesLots(final FundingOrderDecoder command) {
        final int field = FundingOrderDecoder.quantityId();
        final long lots = command.quantity();
        if (lots < 0) {
            return refusal.of(BAD_VALUE, field, lots, 0);
        }
        final int position = positions.find(account, instrument);
        final long held = position < 0 ? 0 : Math.abs(positions.lots(position));
        return lots > held && refusal.of(REDUCE_ONLY_VIOLATED, field, lots, held);
    }

    /** A withdrawal needs none. */
    private boolean refusesRate(final FundingOrderDecoder command) {
        final int field = FundingOrderDecoder.limitRateId();
        final long rate = command.limitRate();
        if (command.quantity() == 0) {
            return false;
        }
        final long cap = funding.cap(instrument);
        return TermChecks.refusesOutside(refusal, field, rate, -cap, cap)
                || rate % FundingOrders.STEP != 0 && refusal.of(BAD_VALUE, field, rate, FundingOrders.STEP);
    }
}
