package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.Role;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.StateReason;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/**
 * Compares the replicas' state hashes with each other, never with this replica's own: what the venue does must not depend
 * on who computes it. The voters are the sessions defined with role REPLICA or RISK. Two reports for one sequence that
 * differ, with no majority of the voters behind one of them, make the venue cancel-only until a majority emerges at that
 * sequence or a later one. The last reports of each voter are part of the noun SESSIONS.
 */
final class HashDesk implements StateOwner {
    private static final int REPORTS_PER_SESSION = 16;

    private static final int AT_SEQUENCE = 0;
    private static final int HASH = 1;
    private static final int FIELDS = 2;

    private final Sessions sessions;
    private final Counters counters;
    private final EventWriter events;
    private final Reports reports;
    /** Row: session * 16 + number of the report modulo 16. */
    private final StateTable ring;

    private final StateTable counts;
    private final Refusal refusal = new Refusal();

    HashDesk(
            final Sessions sessions,
            final Counters counters,
            final EventWriter events,
            final Reports reports,
            final int capacity) {
        this.sessions = sessions;
        this.counters = counters;
        this.events = events;
        this.reports = reports;
        ring = new StateTable("hashReports", capacity * REPORTS_PER_SESSION, FIELDS);
        counts = new StateTable("hashReportCounts", capacity, 1);
    }

    void resize(final int capacity) {
        ring.resize(capacity * REPORTS_PER_SESSION);
        counts.resize(capacity);
    }

    void onReport(final Request request, final StateHashReportDecoder command) {
        final long atSequence = command.atSequence();
        if (atSequence <= 0 || atSequence >= events.sequence()) {
            refusal.of(BAD_VALUE, StateHashReportDecoder.atSequenceId(), atSequence, events.sequence() - 1);
            reports.businessReject(request, refusal);
            return;
        }
        remember(request.session, atSequence, hashOf(command));
        reports.accepted(request);
        compare(atSequence);
    }

    private static long hashOf(final StateHashReportDecoder command) {
        long hash = XxHash64.mix(command.booksHash());
        hash = XxHash64.mix(hash * 31 + command.ledgerHash());
        hash = XxHash64.mix(hash * 31 + command.marksHash());
        hash = XxHash64.mix(hash * 31 + command.sessionsHash());
        return XxHash64.mix(hash * 31 + command.scrubHash());
    }

    /** A second report of one session for one sequence replaces the first: nobody votes twice. */
    private void remember(final int session, final long atSequence, final long hash) {
        int row = find(session, atSequence);
        if (row < 0) {
            row = session * REPORTS_PER_SESSION + (int) (counts.get(session, 0) % REPORTS_PER_SESSION);
            counts.add(session, 0, 1);
        }
        ring.set(row, AT_SEQUENCE, atSequence);
        ring.set(row, HASH, hash);
    }

    private int find(final int session, final long atSequence) {
        final int first = session * REPORTS_PER_SESSION;
        for (int row = first; row < first + REPORTS_PER_SESSION; row++) {
            if (ring.get(row, AT_SEQUENCE) == atSequence) {
                return row;
            }
        }
        return -1;
    }

    private void compare(final long atSequence) {
        int voters = 0;
        int voted = 0;
        int largest = 0;
        for (int session = 0; session < sessions.count(); session++) {
            if (isVoter(session)) {
                voters++;
                final int row = find(session, atSequence);
                if (row >= 0) {
                    voted++;
                    largest = Math.max(largest, votesFor(ring.get(row, HASH), atSequence));
                }
            }
        }
        final boolean majority = 2 * largest > voters;
        if (majority && counters.isDiverged() && atSequence >= counters.divergedAt()) {
            counters.diverged(false, 0);
            reports.venueStatus(atSequence, counters.isCancelOnly(), StateReason.RECOVERED);
        } else if (!majority && largest < voted && !counters.isDiverged()) {
            counters.diverged(true, atSequence);
            reports.venueStatus(atSequence, true, StateReason.DIVERGENCE);
        }
    }

    private int votesFor(final long hash, final long atSequence) {
        int votes = 0;
        for (int session = 0; session < sessions.count(); session++) {
            if (isVoter(session)) {
                final int row = find(session, atSequence);
                votes += row >= 0 && ring.get(row, HASH) == hash ? 1 : 0;
            }
        }
        return votes;
    }

    private boolean isVoter(final int session) {
        final Role role = sessions.role(session);
        return role == Role.REPLICA || role == Role.RISK;
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(ring);
        visitor.part(counts);
    }
}
