package org.isochron.replay.audit;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The other way round: nobody is left below maintenance margin. A finished scan promises that every bucket which was below
 * at the sequence it has scanned, and has been since, is proposed by then; whoever is not is a finding.
 */
final class MaintenanceWatch {
    /** More buckets than that wait for the next clock tick, if they are not below already. */
    private static final int MOST_AT_ONCE = 64;

    private final AuditedVenue venue;
    private final LiquidationFindings findings;
    private final Predicate<AuditedBucket> isInLiquidation;

    private final Set<AuditedBucket> unjudged = new LinkedHashSet<>();
    private final Map<AuditedBucket.Id, Since> below = new TreeMap<>();

    private record Since(long sequence, long ns) {}

    MaintenanceWatch(
            final AuditedVenue venue,
            final LiquidationFindings findings,
            final Predicate<AuditedBucket> isInLiquidation) {
        this.venue = venue;
        this.findings = findings;
        this.isInLiquidation = isInLiquidation;
    }

    /** @param ticks whether the command was a clock tick. */
    void commandEnds(final boolean ticks) {
        final Set<AuditedBucket> touched = venue.takeTouched();
        for (final AuditedBucket bucket : touched) {
            if (below.containsKey(bucket.id)) {
                judge(bucket);
            } else {
                unjudged.add(bucket);
            }
        }
        if (ticks || unjudged.size() <= MOST_AT_ONCE) {
            judgeAll();
        }
    }

    /** A liquidation of the bucket begins, or has ended. */
    void liquidated(final AuditedBucket bucket) {
        note(bucket.id, below.remove(bucket.id));
        unjudged.add(bucket);
    }

    private void judgeAll() {
        unjudged.forEach(this::judge);
        unjudged.clear();
    }

    private void judge(final AuditedBucket bucket) {
        if (bucket.id.accountId() >= AuditedVenue.FIRST_OWN_ID) {
            return;
        }
        if (!isInLiquidation.test(bucket) && bucket.marksValid() && bucket.isUnderwater()) {
            below.putIfAbsent(bucket.id, new Since(venue.sequence, venue.timeNs));
        } else {
            note(bucket.id, below.remove(bucket.id));
        }
    }

    private void note(final AuditedBucket.Id id, final Since since) {
        if (since != null) {
            findings.below(new LiquidationFindings.Longest(
                    id.accountId(), since.sequence, venue.sequence, venue.timeNs - since.ns));
        }
    }

    /** A scan is told as finished; accounts of its range only. */
    void onScanCompleted(final long scannedSequence, final long fromAccountId, final long toAccountId) {
        judgeAll();
        below.forEach((id, since) -> {
            if (since.sequence <= scannedSequence && id.accountId() >= fromAccountId && id.accountId() <= toAccountId) {
                findings.check(venue.sequence, id.accountId(), "ScanCompleted")
                        .holds(
                                false,
                                "every bucket below maintenance margin at the sequence scanned is proposed",
                                "a liquidation of what is below since sequence " + since.sequence,
                                "none");
            }
        });
    }

    /** The journal is over: who is below now has been until here. */
    void end() {
        judgeAll();
        below.forEach(this::note);
    }
}
