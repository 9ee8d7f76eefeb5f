package org.isochron.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.isochron.sequencer.replica.Noun;

/**
 * The places of the log at which nodes report their state hashes: what the replay has there, and what the log says the
 * nodes had. The last {@value #DEPTH} places are open; the verdict on an older one is final.
 *
 * <p>A place is confirmed when more than half of the reports for it equal the replay, and refuted when they do not. A
 * report for a place that is no longer, or never was, among the open ones cannot be checked and is counted as such.
 */
final class ReportPoints {
    static final int DEPTH = 64;

    private record Report(int session, long nodeId, NounHashes hashes) {}

    private static final class Point {
        private final long sequence;
        private final NounHashes own;
        private final List<Report> reports = new ArrayList<>();

        Point(final long sequence, final NounHashes own) {
            this.sequence = sequence;
            this.own = own;
        }
    }

    private final Deque<Point> open = new ArrayDeque<>();
    private final List<Dissenter> dissenters = new ArrayList<>();
    private long confirmed;
    private long refuted;
    private long unchecked;

    /** Opens the place behind the command just applied. */
    void own(final long sequence, final NounHashes hashes) {
        if (open.size() == DEPTH) {
            close(open.removeFirst());
        }
        open.addLast(new Point(sequence, hashes));
    }

    /** Takes a report the core has accepted; a second one of the same session for the same place replaces the first. */
    void report(final int session, final long nodeId, final long atSequence, final NounHashes hashes) {
        for (final Point point : open) {
            if (point.sequence == atSequence) {
                point.reports.removeIf(report -> report.session == session);
                point.reports.add(new Report(session, nodeId, hashes));
                return;
            }
        }
        unchecked++;
    }

    /** Passes the verdict on all places still open. */
    void closeAll() {
        open.forEach(this::close);
        open.clear();
    }

    private void close(final Point point) {
        int agreeing = 0;
        for (final Report report : point.reports) {
            final Noun noun = point.own.firstDifference(report.hashes);
            if (noun == null) {
                agreeing++;
            } else {
                dissenters.add(new Dissenter(
                        report.nodeId, point.sequence, noun, report.hashes.hash(noun), point.own.hash(noun)));
            }
        }
        if (agreeing * 2 > point.reports.size()) {
            confirmed++;
        } else if (!point.reports.isEmpty()) {
            refuted++;
        }
    }

    long confirmed() {
        return confirmed;
    }

    long refuted() {
        return refuted;
    }

    long unchecked() {
        return unchecked;
    }

    List<Dissenter> dissenters() {
        return List.copyOf(dissenters);
    }
}
