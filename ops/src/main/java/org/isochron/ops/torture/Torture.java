package org.isochron.ops.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.isochron.ops.config.VenueConfig;
import org.isochron.ops.definition.Operator;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.venue.ConfiguredAccess;

/** Kills random nodes of a venue under load, starts them again, and audits what clients were told. */
public final class Torture {
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_TIMEOUT_MS = 60_000;
    private static final long PROGRESS_TIMEOUT_MS = 60_000;
    private static final int ORDERS_PER_SECOND = 200;
    private static final int ORDERS_BETWEEN_KILLS = 20;
    private static final int MAX_PAUSE_MS = 300;
    private static final int ALL_PERCENT = 10;
    private static final int SEQUENCER_PERCENT = 35;
    /** Of the replicas killed: how many come back with an empty disk. */
    private static final int EMPTIED_PERCENT = 15;
    /** Of the nodes killed alone: how many are killed again before they are up. */
    private static final int AGAIN_PERCENT = 10;

    private static final int MAX_RECOVERY_MS = 1_500;

    private final Path directory;
    private final Path root;
    private final Random random;
    private final long seed;
    private final Restarts restarts = new Restarts();
    private long killedAll;
    private long emptied;
    private long rejoinMsMax;
    private long restartAllMsMax;

    /**
     * @param directory of the venue; must not exist.
     * @param root      of the source tree that the jar was built in.
     */
    public Torture(final Path directory, final Path root, final long seed) {
        this.directory = directory;
        this.root = root;
        this.seed = seed;
        random = new Random(seed);
    }

    /**
     * Runs it.
     *
     * @param kills    how often.
     * @param progress told how often so far.
     * @throws IllegalStateException when a node does not come back, or the venue stops trading.
     */
    public TortureReport run(final long kills, final LongConsumer progress) throws IOException, InterruptedException {
        final Ledger ledger = new Ledger();
        try (NodeProcesses venue = new NodeProcesses(directory, root)) {
            venue.startAll(START_TIMEOUT_MS);
            try (ConfiguredAccess access = new ConfiguredAccess(VenueConfig.load(venue.config()))) {
                Operator.define(access, VenueDefinitions.demo(1, 1), true, START_TIMEOUT_MS);
                try (LedgerClients clients = new LedgerClients(access, ledger, seed, ORDERS_PER_SECOND)) {
                    for (long kill = 1; kill <= kills; kill++) {
                        clients.awaitOrders(ORDERS_BETWEEN_KILLS, PROGRESS_TIMEOUT_MS);
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_PAUSE_MS));
                        killAndRestart(venue);
                        progress.accept(kill);
                    }
                    clients.awaitOrders(ORDERS_BETWEEN_KILLS, PROGRESS_TIMEOUT_MS);
                }
            }
            venue.stopAll(NodeProcesses.SEQUENCER, STOP_TIMEOUT_MS);
            return report(kills, ledger, venue);
        }
    }

    private TortureReport report(final long kills, final Ledger ledger, final NodeProcesses venue) {
        final Audit audit = new Audit(ledger);
        audit.run(venue);
        return new TortureReport(
                kills,
                killedAll,
                emptied,
                ledger.acknowledgements(),
                ledger.events().size(),
                audit.lost(),
                audit.duplicated(),
                audit.divergences(),
                audit.lastSequence(),
                restarts.msAt(50),
                restarts.msAt(99),
                restarts.tailCommandsMax(),
                restarts.stepMsP50(),
                restartAllMsMax,
                rejoinMsMax);
    }

    private void killAndRestart(final NodeProcesses venue) throws InterruptedException {
        final int dice = random.nextInt(100);
        if (dice < ALL_PERCENT) {
            killedAll++;
            venue.kill(all().toArray(new String[0]));
            restartAllMsMax =
                    Math.max(restartAllMsMax, TimeUnit.NANOSECONDS.toMillis(venue.startAll(START_TIMEOUT_MS)));
            return;
        }
        final String victim = dice < ALL_PERCENT + SEQUENCER_PERCENT
                ? NodeProcesses.SEQUENCER
                : NodeProcesses.REPLICAS.get(random.nextInt(NodeProcesses.REPLICAS.size()));
        venue.kill(victim);
        final boolean isEmptied = !victim.equals(NodeProcesses.SEQUENCER) && random.nextInt(100) < EMPTIED_PERCENT;
        if (isEmptied) {
            emptied++;
            venue.empty(victim);
        }
        venue.start(victim);
        if (random.nextInt(100) < AGAIN_PERCENT) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_RECOVERY_MS));
            venue.kill(victim);
            venue.start(victim);
        }
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(venue.awaitReady(victim, START_TIMEOUT_MS));
        if (isEmptied) {
            rejoinMsMax = Math.max(rejoinMsMax, tookMs);
        } else {
            restarts.add(tookMs, venue.told(victim));
        }
    }

    private static List<String> all() {
        final List<String> all = new ArrayList<>(NodeProcesses.REPLICAS);
        all.add(0, NodeProcesses.SEQUENCER);
        return all;
    }
}
