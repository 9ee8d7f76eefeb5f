package org.isochron.matcher.venue;

import org.isochron.codecs.MarginUpdateEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.risk.ledger.CashChanges;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.margin.Margin;

/**
 * Tells accounts where their buckets stand: with a clock tick, once for each bucket whose cash has changed since the last, to
 * the first-defined session of the account that wants to hear it, and in its firm's drop copy. The rest of a busy tick waits
 * for the next.
 */
final class MarginUpdates {
    private static final int ACCOUNTS_PER_TICK = 64;

    private final Sessions sessions;
    private final Ledger ledger;
    private final Positions positions;
    private final CashChanges changes;
    private final Margin margin;
    private final EventWriter events;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MarginUpdateEncoder update = new MarginUpdateEncoder();
    private boolean isDue;

    MarginUpdates(final Sessions sessions, final Ledger ledger, final Margin margin, final EventWriter events) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.margin = margin;
        this.events = events;
        positions = ledger.positions();
        changes = ledger.cashChanges();
    }

    /** The command is a clock tick. */
    void due() {
        isDue = true;
    }

    /** To be called when the command has had all its other effects. */
    void tell() {
        if (!isDue) {
            return;
        }
        isDue = false;
        int account = changes.head();
        for (int i = 0; i < ACCOUNTS_PER_TICK && account != CashChanges.NONE && tell(account); i++) {
            changes.pop();
            account = changes.head();
        }
    }

    /** Tells an account all its changes; false when the batch filled up before. */
    private boolean tell(final int account) {
        final int session = sessions.marginListener(account);
        for (long left = changes.assets(account); left != 0; left &= left - 1) {
            final int asset = Long.numberOfTrailingZeros(left);
            if (!tell(session, account, ledger.crossBucket(account, asset))) {
                return false;
            }
            changes.told(account, asset);
        }
        for (int at = ledger.firstPosition(account); at >= 0; at = positions.nextOfAccount(at)) {
            if (changes.isIsolatedChanged(at)) {
                if (!tell(session, account, ledger.isolatedBucket(at))) {
                    return false;
                }
                changes.toldIsolated(at);
            }
        }
        return true;
    }

    private boolean tell(final int session, final int account, final int bucket) {
        if (session == Sessions.NONE) {
            return true;
        }
        if (!events.hasRoomFor(1)) {
            return false;
        }
        margin.judge(bucket);
        final int offset = events.claimPrivate(MarginUpdateEncoder.BLOCK_LENGTH, session, ledger.firm(account));
        update.wrapAndApplyHeader(events.buffer(), offset, header)
                .equity(margin.equity())
                .initialMargin(margin.requirement())
                .maintenanceMargin(margin.maintenance())
                .closingFee(margin.closingFee())
                .asOfSequence(events.sequence())
                .accountId(ledger.accountId(account))
                .assetId(ledger.assets().id(ledger.bucketAsset(bucket)))
                .instrumentId(Reports.instrumentId(ledger, bucket));
        return true;
    }
}
