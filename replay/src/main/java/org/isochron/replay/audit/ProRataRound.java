package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.isochron.replay.audit.AuditedRanking.Candidate;

/**
 * What a round of PRO_RATA offers: of the lots left, {@code floor(left * (s_1 + ... + s_k) / S) - floor(left * (s_1 + ... +
 * s_(k-1)) / S)} to the k-th account by id, sizes being s and S in all.
 */
final class ProRataRound {
    /** @param rank place among all candidates of the round, also those who are offered nothing. */
    record Offer(Candidate candidate, int rank, long lots) {}

    private final List<Offer> offers = new ArrayList<>();
    private int place;

    ProRataRound(final List<Candidate> queue, final long left) {
        BigInteger total = BigInteger.ZERO;
        for (final Candidate each : queue) {
            total = total.add(BigInteger.valueOf(each.score()));
        }
        BigInteger covered = BigInteger.ZERO;
        BigInteger offered = BigInteger.ZERO;
        int rank = 0;
        for (final Candidate each : queue) {
            rank++;
            covered = covered.add(BigInteger.valueOf(each.score()));
            final BigInteger upTo = covered.multiply(BigInteger.valueOf(left)).divide(total);
            final long lots = upTo.subtract(offered).longValueExact();
            offered = upTo;
            if (lots != 0) {
                offers.add(new Offer(each, rank, lots));
            }
        }
    }

    /** The next who is offered some; null at the end. */
    Offer next() {
        return place == offers.size() ? null : offers.get(place++);
    }

    /** Whoever has not had a turn. */
    List<Offer> rest() {
        return offers.subList(place, offers.size());
    }

    boolean isAhead(final AuditedPosition position) {
        return rest().stream().anyMatch(offer -> offer.candidate().position() == position);
    }
}
