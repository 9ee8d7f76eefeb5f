package org.isochron.matcher.venue;

import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.liquidation.DeleverageScore;
import org.isochron.risk.liquidation.ProRata;
import org.isochron.risk.liquidation.Ranking;
import org.isochron.risk.liquidation.Remainder;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.marks.Marks;
import org.isochron.risk.rules.LiquidationRules;

/**
 * Passes what neither book nor insurance fund take of a position to opposite positions, at its cash b, in the order the
 * instrument's ranking gives (rulebook 8.5). Each takes as much as it has and can bear: nobody is left with less than
 * nothing, and nobody who can take any is passed over, the fund itself included. There are no fees, and the orders of
 * those who are reduced stay; what only reduces shrinks with the position.
 */
final class Deleveraging {
    /** Funding of both to settle, Deleveraged to both, the public print and the fund's two movements. */
    static final int EVENTS_PER_FILL = Settlement.EVENTS + 5;

    private final LiquidationRules rules;
    private final Instruments instruments;
    private final Positions positions;
    private final FundingSettlement funding;
    private final Settlement settlement;
    private final IsolatedMargin isolated;
    private final EventWriter events;
    private final DeleverageReports reports;
    private final OpenBooks openBooks;
    private final Remainder remainder;
    private final Ranking ranking;
    private final ProRata proRata;

    private boolean exhausted;

    Deleveraging(
            final Ledger ledger,
            final Marks marks,
            final Margin margin,
            final FundingSettlement funding,
            final Settlement settlement,
            final IsolatedMargin isolated,
            final EventWriter events,
            final DeleverageReports reports,
            final OpenBooks openBooks) {
        this.funding = funding;
        this.settlement = settlement;
        this.isolated = isolated;
        this.events = events;
        this.reports = reports;
        this.openBooks = openBooks;
        instruments = ledger.instruments();
        rules = ledger.rules().liquidation();
        positions = ledger.positions();
        remainder = new Remainder(ledger, marks, margin);
        ranking = new Ranking(ledger, new DeleverageScore(ledger, margin));
        proRata = new ProRata(ledger);
    }

    /**
     * Closes up to so many lots of a position, which has as many, against opposite ones.
     *
     * @param lots    above 0.
     * @param cash    b: the signed cash that the whole brings to its bucket.
     * @param done    lots of the whole that have gone at their part of b already.
     * @param all     lots of the whole.
     * @param reserve events the caller still has to write.
     * @return lots closed; fewer than asked for when nobody is left, which {@link #isExhausted} tells, or the batch is full.
     */
    long run(final int position, final long lots, final long cash, final long done, final long all, final int reserve) {
        remainder.of(position, lots, cash, done, all);
        final int rule = rules.deleverageRule(positions.instrument(position));
        exhausted = switch (rule) {
            case LiquidationRules.NONE -> true;
            case LiquidationRules.PRO_RATA -> shareOut(reserve);
            default -> goByRank(rule, reserve);
        };
        return lots - remainder.left();
    }

    /** Whether the last run has ended because nobody is left who could take any, with lots still to be closed. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Ranks anew as long as that finds somebody: the parts of b differ by a quantum, and so may who can bear a lot. */
    private boolean goByRank(final int rule, final int reserve) {
        final long seed = rule == LiquidationRules.SEEDED_RANDOM ? events.chain() : 0;
        long leftBefore;
        do {
            leftBefore = remainder.left();
            ranking.begin(remainder, rule, seed);
            for (int opposite = ranking.next(); opposite != Ranking.NONE; opposite = ranking.next()) {
                if (!events.hasRoomFor(EVENTS_PER_FILL + reserve)) {
                    return false;
                }
                fill(opposite, remainder.left(), rule, ranking.rank(), ranking.score(), ranking.cutoffScore());
                if (remainder.left() == 0) {
                    return false;
                }
            }
        } while (remainder.left() < leftBefore);
        return true;
    }

    private boolean shareOut(final int reserve) {
        while (proRata.begin(remainder)) {
            for (int opposite = proRata.next(); opposite != ProRata.NONE; opposite = proRata.next()) {
                if (!events.hasRoomFor(EVENTS_PER_FILL + reserve)) {
                    return false;
                }
                fill(
                        opposite,
                        proRata.lots(),
                        LiquidationRules.PRO_RATA,
                        proRata.rank(),
                        proRata.size(),
                        Ranking.NO_SCORE);
            }
            if (remainder.left() == 0) {
                return false;
            }
        }
        return true;
    }

    private void fill(
            final int opposite,
            final long most,
            final int rule,
            final int rank,
            final long score,
            final long cutoffScore) {
        final long lots = remainder.lotsFor(opposite, most);
        if (lots == 0) {
            return;
        }
        final int position = remainder.position();
        final long cash = remainder.cash(lots);
        settleFunding(position);
        settleFunding(opposite);
        if (remainder.isLong()) {
            settlement.trade(opposite, position, lots, cash);
        } else {
            settlement.trade(position, opposite, lots, -cash);
        }
        remainder.pass(lots);
        final long tradeId = events.nextEventId();
        final long signedLots = remainder.isLong() ? -lots : lots;
        reports.ranked(rule, rank, score, cutoffScore);
        reports.deleveraged(position, tradeId, signedLots, cash, true);
        reports.deleveraged(opposite, tradeId, -signedLots, -cash, false);
        tellAll(opposite, lots, cash);
        // The one under liquidation may be flat as well: that ends with its liquidation.
        isolated.look(opposite);
    }

    /** What the fund pays or receives for its lots is told apart from what becomes of them. */
    private void settleFunding(final int position) {
        funding.settle(position);
        if (isFunds(position)) {
            final int instrument = remainder.instrument();
            openBooks.fundMoved(instruments.asset(instrument), instrument, InsuranceReason.FUNDING);
        }
    }

    private void tellAll(final int opposite, final long lots, final long cash) {
        final int instrument = remainder.instrument();
        if (isFunds(opposite) || isFunds(remainder.position())) {
            openBooks.fundTraded(instrument, InsuranceReason.DELEVERAGED);
        }
        openBooks.print(instrument, LiquidationPrintKind.DELEVERAGED, !remainder.isLong(), lots, cash);
    }

    private boolean isFunds(final int position) {
        return positions.account(position) == Ledger.INSURANCE;
    }
}
