package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.replay.audit.AuditedRanking.Candidate;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * Whether exactly the right opposite positions are reduced, by the right lots at the right cash (rulebook 8.5): for every
 * fill the whole queue is made again, of every holder there is.
 */
final class DeleverageChecks {
    /** Shares of b are rounded to a quantum by what went before, so that whoever is that close to nothing may be passed by. */
    private static final BigInteger QUANTUM = BigInteger.ONE;

    private final AuditedVenue venue;
    private final LiquidationFindings findings;
    /** Command whose rankings are to be written down, 0 for none. */
    private final long wantedSequence;

    DeleverageChecks(final AuditedVenue venue, final LiquidationFindings findings, final long wantedSequence) {
        this.venue = venue;
        this.findings = findings;
        this.wantedSequence = wantedSequence;
    }

    /** The opposite side of a fill, before it moves anything; the other side has moved or not, which plays no part. */
    void onOpposite(
            final AuditedLiquidation liquidation,
            final Closing closing,
            final DeleveragedDecoder event,
            final long seed) {
        final AuditedInstrument instrument = closing.position().instrument;
        final AuditedPosition taken = venue.position(event.accountId(), event.instrumentId());
        final DeleverageRule rule = instrument.rules().rule();
        final Check check = findings.check(venue.sequence, event.accountId(), "Deleveraged");
        check.same("rule", rule, event.rule());
        check.holds(rule != DeleverageRule.NONE, "nobody is deleveraged under NONE", "settlement", event.accountId());
        final List<Candidate> queue = AuditedRanking.of(closing, rule, seed);
        if (closing.passed().isEmpty() && venue.sequence == wantedSequence) {
            findings.ranking(describe(closing, rule, queue));
        }
        final Candidate candidate = find(queue, taken);
        if (candidate == null) {
            check.holds(
                    false,
                    "only who is worth something, and not less than nothing after one lot",
                    "nobody",
                    taken.bucket.equity());
        } else {
            checkPlace(check, closing, queue, candidate, event);
        }
        final long lots = Math.abs(event.quantity());
        checkLots(check, closing, taken, event.quantity(), lots);
        check.same("cash", closing.cashOf(lots).negate(), event.cash());
        check.same("markPrice", instrument.price(instrument.markTicks), event.markPrice());
        check.same("positionAfter", taken.lots + event.quantity(), event.positionAfter());
        check.holds(
                closing.equityWith(taken, lots).signum() >= 0,
                "nobody is left with less than nothing",
                "0 or more",
                closing.equityWith(taken, lots));
        closing.passed().add(taken);
        closing.take(lots);
        liquidation.lotsDeleveraged += lots;
    }

    private static Candidate find(final List<Candidate> queue, final AuditedPosition taken) {
        return queue.stream()
                .filter(each -> each.position() == taken)
                .findFirst()
                .orElse(null);
    }

    /** Everybody ahead in the queue has had a turn, and the best of those behind is the cut-off. */
    private static void checkPlace(
            final Check check,
            final Closing closing,
            final List<Candidate> queue,
            final Candidate taken,
            final DeleveragedDecoder event) {
        check.same("score", taken.score(), event.score());
        final int place = queue.indexOf(taken);
        for (final Candidate ahead : queue.subList(0, place)) {
            final boolean hadTurn =
                    closing.passed().contains(ahead.position()) || ahead.spare().compareTo(QUANTUM) <= 0;
            check.holds(hadTurn, "nobody is skipped", "account " + ahead.position().accountId, event.accountId());
        }
        check.same("rank", closing.passed().size() + 1L, event.rank());
        if (event.rule() != DeleverageRule.PRO_RATA) {
            final long cutoff =
                    place + 1 < queue.size() ? queue.get(place + 1).score() : DeleveragedDecoder.cutoffScoreNullValue();
            check.same("cutoffScore", cutoff, event.cutoffScore());
        }
    }

    /** The largest number that what is left, its size and its equity allow. */
    private static void checkLots(
            final Check check,
            final Closing closing,
            final AuditedPosition taken,
            final long quantity,
            final long lots) {
        check.same("side", taken.lots > 0, quantity < 0);
        final long most = closing.atMost(taken);
        check.holds(lots >= 1 && lots <= most, "quantity", "1 to " + most, lots);
        if (lots < most) {
            final BigInteger after = closing.equityWith(taken, lots + 1);
            check.holds(after.signum() < 0, "the largest quantity", "at least " + (lots + 1), lots);
        }
    }

    private String describe(final Closing closing, final DeleverageRule rule, final List<Candidate> queue) {
        final AuditedInstrument instrument = closing.position().instrument;
        final AuditedAsset asset = venue.asset(instrument.contract.assetId());
        final StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "sequence %d, %s: account %d hands on %,d lots for %s %s; %s, %,d candidates%n",
                venue.sequence,
                instrument.contract.symbol(),
                closing.position().accountId,
                closing.left(),
                asset.money(closing.cashOf(closing.left())),
                asset.symbol,
                rule,
                queue.size()));
        text.append(String.format(
                Locale.ROOT,
                "%6s %14s %22s %14s %20s %20s %20s %10s%n",
                "rank",
                "account",
                "score",
                "lots",
                "profit",
                "equity",
                "after one lot",
                "opened as"));
        int rank = 0;
        for (final Candidate each : queue) {
            text.append(String.format(
                    Locale.ROOT,
                    "%6d %14d %22d %,14d %20s %20s %20s %10d%n",
                    ++rank,
                    each.position().accountId,
                    each.score(),
                    each.position().lots,
                    asset.money(each.position().profit()),
                    asset.money(each.equity()),
                    asset.money(each.spare()),
                    each.position().openedAs));
        }
        return text.toString();
    }
}
