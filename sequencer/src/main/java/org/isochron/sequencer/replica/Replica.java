package org.isochron.sequencer.replica;

import java.util.Arrays;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.StateHashReportDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.FaultRecord;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.VenueClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's copy of the venue: takes the frames of the log in strict order, checks each one's chain, appends it to its
 * own journal, applies it, and hands the events to its outlets.
 *
 * <p>A duplicate is compared with what was applied and dropped; a difference stops the replica. A gap is filled from
 * other journals. At start everything in the own journal is applied first; until the node has met the head of the log it
 * publishes nothing. Every {@value #REPORT_INTERVAL} commands it reports its state hashes, and stops when a majority
 * reports others. At a SnapshotMark it has its state copied, if it was given somebody to do that.
 */
public final class Replica implements Agent {
    /** Commands between two reports of state hashes. */
    public static final int REPORT_INTERVAL = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final int RECOVER_LIMIT = 512;
    private static final int FILL_LIMIT = 256;
    private static final int LIVE_LIMIT = 32;

    /** Where a replica stands. */
    public enum Phase {
        /** Applies its own journal. */
        RECOVERING,
        /** Follows the log, not at its head yet; publishes nothing. */
        CATCHING_UP,
        /** At the head of the log. */
        LIVE,
        /** Stopped for good by a {@link ReplicaException}. */
        FAILED
    }

    private final String name;
    private final StateMachine machine;
    private Inbound log;
    private final Journal journal;
    private final GapSource gapSource;
    private final VenueClock clock;
    private final Outlet[] outlets;
    private final HashReports hashReports;
    private final EpochPromise promise;
    private final FaultRecord faults;

    private final Frame arriving = new Frame();
    private final Frame applying = new Frame();
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final EventBatch batch = new EventBatch();
    private final CommandLook look = new CommandLook();
    private final RecentChains chains = new RecentChains();
    private final LogWatch logWatch = new LogWatch();
    private final EarlyFrames early = new EarlyFrames();
    private final MessageHandler logHandler = this::onLogMessage;
    private final FrameHandler recoveryHandler = this::onRecovered;
    private final FrameHandler gapHandler = this::onFilled;

    /** Whether some outlet takes part in recovery: it may hold it back, so commands are applied one by one then. */
    private final boolean isRecoveryHeld;

    private Supplier<Inbound> resubscription;
    private JournalReader recovery;
    private Snapshots snapshots;

    private volatile Phase phase = Phase.RECOVERING;
    private volatile long sequence;
    private long chain;
    private int epoch;
    private boolean isFillRefused;
    private long highestSeen;
    private int outletsServed;
    private boolean batchPending;
    private boolean isBatchLive;
    private boolean fromLog;

    private long duplicates;
    private long gapsFilled;
    private long fencedFrames;
    private long damagedFrames;

    /**
     * @param name      for messages and threads.
     * @param log       the sequencer's stream.
     * @param journal   the node's own, verified on opening.
     * @param gapSource other nodes' journals.
     * @param voters    nodes configured to report state hashes, this one included.
     * @param reporter  carries the state hashes.
     * @param outlets   what is done with the events, in this order: public before private.
     */
    public Replica(
            final String name,
            final StateMachine machine,
            final Inbound log,
            final Journal journal,
            final GapSource gapSource,
            final VenueClock clock,
            final int voters,
            final HashReporter reporter,
            final Outlet... outlets) {
        this.name = name;
        this.machine = machine;
        this.log = log;
        this.journal = journal;
        this.gapSource = gapSource;
        this.clock = clock;
        this.outlets = outlets.clone();
        this.isRecoveryHeld = Arrays.stream(outlets).anyMatch(Outlet::takesPartInRecovery);
        this.hashReports = new HashReports(machine, voters, reporter);
        this.promise = journal.promise();
        this.faults = journal.faults();
        this.recovery = journal.newReader();
        recovery.seek(1);
    }

    /**
     * The core has taken over the state of a snapshot: only what comes behind it is applied. Before the first duty cycle.
     *
     * @param snapshot what it says of itself; its last command is in the own journal.
     */
    public void beginBehind(final SnapshotHeader snapshot) {
        sequence = snapshot.sequence();
        epoch = snapshot.epoch();
        chain = snapshot.chain();
        chains.begin(sequence, chain);
        recovery.seek(sequence + 1);
    }

    /** How to subscribe to the log anew when it goes on and this node does not hear it. */
    public void resubscription(final Supplier<Inbound> newSubscription) {
        resubscription = newSubscription;
    }

    /** Who copies the state at marks; closed with the replica. */
    public void snapshots(final Snapshots taker) {
        snapshots = taker;
    }

    @Override
    public String roleName() {
        return name;
    }

    @Override
    public int doWork() {
        if (phase == Phase.FAILED) {
            return 0;
        }
        int work = 0;
        for (final Outlet outlet : outlets) {
            work += outlet.doWork(clock.monotonicNs());
        }
        work += promiseEpoch() + hashReports.send();
        if (batchPending && !serveOutlets()) {
            return work;
        }
        if (phase == Phase.RECOVERING) {
            return work + recover();
        }
        final int heard = log.poll(logHandler, LIVE_LIMIT);
        work += heard + watch(heard);
        if (highestSeen > sequence) {
            work += takeEarly();
        }
        if (highestSeen > sequence && !early.beginsWith(sequence + 1)) {
            work += fillGap();
        }
        return work;
    }

    /** A log that brings nothing may be at rest or out of hearing: other nodes' journals tell which. */
    private int watch(final int heard) {
        final long nowNs = clock.monotonicNs();
        if (heard > 0) {
            if (logWatch.isSilent()) {
                LOG.warn("{} hears the log again, at sequence {}", name, sequence);
            }
            logWatch.heard(nowNs);
            return 0;
        }
        final boolean wasSilent = logWatch.isSilent();
        if (!logWatch.isTimeToAsk(nowNs) || gapSource.isEmpty() || highestSeen > sequence || batchPending) {
            return 0;
        }
        if (!wasSilent) {
            LOG.warn("{} hears nothing of the log behind sequence {}: other nodes are asked", name, sequence);
        }
        return askWhetherTheLogWentOn(nowNs);
    }

    private int askWhetherTheLogWentOn(final long nowNs) {
        isFillRefused = false;
        final int count = gapSource.poll(sequence + 1, gapHandler);
        if (isFillRefused) {
            gapSource.passOver();
        }
        if (count == 0 || isFillRefused) {
            if (!gapSource.isPending()) {
                logWatch.nothingNewer(nowNs);
            }
            return 0;
        }
        gapsFilled++;
        if (logWatch.wentOnUnheard()) {
            LOG.error("{} does not hear the log, which goes on: it follows other nodes and subscribes anew", name);
            if (resubscription != null) {
                log.close();
                log = resubscription.get();
            }
        }
        return count;
    }

    /** On the disk before it is answered; from then on a sequencer of a lower epoch is not heard. */
    private int promiseEpoch() {
        final int requested = promise.requested();
        if (requested <= promise.promised() || phase == Phase.RECOVERING) {
            return 0;
        }
        promise.promise(requested, sequence, chain);
        return 1;
    }

    private int recover() {
        int count = 0;
        if (isRecoveryHeld) {
            while (count < RECOVER_LIMIT && !batchPending && recovery.poll(recoveryHandler, 1) > 0) {
                count++;
            }
        } else {
            count = recovery.poll(recoveryHandler, RECOVER_LIMIT);
        }
        if (sequence == journal.lastSequence()) {
            recovery.close();
            recovery = null;
            phase = Phase.CATCHING_UP;
            return count + 1;
        }
        return count;
    }

    private void onRecovered(final DirectBuffer buffer, final int offset, final int length) {
        arriving.wrap(buffer, offset);
        fromLog = false;
        accept(arriving);
    }

    private boolean onLogMessage(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (batchPending) {
            return false;
        }
        arriving.wrap(buffer, offset);
        final String damage = arriving.damage(length);
        if (damage != null) {
            damagedFrames++;
            return true;
        }
        if (Integer.compareUnsigned(arriving.epoch(), Math.max(epoch, promise.promised())) < 0) {
            fencedFrames++;
            return true;
        }
        if (arriving.frameType() == FrameType.HEARTBEAT) {
            onHeartbeat(arriving);
            return true;
        }
        final long arrived = arriving.sequence();
        if (arrived <= sequence) {
            onDuplicate(arriving);
        } else if (arrived == sequence + 1) {
            if (arrived >= highestSeen) {
                becomeLive();
            }
            fromLog = true;
            accept(arriving);
        } else {
            highestSeen = Math.max(highestSeen, arrived);
            early.add(arriving);
        }
        return true;
    }

    private void onHeartbeat(final Frame heartbeat) {
        final long last = heartbeat.sequence() - 1;
        if (last > sequence) {
            highestSeen = Math.max(highestSeen, last);
        } else if (last == sequence) {
            if (heartbeat.prevChain() != chain) {
                throw fail(
                        ReplicaException.Reason.LOG_FORK,
                        last,
                        String.format(
                                "the log's chain after %d is %016x, own is %016x", last, heartbeat.prevChain(), chain),
                        null);
            }
            becomeLive();
        }
    }

    private void onDuplicate(final Frame frame) {
        duplicates++;
        if (chains.contradict(frame)) {
            throw fail(
                    ReplicaException.Reason.LOG_FORK,
                    frame.sequence(),
                    "a second, different frame " + frame.sequence() + " arrived; " + sequence + " is applied",
                    null);
        }
    }

    /** What arrived before its turn, when its turn has come. */
    private int takeEarly() {
        int count = 0;
        while (count < FILL_LIMIT && !batchPending && early.beginsWith(sequence + 1)) {
            arriving.wrap(early.first().buffer(), early.first().offset());
            if (Integer.compareUnsigned(arriving.epoch(), Math.max(epoch, promise.promised())) < 0) {
                // Promised since it arrived.
                fencedFrames++;
                early.clear();
                return count;
            }
            fromLog = true;
            accept(arriving);
            early.removeFirst();
            count++;
        }
        return count;
    }

    private int fillGap() {
        if (gapSource.isEmpty()) {
            throw fail(
                    ReplicaException.Reason.GAP_UNFILLABLE,
                    sequence + 1,
                    "frame " + (sequence + 1) + " is missing, the log stands at " + highestSeen
                            + ", and no other journal is configured",
                    null);
        }
        int count = 0;
        while (count < FILL_LIMIT && highestSeen > sequence && !early.beginsWith(sequence + 1) && !batchPending) {
            isFillRefused = false;
            if (gapSource.poll(sequence + 1, gapHandler) == 0) {
                break;
            }
            if (isFillRefused) {
                gapSource.passOver();
                break;
            }
            count++;
        }
        gapsFilled += count;
        return count;
    }

    private void onFilled(final DirectBuffer buffer, final int offset, final int length) {
        arriving.wrap(buffer, offset);
        if (isOfFencedEpoch(arriving)) {
            isFillRefused = true;
            return;
        }
        fromLog = true;
        accept(arriving);
    }

    /**
     * The journal of a sequencer that was replaced may go on behind the place where the promised epoch begins. A frame of a
     * lower epoch is taken only up to there, and none before the promotion has said where that is. Behind a frame of the new
     * epoch there is none of the old one, whatever a node says that has not heard of the promotion.
     */
    private boolean isOfFencedEpoch(final Frame frame) {
        return frame.epoch() < epoch
                || frame.epoch() < promise.promised()
                        && epoch < promise.promised()
                        && frame.sequence() > promise.baseSequence();
    }

    private void accept(final Frame frame) {
        final long next = sequence + 1;
        if (frame.sequence() != next || frame.prevChain() != chain) {
            throw fail(
                    ReplicaException.Reason.LOG_FORK,
                    next,
                    String.format(
                            "frame %d says its predecessor's chain is %016x; after %d the own chain is %016x",
                            frame.sequence(), frame.prevChain(), sequence, chain),
                    null);
        }
        frameBuffer.putBytes(0, frame.buffer(), frame.offset(), frame.length());
        applying.wrap(frameBuffer, 0);
        if (fromLog) {
            journal.append(frameBuffer, 0, applying.length());
            chain = journal.lastChain();
        } else {
            chain = applying.chain();
        }
        chains.add(next, chain);
        epoch = applying.epoch();
        apply(next);
        sequence = next;
        afterApply(next);
    }

    private void apply(final long next) {
        batch.begin(applying);
        if (faults.isSkipped(next)) {
            return;
        }
        try {
            machine.onCommand(applying, batch);
            tellFault(next, machine.takeFault());
        } catch (final RuntimeException | Error ex) {
            faults.stopped(next);
            throw fail(ReplicaException.Reason.CORE_FAILED, next, "the core failed on command " + next + ": " + ex, ex);
        }
    }

    private void tellFault(final long at, final RuntimeException fault) {
        if (fault != null) {
            LOG.error("{}: command {} met a fault of the core and was rejected", name, at, fault);
        }
    }

    private void afterApply(final long applied) {
        final boolean stopping = countVoteOrStop();
        if (stopping || applied % REPORT_INTERVAL == 0) {
            hashReports.take(applied, stopping, phase == Phase.LIVE);
        }
        isBatchLive = phase == Phase.LIVE;
        if (isBatchLive || isRecoveryHeld) {
            batchPending = true;
            outletsServed = 0;
            serveOutlets();
        }
    }

    /** Returns true when the venue asks for a report here. */
    private boolean countVoteOrStop() {
        switch (look.at(applying, batch)) {
            case HASH_REPORT -> countVote(look.hashReport(applying));
            case SNAPSHOT_MARK -> {
                if (snapshots != null && phase == Phase.LIVE) {
                    snapshots.onMark(applying, chain);
                }
            }
            case SKIP -> requireSkipped(look.skipped(applying));
            case STOPPING -> {
                return true;
            }
            default -> {
                // For the core alone.
            }
        }
        return false;
    }

    /** What this core has applied cannot be taken back: a node that meets this starts again and builds its state without it. */
    private void requireSkipped(final long skipped) {
        if (!faults.isSkipped(skipped)) {
            faults.skip(skipped, applying.sequence());
            throw fail(
                    ReplicaException.Reason.SKIPPED,
                    applying.sequence(),
                    "command " + skipped + " was applied here, and command " + applying.sequence()
                            + " says it is skipped; start the node again, it then passes it over",
                    null);
        }
    }

    private void countVote(final StateHashReportDecoder hashReport) {
        final String contradicted = hashReports.count(applying.source(), hashReport);
        if (contradicted != null) {
            throw fail(ReplicaException.Reason.DIVERGED, hashReport.atSequence(), contradicted, null);
        }
    }

    private boolean serveOutlets() {
        while (outletsServed < outlets.length) {
            final Outlet outlet = outlets[outletsServed];
            if ((isBatchLive || outlet.takesPartInRecovery()) && !outlet.onEvents(applying, batch)) {
                return false;
            }
            outletsServed++;
        }
        batchPending = false;
        return true;
    }

    private void becomeLive() {
        if (phase == Phase.CATCHING_UP) {
            phase = Phase.LIVE;
            for (final Outlet outlet : outlets) {
                outlet.onLive();
            }
        }
    }

    private ReplicaException fail(
            final ReplicaException.Reason reason, final long at, final String message, final Throwable cause) {
        phase = Phase.FAILED;
        return new ReplicaException(reason, at, name + " stops: " + message, cause);
    }

    /** Whether the log brings nothing, not even heartbeats. May be read from any thread. */
    public boolean isLogSilent() {
        return logWatch.isSilent();
    }

    /** Whether the log goes on without being heard here. May be read from any thread. */
    public boolean isDeaf() {
        return logWatch.isDeaf();
    }

    /** How often the log fell silent. May be read from any thread. */
    public long silences() {
        return logWatch.silences();
    }

    /** Last command applied. May be read from any thread. */
    public long sequence() {
        return sequence;
    }

    /** Hash over the four nouns at the last report; 0 before the first. May be read from any thread. */
    public long lastReportedHash() {
        return hashReports.lastHash();
    }

    /** How many nodes have reported their hashes at the stop of the venue. May be read from any thread. */
    public int stopVotes() {
        return hashReports.stopVotes();
    }

    /** Sequence of the newest snapshot taken and verified since the start, 0 before the first. Any thread. */
    public long snapshotSequence() {
        return snapshots == null ? 0 : snapshots.newestSequence();
    }

    /** May be read from any thread. */
    public Phase phase() {
        return phase;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Frames that came from other nodes' journals. */
    public long gapsFilled() {
        return gapsFilled;
    }

    /** Frames of an older epoch, dropped. */
    public long fencedFrames() {
        return fencedFrames;
    }

    /** Frames that arrived damaged, dropped and filled like a gap. */
    public long damagedFrames() {
        return damagedFrames;
    }

    @Override
    public void onClose() {
        for (final Outlet outlet : outlets) {
            outlet.close();
        }
        if (recovery != null) {
            recovery.close();
        }
        gapSource.close();
        if (snapshots != null) {
            snapshots.close();
        }
        log.close();
        journal.close();
    }
}
