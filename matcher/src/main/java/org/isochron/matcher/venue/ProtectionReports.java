package org.isochron.matcher.venue;

import org.isochron.codecs.MassCancelAckEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.MmpTriggeredEncoder;
import org.isochron.risk.ledger.Ledger;

/** Writes the private events about protections of accounts and firms. */
final class ProtectionReports {
    private final EventWriter events;
    private final Ledger ledger;
    private final MmpGroups groups;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MassCancelAckEncoder massCancelAck = new MassCancelAckEncoder();
    private final MmpTriggeredEncoder mmpTriggered = new MmpTriggeredEncoder();

    ProtectionReports(final EventWriter events, final Ledger ledger, final MmpGroups groups) {
        this.events = events;
        this.ledger = ledger;
        this.groups = groups;
    }

    /**
     * Many orders end at somebody's request: a Cancelled for each follows.
     *
     * @param firm         slot of the firm concerned.
     * @param accountId    as entered, or its null.
     * @param instrumentId as entered, or its null.
     */
    void massCancelAck(
            final Request request,
            final int firm,
            final long clOrdId,
            final long accountId,
            final long instrumentId,
            final long count) {
        final int offset = events.claimPrivate(MassCancelAckEncoder.BLOCK_LENGTH, request.session, firm);
        massCancelAck
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .clOrdId(clOrdId)
                .refSeqNum(request.seqNum)
                .count(count)
                .accountId(accountId)
                .instrumentId(instrumentId);
    }

    /** The fill counted last has triggered a group: told to the session of the order that was filled. */
    void mmpTriggered(final int session, final int group) {
        final int account = groups.account(group);
        final long frozenUntilNs = groups.frozenUntilNs(group);
        final int offset = events.claimPrivate(MmpTriggeredEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        mmpTriggered
                .wrapAndApplyHeader(events.buffer(), offset, header)
                .value(groups.reachedWith(group))
                .limitValue(groups.limit(group))
                .frozenUntilNs(
                        frozenUntilNs == MmpGroups.UNTIL_RESET
                                ? MmpTriggeredEncoder.frozenUntilNsNullValue()
                                : frozenUntilNs)
                .accountId(ledger.accountId(account))
                .mmpGroup(groups.id(group))
                .reachedLimit(groups.reached(group));
    }
}
