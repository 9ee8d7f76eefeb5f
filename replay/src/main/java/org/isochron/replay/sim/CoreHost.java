package org.isochron.replay.sim;

import java.util.ArrayList;
import java.util.List;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.gateway.GatewayAgent;
import org.isochron.sequencer.gateway.GatewayConfig;
import org.isochron.sequencer.gateway.GatewayCounter;
import org.isochron.sequencer.gateway.ResendChannels;
import org.isochron.sequencer.gateway.ResponseChannels;
import org.isochron.sequencer.sequence.SequencerAgent;
import org.isochron.sequencer.sequence.SequencerConfig;
import org.isochron.sequencer.sequence.SequencerStatus;
import org.isochron.sequencer.sequence.SkipEntry;
import org.isochron.sequencer.sequence.TailRecovery;

/** The process of gateway and sequencer. They share what the sequencer says of itself, so they live and die together. */
final class CoreHost extends Host {
    private static final int SEQUENCER_ID = 1;
    private static final int GATEWAY_ID = 2;
    private static final long IDLE_NS = 5_000_000;

    private final Disk disk;
    private SequencerStatus status = new SequencerStatus();
    private GatewayAgent gateway;
    private SequencerAgent sequencer;
    /** Who is asked at the next start for the end of the log; null for nobody. */
    private ReplicaHost holder;

    CoreHost(final World world) {
        super(world, "core", IDLE_NS);
        disk = new Disk("journal-sequencer", world.snapshotProof());
    }

    Disk disk() {
        return disk;
    }

    SequencerStatus status() {
        return status;
    }

    /** Comes back after a loss of power, and asks a replica for what it had before. */
    void startWithTailOf(final ReplicaHost newHolder) {
        holder = newHolder;
        start();
    }

    /** What an operator does about a command on which every core fails: stops the sequencer, has the journal say so, starts it. */
    void skip(final long sequence) {
        if (isUp()) {
            die();
        }
        final Journal journal = new WatchedJournal(disk.open(), world.watch()::journaled);
        new SkipEntry(journal, sequence).append();
        journal.close();
        start();
    }

    @Override
    void assemble(final SimulatedTransport freshTransport) {
        final SimulatedJournal log = disk.open();
        if (holder != null) {
            final DiskFile tail = holder.disk().file();
            TailRecovery.extend(log, List.of(() -> new SimulatedReader(holder.name(), () -> tail)));
            holder = null;
        }
        final Journal journal = world.parts().journal(name(), new WatchedJournal(log, world.watch()::journaled));
        final Transport transport = world.parts().transport(name(), freshTransport);
        final VenueClock clock = processClock();
        status = new SequencerStatus();
        gateway = new GatewayAgent(
                gatewayConfig(),
                transport,
                Sites.INGRESS,
                Sites.COMMANDS,
                Sites.PRIVATE,
                resendChannels(),
                ResponseChannels.startingWith(List.of(Sites.URI)),
                clock,
                status);
        sequencer = new SequencerAgent(
                SequencerConfig.of(SEQUENCER_ID).withSnapshotInterval(world.snapshotInterval()),
                transport,
                transport.subscribe(Sites.COMMANDS, LaneListener.NONE),
                transport.publish(Sites.LOG),
                journal,
                clock,
                status);
    }

    private ResendChannels resendChannels() {
        final List<Channel> queries = new ArrayList<>();
        for (int matcher = 0; matcher < world.matchers(); matcher++) {
            queries.add(Sites.queries(matcher));
        }
        return new ResendChannels(queries, Sites.ANSWERS);
    }

    private GatewayConfig gatewayConfig() {
        final GatewayConfig usual = GatewayConfig.of(GATEWAY_ID, world.secrets());
        return usual.withBacklogBytes(1 << 16);
    }

    @Override
    int work() {
        return gateway.doWork() + sequencer.doWork();
    }

    @Override
    void scrap() {
        gateway = null;
        sequencer = null;
    }

    long count(final GatewayCounter counter) {
        return gateway == null ? 0 : gateway.counters().get(counter);
    }
}
