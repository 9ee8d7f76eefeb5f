package org.isochron.ops.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.isochron.ops.client.Contract;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.feed.FeedReport;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Terminals;
import org.isochron.ops.traffic.Traffic;
import org.isochron.ops.venue.EmbeddedVenue;
import org.isochron.ops.venue.VenueAccess;
import org.isochron.ops.view.LiveScreen;
import org.isochron.ops.view.ProgressLines;
import org.isochron.ops.view.RunView;
import org.isochron.ops.view.Summary;
import org.isochron.ops.view.VenueRun;

/** What {@code demo} and {@code feed} share: a fresh venue in this process, traffic on it, a summary of it. */
final class EmbeddedRun {
    private static final long DEFINE_TIMEOUT_MS = 20_000;
    private static final int SECRET_LENGTH = 32;

    private final String kind;
    private final Path data;
    private final Path json;
    private final PrintWriter out;

    /**
     * @param kind of run, the beginning of a fresh directory's name.
     * @param data where the journals go, null for a fresh directory under {@code run/}.
     * @param json where the summary goes beside the screen, null for nowhere.
     */
    EmbeddedRun(final String kind, final Path data, final Path json, final PrintWriter out) {
        this.kind = kind;
        this.data = RunDirectory.of(data, kind);
        this.json = json;
        this.out = out;
    }

    /** Directory of the sequencer's journal. */
    Path journal() {
        return data.resolve(EmbeddedVenue.SEQUENCER_JOURNAL);
    }

    /** Runs it to its end; the exit code. */
    int run(
            final VenueDefinitions definitions,
            final Contract shown,
            final String title,
            final Function<VenueAccess, Traffic> traffic,
            final Supplier<FeedReport> feed) {
        requireFresh();
        out.println("data in " + data);
        out.flush();
        final EmbeddedVenue.NodeSessions nodes = new EmbeddedVenue.NodeSessions(
                VenueDefinitions.MATCHER_A, VenueDefinitions.MATCHER_B, VenueDefinitions.RISK);
        final Summary summary;
        try (EmbeddedVenue venue = EmbeddedVenue.start(data, secrets(definitions), nodes)) {
            final VenueAccess access = venue.access();
            Operator.define(access, definitions, false, DEFINE_TIMEOUT_MS);
            summary = VenueRun.run(venue, () -> traffic.apply(access), shown, title, view(), feed);
        }
        summary.print(out);
        writeJson(summary);
        return summary.isGood() ? Failures.OK : Failures.FAILED;
    }

    /** A run defines its venue from nothing, so it needs a directory without journals. */
    private void requireFresh() {
        if (Files.exists(journal())) {
            throw new BadInputException(data + " holds the journals of an earlier run; name a directory without any, or"
                    + " leave --data out for a fresh one");
        }
        if (json != null
                && json.toAbsolutePath().getParent() != null
                && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new BadInputException("--json is " + json + ", its directory does not exist");
        }
    }

    /** Secrets nobody ever needs to know: all sessions live in this process. */
    private static Map<Integer, byte[]> secrets(final VenueDefinitions definitions) {
        final SecureRandom random = new SecureRandom();
        final Map<Integer, byte[]> secrets = new TreeMap<>();
        for (final int sessionId : definitions.sessionIds()) {
            final byte[] secret = new byte[SECRET_LENGTH];
            random.nextBytes(secret);
            secrets.put(sessionId, secret);
        }
        return secrets;
    }

    private RunView view() {
        if (!Terminals.isOutputTerminal()) {
            return new ProgressLines(out);
        }
        try {
            return new LiveScreen();
        } catch (final IOException ex) {
            out.println("plain lines instead of the live view: " + ex.getMessage());
            return new ProgressLines(out);
        }
    }

    private void writeJson(final Summary summary) {
        if (json != null) {
            try {
                Files.writeString(json, summary.toJson() + "\n");
            } catch (final IOException ex) {
                throw new UncheckedIOException("cannot write " + json + ": " + ex.getMessage(), ex);
            }
        }
    }
}
