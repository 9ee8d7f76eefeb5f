package org.isochron.replay.check;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.isochron.codecs.AccountDefineDecoder;
import org.isochron.codecs.CommandAcceptedDecoder;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAckDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Who may do what, followed by the definitions alone: every order accepted is for an account that its session may trade,
 * and for no bucket that is being liquidated.
 */
public final class Entitled extends Invariant {
    /** @param instrumentId of an isolated one, or null's value for the cross margin in an asset. */
    private record Bucket(long accountId, long assetId, long instrumentId) {}

    private record Rights(long firmId, boolean wholeFirm, Set<Long> accounts) {}

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandAcceptedDecoder accepted = new CommandAcceptedDecoder();
    private final SessionDefineDecoder session = new SessionDefineDecoder();
    private final AccountDefineDecoder account = new AccountDefineDecoder();
    private final OrderAckDecoder ack = new OrderAckDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final Map<Long, Rights> rights = new TreeMap<>();
    private final Map<Long, Long> firms = new TreeMap<>();
    private final Set<Bucket> inLiquidation = new HashSet<>();

    public Entitled() {
        super("entitled");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        cursor.over(events);
        while (cursor.advance()) {
            switch (cursor.templateId()) {
                case OrderAckDecoder.TEMPLATE_ID -> onAck(frame.sequence(), venue.ledger());
                case CommandAcceptedDecoder.TEMPLATE_ID -> onAccepted(frame);
                case LiquidationStartedDecoder.TEMPLATE_ID -> {
                    started.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                    inLiquidation.add(new Bucket(started.accountId(), started.assetId(), started.instrumentId()));
                }
                case LiquidationEndedDecoder.TEMPLATE_ID -> {
                    ended.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
                    inLiquidation.remove(new Bucket(ended.accountId(), ended.assetId(), ended.instrumentId()));
                }
                default -> {
                    // Neither gives nor takes a right.
                }
            }
        }
    }

    private void onAccepted(final Frame frame) {
        accepted.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (frame.frameType() != FrameType.SESSION
                || accepted.refTemplateId() != MessageShape.templateId(frame.buffer(), frame.payloadOffset())) {
            return;
        }
        if (accepted.refTemplateId() == AccountDefineDecoder.TEMPLATE_ID) {
            account.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            firms.put(account.accountId(), account.firmId());
        } else if (accepted.refTemplateId() == SessionDefineDecoder.TEMPLATE_ID) {
            session.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            final long sessionId = session.sessionId();
            final Set<Long> accounts = new TreeSet<>();
            final long firmId = session.firmId();
            final boolean wholeFirm = session.wholeFirm() == 1;
            session.accounts().forEachRemaining(entry -> accounts.add(entry.accountId()));
            rights.put(sessionId, new Rights(firmId, wholeFirm, accounts));
        }
    }

    private void onAck(final long sequence, final Ledger ledger) {
        ack.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final long sessionId = cursor.stamp().sessionId();
        final Rights right = rights.get(sessionId);
        final long accountId = ack.accountId();
        final boolean may = right != null
                && (right.accounts.contains(accountId)
                        || right.wholeFirm && firms.getOrDefault(accountId, -1L) == right.firmId);
        if (!may) {
            throw broken("command " + sequence + " accepts an order of session " + sessionId + " for account "
                    + accountId + ", which it may not trade");
        }
        if (inLiquidation.contains(bucket(ledger, accountId, ack.instrumentId()))) {
            throw broken("command " + sequence + " accepts an order for account " + accountId
                    + ", which is being liquidated");
        }
    }

    /** Where an order belongs: which positions are isolated the core knows. */
    private static Bucket bucket(final Ledger ledger, final long accountId, final long instrumentId) {
        final int account = ledger.findAccount(accountId);
        final int instrument = ledger.instruments().find(instrumentId);
        final int bucket =
                ledger.bucketOf(account, instrument, ledger.positions().find(account, instrument));
        return new Bucket(
                accountId,
                ledger.assets().id(ledger.instruments().asset(instrument)),
                ledger.isIsolated(bucket) ? instrumentId : LiquidationStartedDecoder.instrumentIdNullValue());
    }
}
