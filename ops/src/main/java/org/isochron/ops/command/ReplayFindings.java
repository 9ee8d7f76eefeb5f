package org.isochron.ops.command;

import java.io.PrintWriter;
import java.util.List;
import org.isochron.replay.Dissenter;
import org.isochron.replay.ReplayReport;

/** What a replay has found, for people: the same text for the same journal. */
final class ReplayFindings {
    /** One wrong node dissents at every report from then on: the first ones tell the story, --json has them all. */
    private static final int SHOWN_DISSENTERS = 10;

    private ReplayFindings() {}

    static void print(final PrintWriter out, final ReplayReport report) {
        out.println("from        " + (report.fromSequence() == 0 ? "genesis" : "snapshot at " + report.fromSequence()));
        out.println("sequence    " + report.lastSequence());
        out.println("hash        " + hash(report.hash()));
        out.println("confirmed   " + report.hashesConfirmed() + " state hashes");
        if (!report.isConfirmed()) {
            out.println("refuted     " + report.hashesRefuted());
            out.println("unchecked   " + report.hashesUnchecked());
        }
        printDissenters(out, report.dissenters());
        out.flush();
    }

    private static void printDissenters(final PrintWriter out, final List<Dissenter> dissenters) {
        dissenters.stream()
                .limit(SHOWN_DISSENTERS)
                .forEach(dissenter ->
                        out.println("dissenter   node " + dissenter.nodeId() + " at " + dissenter.sequence()
                                + ": " + dissenter.noun() + " " + hash(dissenter.reported()) + ", replayed "
                                + hash(dissenter.replayed())));
        if (dissenters.size() > SHOWN_DISSENTERS) {
            out.println(
                    "            and " + (dissenters.size() - SHOWN_DISSENTERS) + " more; --json FILE has them all");
        }
    }

    private static String hash(final long hash) {
        return String.format("%016x", hash);
    }
}
