package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Nothing is made and nothing is lost. Positions, followed fill by fill, are what each fill says and what the core holds,
 * and sum to zero in each instrument. Deposits less withdrawals, followed by their reports, are what the core believes, and
 * the cash of all accounts sums to that.
 */
public final class Conservation extends Invariant {
    private record Key(long instrumentId, long accountId) implements Comparable<Key> {
        @Override
        public int compareTo(final Key other) {
            return instrumentId != other.instrumentId
                    ? Long.compare(instrumentId, other.instrumentId)
                    : Long.compare(accountId, other.accountId);
        }
    }

    private final EventCursor cursor = new EventCursor();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final Map<Key, Long> positions = new TreeMap<>();
    private final Map<Long, Long> netDeposits = new TreeMap<>();
    private boolean takenOver;

    public Conservation() {
        super("conservation");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        boolean moved = false;
        cursor.over(events);
        while (cursor.advance()) {
            switch (cursor.templateId()) {
                case FillDecoder.TEMPLATE_ID -> {
                    onFill(frame.sequence());
                    moved = true;
                }
                case TakeoverDecoder.TEMPLATE_ID -> takenOver = true;
                case BalanceChangedDecoder.TEMPLATE_ID -> onBalance();
                default -> {
                    // Moves neither lots nor deposits.
                }
            }
        }
        if (takenOver) {
            relearn(venue);
        }
        if (moved) {
            checkSums(frame.sequence());
        }
    }

    private void onFill(final long sequence) {
        fill.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        final Key key = new Key(fill.instrumentId(), fill.accountId());
        final long signed = fill.side() == Side.BUY ? fill.lastQuantity() : -fill.lastQuantity();
        if (fill.lastQuantity() <= 0) {
            throw broken("command " + sequence + " fills " + fill.lastQuantity() + " lots");
        }
        final long after = positions.getOrDefault(key, 0L) + signed;
        if (after != fill.positionAfter() && !takenOver) {
            throw broken("command " + sequence + ": account " + key.accountId + " holds " + after
                    + " lots of instrument " + key.instrumentId + ", its fill says " + fill.positionAfter());
        }
        positions.put(key, fill.positionAfter());
    }

    private void onBalance() {
        balance.wrapAndApplyHeader(cursor.buffer(), cursor.offset(), header);
        if (balance.reason() == BalanceReason.DEPOSIT || balance.reason() == BalanceReason.WITHDRAWAL) {
            netDeposits.merge(balance.assetId(), balance.amount(), Long::sum);
        }
    }

    /** A takeover tells what INSURANCE and the account have afterwards; the core is asked once. */
    private void relearn(final Venue venue) {
        takenOver = false;
        positions.clear();
        for (final long accountId : venue.inspection().accountIds()) {
            for (final Inspection.Holding holding :
                    venue.inspection().account(accountId).holdings()) {
                positions.put(new Key(holding.instrumentId(), accountId), holding.lots());
            }
        }
        checkSums(0);
    }

    private void checkSums(final long sequence) {
        long instrumentId = -1;
        long sum = 0;
        for (final Map.Entry<Key, Long> position : positions.entrySet()) {
            if (position.getKey().instrumentId != instrumentId) {
                require(sum, instrumentId, sequence);
                sum = 0;
                instrumentId = position.getKey().instrumentId;
            }
            sum += position.getValue();
        }
        require(sum, instrumentId, sequence);
    }

    private void require(final long sum, final long instrumentId, final long sequence) {
        if (sum != 0) {
            throw broken("positions in instrument " + instrumentId + " sum to " + sum + " after command " + sequence);
        }
    }

    @Override
    protected void onAudit(final long atSequence, final Venue venue) {
        for (final long accountId : venue.inspection().accountIds()) {
            for (final Inspection.Holding holding :
                    venue.inspection().account(accountId).holdings()) {
                final long lots = positions.getOrDefault(new Key(holding.instrumentId(), accountId), 0L);
                if (lots != holding.lots()) {
                    throw broken("account " + accountId + " holds " + lots + " lots of instrument "
                            + holding.instrumentId() + " by its fills, the core has " + holding.lots());
                }
            }
        }
        for (final Inspection.Funds funds : venue.inspection().summary().funds()) {
            final long deposits = netDeposits.getOrDefault(funds.assetId(), 0L);
            if (deposits != funds.netDeposits() || funds.imbalance() != 0) {
                throw broken("deposits less withdrawals of asset " + funds.assetId() + " are " + deposits
                        + " by their reports, the core has " + funds.netDeposits() + " and cash that differs by "
                        + funds.imbalance());
            }
        }
    }

    @Override
    protected void onRest(final long atSequence, final Venue venue) {
        onAudit(atSequence, venue);
        try {
            venue.verifyInFull();
        } catch (final InvariantViolation wrong) {
            throw new Violation(
                    name(), "recomputed from its cells the core is not what it kept: " + wrong.getMessage(), wrong);
        }
    }
}
