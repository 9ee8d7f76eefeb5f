package org.isochron.replay.check;

import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.audit.FundingAudit;
import org.isochron.replay.audit.FundingFindings;
import org.isochron.replay.audit.GateAudit;
import org.isochron.replay.audit.LiquidationAudit;
import org.isochron.replay.audit.LiquidationFindings;
import org.isochron.replay.audit.SolvencyAudit;
import org.isochron.replay.audit.SolvencyFindings;
import org.isochron.sequencer.replica.EventBatch;

/**
 * The audits that an operator has for a journal, held against a replay of all of it: every liquidation is judged again from
 * what was told, every accepted order too, every movement of the insurance fund and every funding rate and payment is worked out again, and all cash
 * and all lots are added up.
 */
public final class Audits implements EventConsumer {
    private final LiquidationAudit liquidations = new LiquidationAudit();
    private final FundingAudit funding = new FundingAudit();
    private final GateAudit gate = new GateAudit();
    private final SolvencyAudit solvency;

    /** @param venue that is replayed. */
    public Audits(final Venue venue) {
        solvency = new SolvencyAudit(venue);
    }

    @Override
    public void onEvents(final Frame frame, final EventBatch events) {
        liquidations.onEvents(frame, events);
        funding.onEvents(frame, events);
        solvency.onEvents(frame, events);
        gate.onEvents(frame, events);
    }

    /**
     * The journal is over.
     *
     * @throws Violation when an audit has found something.
     */
    public void complete(final Venue venue) {
        final SolvencyFindings sums = solvency.findings();
        if (!sums.isClean()) {
            throw new Violation("solvent", sums.firstBreach());
        }
        if (gate.firstBreach() != null) {
            throw new Violation("orders-pass-the-gate", gate.firstBreach());
        }
        final LiquidationFindings closings = liquidations.findings();
        if (!closings.isClean()) {
            throw new Violation(
                    "liquidations-audited", closings.findings().get(0).toString());
        }
        final FundingFindings rates = funding.findings(venue.inspection());
        if (!rates.isClean()) {
            throw new Violation("funding-audited", rates.firstDifference());
        }
    }
}
