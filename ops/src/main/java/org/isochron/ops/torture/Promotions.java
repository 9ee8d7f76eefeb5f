package org.isochron.ops.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the sequencer of a trading venue to sleep, promotes another in its place, trades on with that one, and wakes the first:
 * it has to stop itself, and nothing it says may reach anybody. Each promotion is of a venue of its own.
 */
public final class Promotions {
    private static final Logger LOG = LoggerFactory.getLogger(Promotions.class);
    private static final String STANDBY = "standby";
    private static final String PROMOTE = "promote";
    private static final long TIMEOUT_MS = 120_000;
    private static final int ORDERS = 50;
    private static final int ORDERS_PER_SECOND = 100;

    private final Path directory;
    private final Path root;
    private final long pauseMs;
    private final long seed;
    private long fenced;
    private long splitBrain;
    private long acknowledged;
    private long lost;
    private long awayMsMax;

    /**
     * @param directory of the venues; must not exist.
     * @param root      of the source tree that the jar was built in.
     * @param pauseMs   how long the first sequencer sleeps, at the least.
     */
    public Promotions(final Path directory, final Path root, final long pauseMs, final long seed) {
        this.directory = directory;
        this.root = root;
        this.pauseMs = pauseMs;
        this.seed = seed;
    }

    /**
     * Runs them one after the other.
     *
     * @param promotions how many.
     * @param progress   told how many are done.
     * @throws IllegalStateException when a node does not start, a promotion is refused, or a venue stops trading.
     */
    public PromotionReport run(final long promotions, final LongConsumer progress)
            throws IOException, InterruptedException {
        for (long i = 1; i <= promotions; i++) {
            try (NodeProcesses venue = new NodeProcesses(directory.resolve("venue-" + i), root)) {
                promote(venue);
            }
            progress.accept(i);
        }
        return new PromotionReport(promotions, fenced, splitBrain, acknowledged, lost, awayMsMax);
    }

    private void promote(final NodeProcesses venue) throws IOException, InterruptedException {
        final Ledger before = new Ledger();
        final Ledger after = new Ledger();
        venue.startAll(TIMEOUT_MS);
        final Path standby = standby(venue);
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
            Operator.define(access, VenueDefinitions.demo(1, 1), true, TIMEOUT_MS);
            // They stay with the first sequencer, and send it orders when it wakes.
            try (LedgerClients faithful = new LedgerClients(access, before, seed, ORDERS_PER_SECOND)) {
                faithful.awaitOrders(ORDERS, TIMEOUT_MS);
                replaceWhileAsleep(venue, standby, after);
            }
        }
        venue.stopAll(STANDBY, TIMEOUT_MS);
        audit(venue, before, after);
    }

    private void replaceWhileAsleep(final NodeProcesses venue, final Path standby, final Ledger after)
            throws InterruptedException {
        final long stoppedNs = System.nanoTime();
        venue.signal(NodeProcesses.SEQUENCER, "STOP");
        venue.run(
                PROMOTE,
                List.of(
                        PROMOTE,
                        "--config",
                        standby.toString(),
                        "--replaces",
                        venue.journal(NodeProcesses.SEQUENCER).toString()));
        if (venue.awaitEnd(PROMOTE, TIMEOUT_MS) != 0) {
            throw new IllegalStateException("the promotion was refused; it said:\n" + venue.told(PROMOTE));
        }
        venue.run(STANDBY, List.of("start", NodeProcesses.SEQUENCER, "--config", standby.toString()));
        venue.awaitReady(STANDBY, TIMEOUT_MS);
        awayMsMax = Math.max(awayMsMax, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stoppedNs));
        moveReplicas(venue, standby);
        try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(standby));
                LedgerClients clients = new LedgerClients(access, after, seed + 1, ORDERS_PER_SECOND)) {
            clients.awaitOrders(ORDERS, TIMEOUT_MS);
            final long sleptMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stoppedNs);
            TimeUnit.MILLISECONDS.sleep(Math.max(0, pauseMs - sleptMs));
            venue.signal(NodeProcesses.SEQUENCER, "CONT");
            fenced += isFenced(venue) ? 1 : 0;
            clients.awaitOrders(ORDERS, TIMEOUT_MS);
        }
    }

    /** Replicas report and publish where their configuration says: to the new sequencer's addresses from now on. */
    private static void moveReplicas(final NodeProcesses venue, final Path standby) throws InterruptedException {
        for (final String replica : NodeProcesses.REPLICAS) {
            venue.stop(replica, TIMEOUT_MS);
            venue.start(replica, standby);
        }
        venue.awaitReplicas(TIMEOUT_MS);
    }

    /** Whether the woken sequencer ends by itself, and does not start again. */
    private static boolean isFenced(final NodeProcesses venue) throws InterruptedException {
        final boolean hasStopped = endsSaying(venue, "sequencer: failed: ");
        venue.start(NodeProcesses.SEQUENCER);
        return endsSaying(venue, "must not be continued") && hasStopped;
    }

    private static boolean endsSaying(final NodeProcesses venue, final String reason) throws InterruptedException {
        final int exitCode = venue.awaitEnd(NodeProcesses.SEQUENCER, TIMEOUT_MS);
        final String told = venue.told(NodeProcesses.SEQUENCER);
        final boolean isFenced = exitCode == 1 && told.contains(reason);
        if (!isFenced) {
            LOG.error("the sequencer that slept is not fenced: it ended with {} and said\n{}", exitCode, told);
        }
        return isFenced;
    }

    /** The new sequencer has addresses of its own: on one machine the old one, asleep, still holds its ports. */
    private static Path standby(final NodeProcesses venue) throws IOException {
        final Path standby = venue.config().resolveSibling("standby.conf");
        Files.writeString(
                standby,
                Files.readString(venue.config())
                        .replace("127.0.0.1:21410", "127.0.0.1:21510")
                        .replace("127.0.0.1:21421", "127.0.0.1:21521")
                        .replace("127.0.0.1:21424", "127.0.0.1:21524")
                        .replace("127.0.0.1:21440", "127.0.0.1:21540")
                        .replace("127.0.0.1:21471", "127.0.0.1:21571")
                        .replace("journal = run/venue/journal-sequencer", "journal = run/venue/journal-" + STANDBY)
                        .replace("run/venue/journal-sequencer ]", "run/venue/journal-" + STANDBY + " ]")
                        .replace("/driver/sequencer", "/driver/" + STANDBY)
                        .replace("/driver/clients", "/driver/clients-of-" + STANDBY));
        return standby;
    }

    /** Both ledgers against the new sequencer's log, and every replica's log against it. */
    private void audit(final NodeProcesses venue, final Ledger before, final Ledger after) {
        boolean isSplit = false;
        for (final Ledger ledger : List.of(before, after)) {
            final Audit audit = new Audit(ledger);
            audit.run(venue, STANDBY);
            acknowledged += ledger.acknowledgements();
            lost += audit.lost();
            isSplit |= audit.lost() + audit.duplicated() + audit.divergences() > 0;
        }
        splitBrain += isSplit ? 1 : 0;
    }
}
