package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.LiquidationEndedDecoder;
import org.isochron.codecs.LiquidationStartedDecoder;
import org.isochron.codecs.MarketSettledDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Replica;

/**
 * Adds up all money and all lots of a venue wherever its nodes report their state hashes, and at the end: once from the cells
 * of the replayed venue and once from what its events have told, and compares the two cell by cell (rulebook 1). In each
 * asset the cash of all accounts, the venue's own and pledged collateral included, is what was deposited less what was
 * withdrawn; in each instrument positions sum to zero; and INSURANCE is not worth less than nothing, unless a liquidation of
 * its own or a settlement says so.
 */
public final class SolvencyAudit implements EventConsumer {
    /** A command with as many events may have left some of what it has to tell to the next one. */
    private static final int EVENTS_OF_A_FULL_BATCH = 2_000;

    private final Ledger ledger;
    private final AuditedVenue told = new AuditedVenue();
    private final AuditedDefinitions definitions = new AuditedDefinitions(told);
    private final AuditedMoney money = new AuditedMoney(told);
    private final SolvencyFindings findings = new SolvencyFindings();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodeStatusDecoder nodeStatus = new NodeStatusDecoder();
    private final LiquidationStartedDecoder started = new LiquidationStartedDecoder();
    private final LiquidationEndedDecoder ended = new LiquidationEndedDecoder();
    private final MarketSettledDecoder settled = new MarketSettledDecoder();

    /** Assets in which INSURANCE is under liquidation, or a market was settled by this command. */
    private final Set<Long> fallen = new HashSet<>();

    private final Set<Long> settledAssets = new HashSet<>();
    /** Assets in which INSURANCE was found below nothing, and still is. */
    private final Set<Long> belowNothing = new HashSet<>();

    private boolean isDue;

    /** @param venue that is replayed; looked at after each command, as it then stands. */
    public SolvencyAudit(final Venue venue) {
        ledger = venue.ledger();
    }

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        told.begin(frame.sequence(), frame.timestampNs());
        settledAssets.clear();
        int count = 0;
        for (int record = events.first(); record != EventBatch.END; record = events.next(record)) {
            final int offset = events.messageOffset(record);
            header.wrap(events.buffer(), offset);
            final int template = header.templateId();
            note(template, events.buffer(), offset);
            definitions.onEvent(frame, template, events.buffer(), offset);
            money.onEvent(template, events.buffer(), offset);
            count++;
        }
        told.takeTouched();
        checkInsurance(MessageShape.isCarriedBy(
                frame, FrameType.SEQUENCER, ClockTickDecoder.TEMPLATE_ID, ClockTickDecoder.BLOCK_LENGTH));
        isDue |= frame.sequence() % Replica.REPORT_INTERVAL == 0 || isOrderlyStop(frame);
        if (isDue && count < EVENTS_OF_A_FULL_BATCH) {
            isDue = false;
            addUp();
        }
    }

    private boolean isOrderlyStop(final Frame frame) {
        if (!MessageShape.isCarriedBy(
                frame, FrameType.SEQUENCER, NodeStatusDecoder.TEMPLATE_ID, NodeStatusDecoder.BLOCK_LENGTH)) {
            return false;
        }
        nodeStatus.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
        return nodeStatus.state() == NodeState.STOPPING;
    }

    private void note(final int template, final DirectBuffer buffer, final int offset) {
        switch (template) {
            case LiquidationStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(buffer, offset, header);
                if (started.accountId() == AuditedVenue.INSURANCE_ID) {
                    fallen.add(started.assetId());
                }
            }
            case LiquidationEndedDecoder.TEMPLATE_ID -> {
                ended.wrapAndApplyHeader(buffer, offset, header);
                if (ended.accountId() == AuditedVenue.INSURANCE_ID) {
                    fallen.remove(ended.assetId());
                }
            }
            case MarketSettledDecoder.TEMPLATE_ID ->
                settledAssets.add(
                        settled.wrapAndApplyHeader(buffer, offset, header).assetId());
            default -> {
                // says nothing of INSURANCE
            }
        }
    }

    /**
     * While it holds lots, a fall of marks may take INSURANCE below nothing: the next clock tick must begin with its
     * liquidation. Without lots nothing may.
     */
    private void checkInsurance(final boolean ticks) {
        for (final AuditedAsset asset : told.assets.values()) {
            final AuditedBucket insurance = told.insurance(asset.id);
            final BigInteger worth = insurance.equity();
            findings.row(asset).insurance(worth, told.sequence);
            if (worth.signum() >= 0) {
                belowNothing.remove(asset.id);
                continue;
            }
            final boolean wasBelow = !belowNothing.add(asset.id);
            final boolean isOverdue = insurance.isFlat() ? !wasBelow : ticks && wasBelow && insurance.marksValid();
            if (isOverdue && !fallen.contains(asset.id) && !settledAssets.contains(asset.id)) {
                breach("INSURANCE is worth " + asset.money(worth) + " " + asset.symbol
                        + ", and no settlement is announced");
            }
        }
    }

    private void addUp() {
        findings.place();
        for (int asset = 0; asset < ledger.assets().count(); asset++) {
            addUpCells(asset);
        }
        for (final AuditedAsset asset : told.assets.values()) {
            addUpEvents(asset);
        }
        for (int instrument = 0; instrument < ledger.instruments().count(); instrument++) {
            addUpLots(instrument);
        }
        compareCash();
    }

    private void breach(final String what) {
        findings.breach(told.sequence, what);
    }

    private AuditedAsset asset(final int slot) {
        return told.asset(ledger.assets().id(slot));
    }

    private void require(
            final AuditedAsset asset, final String what, final BigInteger expected, final BigInteger found) {
        findings.row(asset).checked(1);
        if (!expected.equals(found)) {
            breach(asset.symbol + ": " + what + " is " + asset.money(found) + ", not " + asset.money(expected));
        }
    }

    /** All there is in the cells is what was brought. */
    private void addUpCells(final int slot) {
        BigInteger sum = BigInteger.ZERO;
        for (int account = 0; account < ledger.accountCount(); account++) {
            sum = sum.add(BigInteger.valueOf(ledger.cash(ledger.crossBucket(account, slot))));
        }
        final Positions positions = ledger.positions();
        for (int position = 0; position < positions.count(); position++) {
            if (ledger.instruments().asset(positions.instrument(position)) == slot) {
                sum = sum.add(BigInteger.valueOf(ledger.cash(ledger.isolatedBucket(position))));
            }
        }
        final Collaterals collaterals = ledger.collaterals();
        for (int pledge = 0; pledge < collaterals.pledgeCount(); pledge++) {
            if (collaterals.asset(collaterals.definition(pledge)) == slot) {
                sum = sum.add(BigInteger.valueOf(collaterals.balance(pledge)));
            }
        }
        final AuditedAsset asset = asset(slot);
        require(asset, "the cash of all cells", asset.netDeposits, sum);
        require(
                asset,
                "deposits less withdrawals in the cells",
                asset.netDeposits,
                BigInteger.valueOf(ledger.assets().netDeposits(slot)));
        final BigInteger pools = cash(Ledger.FUNDING_POOL, slot).add(cash(Ledger.ROUNDING, slot));
        require(asset, "FUNDING_POOL with ROUNDING", asset.pool, pools);
        require(asset, "FEE", asset.fees, cash(Ledger.FEE, slot));
    }

    private BigInteger cash(final int account, final int slot) {
        return BigInteger.valueOf(ledger.cash(ledger.crossBucket(account, slot)));
    }

    /** All that events have told of is what was brought. */
    private void addUpEvents(final AuditedAsset asset) {
        BigInteger sum = asset.fees.add(asset.pool);
        for (final AuditedBucket bucket : told.buckets()) {
            if (bucket.id.assetId() == asset.id) {
                sum = sum.add(bucket.cash);
            }
            final AuditedPledge pledge = bucket.pledges.get(asset.id);
            sum = pledge == null ? sum : sum.add(pledge.balance);
        }
        require(asset, "the cash that events tell of", asset.netDeposits, sum);
    }

    private void addUpLots(final int slot) {
        final AuditedInstrument instrument =
                told.instrument(ledger.instruments().id(slot));
        final AuditedAsset asset = told.asset(instrument.contract.assetId());
        final Positions positions = ledger.positions();
        long sum = 0;
        for (int at = ledger.instruments().firstHolder(slot); at >= 0; at = positions.nextOfInstrument(at)) {
            sum += positions.lots(at);
            final long accountId = ledger.accountId(positions.account(at));
            final AuditedPosition position = instrument.holders.get(accountId);
            final long lots = position == null ? 0 : position.lots;
            if (lots != positions.lots(at)) {
                breach(instrument.contract.symbol() + ": account " + accountId + " holds " + positions.lots(at)
                        + " lots, its events come to " + lots);
            }
        }
        findings.row(asset).checked(1);
        if (sum != 0) {
            breach(instrument.contract.symbol() + ": positions sum to " + sum + " lots, not 0");
        }
    }

    /** Every bucket of members and INSURANCE has what its events say. */
    private void compareCash() {
        for (final AuditedBucket bucket : told.buckets()) {
            final AuditedAsset asset = told.asset(bucket.id.assetId());
            final int account = ledger.findAccount(bucket.id.accountId());
            final BigInteger cell = BigInteger.valueOf(ledger.cash(handle(bucket, account)));
            require(asset, "the cash of account " + bucket.id.accountId(), bucket.cash, cell);
        }
    }

    private int handle(final AuditedBucket bucket, final int account) {
        return bucket.id.isIsolated()
                ? ledger.isolatedBucket(
                        ledger.positions().find(account, ledger.instruments().find(bucket.id.instrumentId())))
                : ledger.crossBucket(account, ledger.assets().find(bucket.id.assetId()));
    }

    /** What was found, once the journal has been replayed. */
    public SolvencyFindings findings() {
        addUp();
        return findings;
    }
}
