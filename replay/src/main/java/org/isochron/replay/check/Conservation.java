package org.isochron.replay.check;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.isochron.codecs.BalanceChangedDecoder;
import org.isochron.codecs.BalanceReason;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.TakeoverDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.state.InvariantViolation;
import org.isochron.sequencer.replica.EventBatch;

/**
 * Nothing is made and nothing is lost. Positions, followed by fills, takeovers, deleveragings and settlements, are what each
 * of these says and what the core holds, and sum to zero in each instrument. Deposits less withdrawals, followed by their reports, are what the core believes, and
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
    private final TakeoverDecoder takeover = new TakeoverDecoder();
    private final DeleveragedDecoder deleveraged = new DeleveragedDecoder();
    private final MarketSettledDecoder settled = new MarketSettledDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final Map<Key, Long> positions = new TreeMap<>();
    private final Map<Long, Long> sums = new TreeMap<>();
    private final Map<Long, Long> netDeposits = new TreeMap<>();
    private long sequence;

    public Conservation() {
        super("conservation");
    }

    @Override
    protected void onCommand(final Frame frame, final EventBatch events, final Venue venue) {
        sequence = frame.sequence();
        boolean moved = false;
        cursor.over(events);
        while (cursor.advance()) {
            final DirectBuffer buffer = cursor.buffer();
            final int offset = cursor.offset();
            moved |= switch (cursor.templateId()) {
                case FillDecoder.TEMPLATE_ID -> onFill(fill.wrapAndApplyHeader(buffer, offset, header));
                case TakeoverDecoder.TEMPLATE_ID -> onTakeover(takeover.wrapAndApplyHeader(buffer, offset, header));
                case DeleveragedDecoder.TEMPLATE_ID ->
                    onDeleveraged(deleveraged.wrapAndApplyHeader(buffer, offset, header));
                case MarketSettledDecoder.TEMPLATE_ID -> onSettled(settled.wrapAndApplyHeader(buffer, offset, header));
                case BalanceChangedDecoder.TEMPLATE_ID -> onBalance(balance.wrapAndApplyHeader(buffer, offset, header));
                default -> false;
            };
        }
        if (moved) {
            checkSums();
        }
    }

    private boolean onFill(final FillDecoder event) {
        if (event.lastQuantity() <= 0) {
            throw broken("command " + sequence + " fills " + event.lastQuantity() + " lots");
        }
        final long signed = event.side() == Side.BUY ? event.lastQuantity() : -event.lastQuantity();
        return move("fill", event.accountId(), event.instrumentId(), signed, event.positionAfter());
    }

    private boolean onTakeover(final TakeoverDecoder event) {
        if (event.instrumentId() == TakeoverDecoder.instrumentIdNullValue()) {
            return false;
        }
        final Key key = new Key(event.instrumentId(), event.accountId());
        final long left = positions.getOrDefault(key, 0L) - event.quantity();
        return move("takeover", event.accountId(), event.instrumentId(), -event.quantity(), left)
                | move(
                        "takeover",
                        Ledger.INSURANCE_ID,
                        event.instrumentId(),
                        event.quantity(),
                        event.insurancePositionAfter());
    }

    private boolean onDeleveraged(final DeleveragedDecoder event) {
        return move("deleveraging", event.accountId(), event.instrumentId(), event.quantity(), event.positionAfter());
    }

    /** Nobody holds lots of a market that was settled as a last resort. */
    private boolean onSettled(final MarketSettledDecoder event) {
        if (event.markPrice() == MarketSettledDecoder.markPriceNullValue()) {
            return false;
        }
        final long instrumentId = event.stamp().instrumentId();
        positions.replaceAll((key, lots) -> key.instrumentId == instrumentId ? 0L : lots);
        sums.put(instrumentId, 0L);
        return true;
    }

    private boolean move(
            final String event, final long accountId, final long instrumentId, final long lots, final long told) {
        final Key key = new Key(instrumentId, accountId);
        final long after = positions.getOrDefault(key, 0L) + lots;
        if (after != told) {
            throw broken("command " + sequence + ": account " + accountId + " holds " + after + " lots of instrument "
                    + instrumentId + ", its " + event + " says " + told);
        }
        positions.put(key, after);
        sums.merge(instrumentId, lots, Long::sum);
        return true;
    }

    private boolean onBalance(final BalanceChangedDecoder event) {
        if (event.reason() == BalanceReason.DEPOSIT || event.reason() == BalanceReason.WITHDRAWAL) {
            netDeposits.merge(event.assetId(), event.amount(), Long::sum);
        }
        return false;
    }

    private void checkSums() {
        sums.forEach((instrumentId, sum) -> {
            if (sum != 0) {
                throw broken(
                        "positions in instrument " + instrumentId + " sum to " + sum + " after command " + sequence);
            }
        });
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
