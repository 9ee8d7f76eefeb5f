package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_PENDING;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.DUPLICATE_CL_ORD_ID;
import static org.isochron.codecs.RejectCode.KILL_SWITCH_ON;
import static org.isochron.codecs.RejectCode.MMP_FROZEN;
import static org.isochron.codecs.RejectCode.SESSION_SCOPE;
import static org.isochron.codecs.RejectCode.UNKNOWN_ACCOUNT;

import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MassQuoteDecoder.EntriesDecoder;
import org.isochron.codecs.RejectCode;
import org.isochron.risk.ledger.Ledger;

/**
 * Mass quotes. What concerns all of a message is checked once, and refuses it as a whole; then each entry's bid and offer
 * are judged and put into effect one after another, each on the state the one before has left, and the answer tells the
 * outcome of each.
 */
final class MassQuoteDesk {
    private static final int MAX_ENTRIES = 16;
    private static final int ENTRIES_FIELD = (int) MassQuoteDecoder.entriesDecoderId();

    private final Sessions sessions;
    private final Ledger ledger;
    private final KillSwitches kills;
    private final MmpGroups groups;
    private final QuoteSide side;
    private final EventWriter events;
    private final Reports reports;
    private final QuoteReports quoteReports;
    private final WorkQueue work;
    private final Refusal refusal = new Refusal();

    /** Slots, found by the checks. */
    private int account;

    private int group;
    /** Entries of the message so far. */
    private final int[] entryIds = new int[MAX_ENTRIES];

    MassQuoteDesk(
            final Sessions sessions,
            final Ledger ledger,
            final Protections protections,
            final QuoteSide side,
            final EventWriter events,
            final Reports reports,
            final QuoteReports quoteReports,
            final WorkQueue work) {
        this.sessions = sessions;
        this.ledger = ledger;
        kills = protections.kills;
        groups = protections.mmpGroups;
        this.side = side;
        this.events = events;
        this.reports = reports;
        this.quoteReports = quoteReports;
        this.work = work;
    }

    void onMassQuote(final Request request, final MassQuoteDecoder command) {
        if (refusesAccount(request.session, command.accountId())
                || refusesSet(command.quoteSetId())
                || refusesGroup(command.mmpGroup())
                || refusesCount(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        side.of(
                request.session,
                account,
                command.accountId(),
                group,
                command.flags().postOnly());
        final EntriesDecoder entries = command.sbeRewind().entries();
        final int count = entries.count();
        quoteReports.begin(request, command, ledger.firm(account), count);
        for (int i = 0; i < count; i++) {
            entries.next();
            entryIds[i] = entries.entryId();
            quoteReports.entry(entryIds[i]);
            // What one side trades must leave room for what the answer promises of the others.
            events.reserve((2 * (count - i) - 1) * QuoteSide.EVENTS);
            onEntry(command.quoteSetId(), entries, refusesEntry(entries, i));
        }
        events.reserve(0);
    }

    private boolean refusesAccount(final int session, final long accountId) {
        account = ledger.findAccount(accountId);
        if (account < 0) {
            return refusal.of(UNKNOWN_ACCOUNT, MassQuoteDecoder.accountIdId(), accountId);
        }
        if (!sessions.isEntitled(session, account)) {
            return refusal.of(SESSION_SCOPE, MassQuoteDecoder.accountIdId(), accountId);
        }
        if (kills.isKilled(account)) {
            return refusal.of(KILL_SWITCH_ON, MassQuoteDecoder.accountIdId(), accountId);
        }
        return (work.isCancellingAccount(account) || work.isCancellingSession(session))
                && refusal.of(ALREADY_PENDING, MassQuoteDecoder.accountIdId(), accountId);
    }

    private boolean refusesSet(final long set) {
        return set > Quotes.LARGEST_SET
                && refusal.of(BAD_VALUE, MassQuoteDecoder.quoteSetIdId(), set, Quotes.LARGEST_SET);
    }

    private boolean refusesGroup(final int groupId) {
        final boolean none = groupId == MassQuoteDecoder.mmpGroupNullValue();
        group = none ? MmpGroups.NONE : groups.find(account, groupId);
        if (!none && group == MmpGroups.NONE) {
            return refusal.of(BAD_VALUE, MassQuoteDecoder.mmpGroupId(), groupId);
        }
        return !none && groups.isFrozen(group) && refusal.of(MMP_FROZEN, MassQuoteDecoder.mmpGroupId(), groupId);
    }

    private boolean refusesCount(final MassQuoteDecoder command) {
        return command.sbeRewind().entries().count() == 0 && refusal.of(BAD_VALUE, ENTRIES_FIELD, 0, 1);
    }

    /** What is wrong with both sides of an entry together. */
    private boolean refusesEntry(final EntriesDecoder entry, final int index) {
        for (int i = 0; i < index; i++) {
            if (entryIds[i] == entryIds[index]) {
                return refusal.of(DUPLICATE_CL_ORD_ID);
            }
        }
        return isGiven(entry.bidPrice())
                && isGiven(entry.askPrice())
                && entry.bidQuantity() > 0
                && entry.askQuantity() > 0
                && entry.bidPrice() >= entry.askPrice()
                && refusal.of(BAD_VALUE);
    }

    private static boolean isGiven(final long price) {
        return price != EntriesDecoder.bidPriceNullValue();
    }

    private void onEntry(final long set, final EntriesDecoder entry, final boolean refused) {
        final int entryId = entry.entryId();
        onSide(Quotes.clientId(set, entryId, true), entry, true, entry.bidPrice(), entry.bidQuantity(), refused);
        events.reserveMore(-QuoteSide.EVENTS);
        onSide(Quotes.clientId(set, entryId, false), entry, false, entry.askPrice(), entry.askQuantity(), refused);
    }

    private void onSide(
            final long clientId,
            final EntriesDecoder entry,
            final boolean buy,
            final long price,
            final long lots,
            final boolean entryRefused) {
        side.find(clientId);
        if (entryRefused) {
            quoteReports.outcome(buy, side.place(), refusal.code);
        } else if (isGiven(price) && side.refuses(entry.instrumentId(), buy, price, lots)) {
            quoteReports.outcome(buy, side.place(), side.code());
        } else {
            quoteReports.outcome(buy, side.apply(), RejectCode.NULL_VAL);
        }
    }
}
