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
 *
 * <p>The part of b that a lot brings differs by a quantum from one lot to the next. So does who can bear one more; whoever is
 * that close to nothing may be in the queue or not.
 */
final class DeleverageChecks {
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

    /**
     * A fill, before it moves anything.
     *
     * @param chain of the command's frame.
     */
    void onFill(
            final AuditedLiquidation liquidation, final Closing closing, final DeleveragedFill fill, final long chain) {
        final AuditedInstrument instrument = closing.position().instrument;
        final AuditedPosition taken = venue.position(fill.oppositeId(), fill.instrumentId);
        final DeleverageRule rule = instrument.rules().rule();
        final Check check = findings.check(venue.sequence, fill.oppositeId(), "Deleveraged");
        check.same("rule", rule, fill.rule);
        check.holds(rule != DeleverageRule.NONE, "nobody is deleveraged under NONE", "settlement", fill.oppositeId());
        check.same("markPrice", instrument.price(instrument.markTicks), fill.markPrice);
        check.same("side", taken.lots > 0, fill.lots < 0);
        final long lots = Math.abs(fill.lots);
        final long most = rule == DeleverageRule.PRO_RATA
                ? checkRound(check, closing, taken, fill)
                : checkPlace(check, closing, taken, fill, chain);
        checkLots(check, closing, taken, lots, most);
        check.same("cash", closing.cashOf(lots).negate(), fill.cash);
        closing.pass(taken, fill.rank);
        closing.take(lots);
        liquidation.lotsDeleveraged += lots;
    }

    /** Nobody is left who could take any of it. */
    void onExhausted(final Closing closing, final long chain) {
        final DeleverageRule rule = closing.position().instrument.rules().rule();
        if (rule != DeleverageRule.NONE) {
            final Check check = findings.check(venue.sequence, closing.position().accountId, "MarketSettled");
            for (final Candidate candidate : AuditedRanking.of(closing, rule, chain)) {
                check.holds(
                        isClose(candidate),
                        "nobody is left who could take any",
                        "account " + candidate.position().accountId,
                        "settlement");
            }
        }
    }

    private static boolean isClose(final Candidate candidate) {
        return candidate.spare().compareTo(QUANTUM) <= 0;
    }

    private static Candidate find(final List<Candidate> queue, final AuditedPosition taken) {
        return queue.stream()
                .filter(each -> each.position() == taken)
                .findFirst()
                .orElse(null);
    }

    // By score

    /** Everybody ahead in the queue has had a turn, and the best of those behind is the cut-off. */
    private long checkPlace(
            final Check check,
            final Closing closing,
            final AuditedPosition taken,
            final DeleveragedFill fill,
            final long chain) {
        final DeleverageRule rule = closing.position().instrument.rules().rule();
        final List<Candidate> queue = AuditedRanking.of(closing, rule, chain);
        if (closing.isAtStart()) {
            writeDown(closing, rule, queue);
        } else if (fill.rank == 1) {
            // The queue is at its end, and made again of those whom a quantum has let in.
            queue.stream()
                    .filter(each -> !closing.hasPassed(each.position()))
                    .forEach(each -> skip(check, each, fill.oppositeId()));
            closing.rankAnew();
        }
        final Candidate candidate = find(queue, taken);
        if (candidate == null) {
            check.holds(
                    false,
                    "whoever takes some is worth something, and no less than nothing after one lot",
                    "another",
                    taken.bucket.equity());
            return closing.atMost(taken);
        }
        check.same("score", candidate.score(), fill.score);
        final int place = queue.indexOf(candidate);
        long passedBy = 0;
        for (final Candidate ahead : queue.subList(0, place)) {
            if (!closing.hasPassed(ahead.position())) {
                skip(check, ahead, fill.oppositeId());
                passedBy++;
            }
        }
        final long next = closing.lastRank() + 1;
        check.holds(fill.rank >= next && fill.rank <= next + passedBy, "rank", next, fill.rank);
        checkCutoff(check, queue.subList(place + 1, queue.size()), fill);
        return closing.atMost(taken);
    }

    private static void skip(final Check check, final Candidate candidate, final long instead) {
        check.holds(
                isClose(candidate),
                "nobody is skipped",
                "account " + candidate.position().accountId,
                "account " + instead);
    }

    private static void checkCutoff(final Check check, final List<Candidate> behind, final DeleveragedFill fill) {
        final boolean isClose = !behind.isEmpty() && isClose(behind.get(0));
        if (!isClose) {
            check.same(
                    "cutoffScore",
                    behind.isEmpty()
                            ? DeleveragedDecoder.cutoffScoreNullValue()
                            : behind.get(0).score(),
                    fill.cutoffScore);
        }
    }

    private void writeDown(final Closing closing, final DeleverageRule rule, final List<Candidate> queue) {
        if (venue.sequence == wantedSequence) {
            findings.ranking(describe(closing, rule, queue));
        }
    }

    // Pro rata

    /** Rounds by account id: each is offered its part of what was left as the round began. */
    private long checkRound(
            final Check check, final Closing closing, final AuditedPosition taken, final DeleveragedFill fill) {
        if (closing.round() == null || !closing.round().isAhead(taken)) {
            if (closing.round() != null) {
                closing.round().rest().forEach(each -> skip(check, each.candidate(), fill.oppositeId()));
            }
            final List<Candidate> queue = AuditedRanking.of(closing, DeleverageRule.PRO_RATA, 0);
            if (closing.isAtStart()) {
                writeDown(closing, DeleverageRule.PRO_RATA, queue);
            }
            closing.begin(new ProRataRound(queue, closing.left()));
        }
        final ProRataRound round = closing.round();
        for (ProRataRound.Offer next = round.next(); next != null; next = round.next()) {
            if (next.candidate().position() == taken) {
                check.same("score", next.candidate().score(), fill.score);
                check.same("rank", (long) next.rank(), fill.rank);
                return Math.min(next.lots(), Math.abs(taken.lots));
            }
            skip(check, next.candidate(), fill.oppositeId());
        }
        check.holds(false, "whoever takes some is offered some", "another", "account " + fill.oppositeId());
        return closing.atMost(taken);
    }

    /** The largest number that what is offered, its size and its equity allow. */
    private static void checkLots(
            final Check check, final Closing closing, final AuditedPosition taken, final long lots, final long most) {
        check.holds(lots >= 1 && lots <= most, "quantity", "1 to " + most, lots);
        check.holds(
                closing.equityWith(taken, lots).signum() >= 0,
                "nobody is left with less than nothing",
                "0 or more",
                closing.equityWith(taken, lots));
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
                "%6s %12s %20s %12s %18s %18s %18s %8s%n",
                "rank",
                "account",
                "score",
                "lots",
                "profit",
                "equity",
                "after one lot",
                "opened"));
        int rank = 0;
        for (final Candidate each : queue) {
            text.append(String.format(
                    Locale.ROOT,
                    "%6d %12d %20d %,12d %18s %18s %18s %8d%n",
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
