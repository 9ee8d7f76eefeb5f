package org.isochron.matcher.venue;

import org.isochron.codecs.FundingRule;
import org.isochron.risk.funding.Funding;
import org.isochron.risk.funding.FundingClosings;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.marks.Marks;

/**
 * Holds funding auctions (rulebook 6): at the payment the rate is decided and told; whoever would not carry at it closes
 * against the other side at the mark, oldest order first and without fees, as far as each still has what was decided; then
 * the index moves by the rate. Closing is work at the head of the queue and may take several commands; the index waits for
 * it, and the next payment for the index.
 *
 * <p>A closing's events: what both had to settle, then the Fill of the buyer and that of the seller.
 */
final class FundingAuctions {
    private static final int EVENTS_PER_CLOSING = Settlement.EVENTS + 2;

    private final Funding funding;
    private final FundingClosings closings;
    private final Positions positions;
    private final Marks marks;
    private final Settlement settlement;
    private final IsolatedMargin isolated;
    private final EventWriter events;
    private final Reports reports;
    private final FundingReports fundingReports;
    private final WorkQueue work;

    FundingAuctions(
            final Funding funding,
            final Ledger ledger,
            final Marks marks,
            final Settlement settlement,
            final IsolatedMargin isolated,
            final EventWriter events,
            final Reports reports,
            final FundingReports fundingReports,
            final WorkQueue work) {
        this.funding = funding;
        this.marks = marks;
        this.settlement = settlement;
        this.isolated = isolated;
        this.events = events;
        this.reports = reports;
        this.fundingReports = fundingReports;
        this.work = work;
        closings = funding.closings();
        positions = ledger.positions();
    }

    /** A clock tick. Two events at most. */
    void onTick(final int instrument, final long nowNs) {
        if (!funding.isDue(instrument, nowNs) || closings.isDecided(instrument)) {
            return;
        }
        fundingReports.tick(instrument, funding.decide(instrument, nowNs));
        if (closings.first(instrument, true) == FundingClosings.NONE) {
            carry(instrument);
        } else {
            work.pushFunding(instrument);
        }
    }

    /** Goes on with the auction at the head; false when the batch filled up before its end. */
    boolean goOn() {
        final int instrument = (int) work.head(WorkQueue.INSTRUMENT) - 1;
        int buyer = closings.first(instrument, false);
        int seller = closings.first(instrument, true);
        while (buyer != FundingClosings.NONE && seller != FundingClosings.NONE) {
            if (!events.hasRoomFor(EVENTS_PER_CLOSING)) {
                return false;
            }
            close(instrument, buyer, seller);
            buyer = closings.first(instrument, false);
            seller = closings.first(instrument, true);
        }
        if (!events.hasRoomFor(1)) {
            return false;
        }
        carry(instrument);
        return true;
    }

    private void close(final int instrument, final int buyer, final int seller) {
        final long lots = Math.min(closings.owed(buyer, false), closings.owed(seller, true));
        final long ticks = marks.markTicks(instrument);
        settlement.trade(buyer, seller, lots, settlement.cash(instrument, ticks, lots));
        closings.close(buyer, lots);
        closings.close(seller, lots);
        final long tradeId = events.nextEventId();
        fill(buyer, true, tradeId, ticks, lots);
        fill(seller, false, tradeId, ticks, lots);
    }

    /** The position may be flat now, and an isolated one then goes back into cross margin. */
    private void fill(final int position, final boolean buy, final long tradeId, final long ticks, final long lots) {
        reports.fundingFill(
                position,
                buy,
                tradeId,
                ticks,
                lots,
                closings.clientId(position),
                closings.owed(position, !buy),
                closings.closed(position));
        isolated.look(position);
    }

    private void carry(final int instrument) {
        funding.carry(instrument);
        fundingReports.rate(instrument, FundingRule.AUCTION);
    }
}
