package org.isochron.ops.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.isochron.matcher.venue.Venue;
import org.isochron.replay.EventConsumer;
import org.isochron.replay.ReplayReport;
import org.isochron.replay.Replayer;
import org.isochron.sequencer.chronicle.ChronicleJournalStore;
import org.isochron.sequencer.edge.JournalReader;

/**
 * A venue whose nodes and clients live in network namespaces of their own, and lose multicast packets at random. They trade
 * through it, and afterwards every node must hold the same log.
 */
public final class LossyNetwork {
    private static final long START_TIMEOUT_MS = 90_000;
    private static final long STOP_TIMEOUT_MS = 30_000;
    private static final long NS_PER_US = 1_000;

    private final Path directory;
    private final Path root;
    private final int seconds;
    private final int ordersPerSecond;

    /**
     * @param directory of the venue; must not exist.
     * @param root      of the source tree that the jar was built in.
     * @param seconds   to trade for each rate of loss.
     */
    public LossyNetwork(final Path directory, final Path root, final int seconds, final int ordersPerSecond) {
        this.directory = directory.toAbsolutePath();
        this.root = root;
        this.seconds = seconds;
        this.ordersPerSecond = ordersPerSecond;
    }

    /** What keeps this machine from running it, in words; null when nothing does. */
    public static String obstacle() {
        return Namespaces.obstacle();
    }

    /**
     * Runs it.
     *
     * @param percents rates of loss, in this order.
     * @param progress told how many of them are done.
     * @throws IllegalStateException when a node does not start, ends, or clients lose an event or a session.
     */
    public LossReport run(final List<Integer> percents, final LongConsumer progress)
            throws IOException, InterruptedException {
        final List<LossReport.Row> rows = new ArrayList<>();
        try (Namespaces namespaces = new Namespaces(SeparateNodes.ALL);
                SeparateNodes venue = new SeparateNodes(directory, root, namespaces)) {
            SeparateNodes.REPLICAS.forEach(venue::start);
            venue.start(SeparateNodes.SEQUENCER);
            for (final String replica : SeparateNodes.REPLICAS) {
                venue.await(replica, "LIVE at sequence", START_TIMEOUT_MS);
            }
            requireSaid(venue, "durability D2");
            for (final int percent : percents) {
                SeparateNodes.ALL.forEach(node -> namespaces.lose(node, percent));
                rows.add(trade(venue, percent));
                progress.accept(rows.size());
            }
            SeparateNodes.ALL.forEach(node -> namespaces.lose(node, 0));
            venue.stop(SeparateNodes.SEQUENCER, STOP_TIMEOUT_MS);
            for (final String replica : SeparateNodes.REPLICAS) {
                venue.stop(replica, STOP_TIMEOUT_MS);
            }
            return audited(venue, rows);
        }
    }

    private static void requireSaid(final SeparateNodes venue, final String text) {
        if (!venue.told(SeparateNodes.SEQUENCER).contains(text)) {
            throw new IllegalStateException(
                    "the sequencer does not say '" + text + "':\n" + venue.told(SeparateNodes.SEQUENCER));
        }
    }

    private LossReport.Row trade(final SeparateNodes venue, final int percent)
            throws IOException, InterruptedException {
        final String name = "load-" + percent;
        final Path json = directory.resolve(name + ".json");
        venue.run(
                SeparateNodes.CLIENTS,
                name,
                List.of(
                        "load",
                        "--config",
                        venue.config().toString(),
                        "--seconds",
                        Integer.toString(seconds),
                        "--rate",
                        Integer.toString(ordersPerSecond),
                        "--makers",
                        "2",
                        "--json",
                        json.toString()));
        venue.awaitEnd(name, START_TIMEOUT_MS + TimeUnit.SECONDS.toMillis(seconds));
        final JsonNode found = new ObjectMapper().readTree(json.toFile());
        return new LossReport.Row(
                percent,
                found.required("orders").asLong(),
                found.required("latencyNs").required("p50").asLong() / NS_PER_US,
                found.required("latencyNs").required("p99").asLong() / NS_PER_US,
                found.required("lostMessages").asLong(),
                found.required("bookHashMismatches").asLong());
    }

    private static LossReport audited(final SeparateNodes venue, final List<LossReport.Row> rows) {
        final ReplayReport truth = replay(venue.journal(SeparateNodes.SEQUENCER));
        final List<String> differ = new ArrayList<>();
        if (!truth.isConfirmed()) {
            differ.add(SeparateNodes.SEQUENCER);
        }
        for (final String replica : SeparateNodes.REPLICAS) {
            final ReplayReport own = replay(venue.journal(replica));
            if (own.lastSequence() != truth.lastSequence() || own.hash() != truth.hash()) {
                differ.add(replica);
            }
        }
        return new LossReport(List.copyOf(rows), truth.lastSequence(), List.copyOf(differ));
    }

    private static ReplayReport replay(final Path journal) {
        final ChronicleJournalStore store =
                new ChronicleJournalStore(journal.getParent(), ChronicleJournalStore.DEFAULT_BLOCK_LENGTH);
        try (JournalReader reader = store.read(journal.getFileName().toString())) {
            return new Replayer(new Venue(), EventConsumer.NONE).replay(reader, Long.MAX_VALUE, count -> {});
        }
    }
}
