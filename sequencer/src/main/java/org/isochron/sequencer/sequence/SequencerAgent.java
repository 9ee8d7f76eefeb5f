package org.isochron.sequencer.sequence;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.EpochStartEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NodeState;
import org.isochron.codecs.NodeStatusEncoder;
import org.isochron.codecs.SnapshotMarkEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.sequencer.edge.EpochPromise;
import org.isochron.sequencer.edge.FrameHandler;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalReader;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stamps commands with their place in the total order: journal first, then the same bytes once on the log.
 *
 * <p>A run begins by republishing the journal's tail, which nobody may have received, then stamps EpochStart. Time is
 * {@link SequencedTime}, strictly increasing; a ClockTick stands exactly on every multiple of {@link #TICK_NS}, before
 * any command of a later time, but for a pause of more than {@link #GAP_NS}: time goes on through it and the ticks do not. A frame that the log does not take at once is offered again, alone, until it does; nothing
 * is stamped meanwhile, nor while too few replicas receive. No allocation per frame.
 *
 * <p>An orderly stop has two steps, because the replicas' last hash reports come back as commands: {@link #requestStop()}
 * stamps NodeStatus STOPPING and goes on stamping, {@link #finish()} ends the log. Both may be called from any thread;
 * everything else belongs to the agent's.
 */
public final class SequencerAgent implements Agent {
    /** The grid of clock ticks in sequenced time. */
    public static final long TICK_NS = 100_000_000;

    /** A pause longer than this is a gap, to the core as to everybody: it shows as one, not as ticks made up afterwards. */
    public static final long GAP_NS = 2_000_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(SequencerAgent.class);
    private static final int PAYLOAD = Frame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;

    private enum Phase {
        REPUBLISHING,
        STARTING,
        RUNNING,
        STOPPED
    }

    private final SequencerConfig config;
    private final Transport transport;
    private final Inbound commands;
    private final Outbound log;
    private final Journal journal;
    private final VenueClock clock;
    private final SequencerStatus status;
    private final SequencedTime time;
    private final EpochPromise promise;
    private final int epoch;

    private final MessageHandler commandHandler = this::onCommand;
    private final FrameHandler tailHandler = this::onTailFrame;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final UnsafeBuffer heartbeat = new UnsafeBuffer(new byte[Frame.HEADER_LENGTH]);
    private final Frame arriving = new Frame();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ClockTickEncoder clockTick = new ClockTickEncoder();
    private final EpochStartEncoder epochStart = new EpochStartEncoder();
    private final NodeStatusEncoder nodeStatus = new NodeStatusEncoder();
    private final SnapshotMarkEncoder snapshotMark = new SnapshotMarkEncoder();

    private volatile boolean stopRequested;
    private volatile NodeState condition;
    private NodeState stampedCondition;
    private volatile boolean finishRequested;

    private Phase phase;
    private JournalReader tail;
    private int pendingLength;
    private long lastSequence;
    private long lastChain;
    private long lastTimestampNs;
    private long nextTickNs;
    private long monotonicNs;
    private long nowNs;
    private long lastPublishedNs;
    /** Multiples of the interval of snapshots that have had their mark. */
    private long marks;

    /**
     * Takes over its inbound, outbound and journal: they are closed with the agent.
     *
     * @param transport driven by this agent, not closed with it.
     * @param commands unstamped frames from the gateways.
     * @param log      to the replicas; connected only while enough of them receive.
     * @param status   written by this agent alone.
     */
    public SequencerAgent(
            final SequencerConfig config,
            final Transport transport,
            final Inbound commands,
            final Outbound log,
            final Journal journal,
            final VenueClock clock,
            final SequencerStatus status) {
        this.config = config;
        this.transport = transport;
        this.commands = commands;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
        this.status = status;
        promise = journal.promise();
        epoch = promise.start(journal.lastEpoch());
        lastSequence = journal.lastSequence();
        lastChain = journal.lastChain();
        lastTimestampNs = journal.lastTimestampNs();
        monotonicNs = clock.monotonicNs();
        time = new SequencedTime(clock.wallNs(), monotonicNs, lastTimestampNs);
        status.lastSequence(lastSequence);
        marks = multiplesOfSnapshotInterval();
        phase = Phase.REPUBLISHING;
    }

    @Override
    public String roleName() {
        return "sequencer-" + config.sequencerId();
    }

    /** Begins an orderly stop: NodeStatus STOPPING is stamped, commands go on being stamped. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Makes a condition of this machine known to the core, once for each change: {@link NodeState#DISK_LOW}, {@link
     * NodeState#RECOVERED}. Any thread.
     */
    public void report(final NodeState newCondition) {
        condition = newCondition;
    }

    /** Ends the log behind the frame stamped last; {@link #isStopped()} tells when. */
    public void finish() {
        finishRequested = true;
    }

    /** Whether the log has ended: nothing will be stamped any more, and what was stamped is published. */
    public boolean isStopped() {
        return status.isStopped();
    }

    /** Sequence of the last frame. */
    public long lastSequence() {
        return status.lastSequence();
    }

    @Override
    public int doWork() {
        checkNotFenced();
        monotonicNs = clock.monotonicNs();
        int work = transport.doWork();
        status.connected(log.isConnected());
        if (pendingLength > 0) {
            if (!publish()) {
                return work + finishUnheard();
            }
            work++;
        }
        switch (phase) {
            case REPUBLISHING:
                return work + republishTail();
            case STARTING:
                return work + startEpoch();
            case RUNNING:
                return work + run();
            case STOPPED:
            default:
                return work;
        }
    }

    @Override
    public void onClose() {
        if (tail != null) {
            tail.close();
        }
        commands.close();
        log.close();
        journal.close();
    }

    /** Asked before every stamp, because this thread may have slept while another sequencer was promoted. */
    private void checkNotFenced() {
        if (promise.requested() > epoch) {
            throw new IllegalStateException(
                    "epoch " + promise.requested() + " was given to another sequencer, this one (epoch " + epoch
                            + ") is fenced at sequence " + lastSequence);
        }
    }

    private int republishTail() {
        if (finishRequested) {
            return stop();
        }
        if (!status.isConnected()) {
            return 0;
        }
        if (tail == null) {
            tail = journal.newReader();
            tail.seek(Math.max(1, lastSequence - config.tailFrames() + 1));
        }
        int work = 0;
        while (work < config.commandsPerCycle() && pendingLength == 0 && tail.nextSequence() <= lastSequence) {
            if (tail.poll(tailHandler, 1) == 0) {
                throw new IllegalStateException("the journal's reader ends before frame " + tail.nextSequence()
                        + ", its appender stands at " + lastSequence);
            }
            work++;
            publish();
        }
        if (pendingLength == 0 && tail.nextSequence() > lastSequence) {
            tail.close();
            tail = null;
            phase = Phase.STARTING;
        }
        return work;
    }

    private void onTailFrame(final DirectBuffer buffer, final int offset, final int length) {
        frame.putBytes(0, buffer, offset, length);
        pendingLength = length;
    }

    private int startEpoch() {
        if (finishRequested) {
            return stop();
        }
        if (!status.isConnected()) {
            return 0;
        }
        status.epoch(epoch);
        nowNs = time.nowNs(monotonicNs);
        epochStart
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .epoch(epoch)
                .sequencerId(config.sequencerId())
                .baseSequence(lastSequence + 1)
                .prevChain(lastChain);
        final long timestampNs = nextTimestampNs();
        nextTickNs = tickAfter(timestampNs);
        phase = Phase.RUNNING;
        stampOwn(
                EpochStartEncoder.BLOCK_LENGTH,
                timestampNs,
                promise.isLossAccepted(epoch) ? Frame.LOSS_ACCEPTED_FLAG : 0);
        return 1;
    }

    private int run() {
        if (finishRequested) {
            return stop();
        }
        if (!status.isConnected()) {
            return 0;
        }
        nowNs = time.nowNs(monotonicNs);
        int work = stampDueTicks(config.commandsPerCycle());
        work += stampCondition() + stampMark() + stampStopping();
        if (pendingLength == 0) {
            work += commands.poll(commandHandler, config.commandsPerCycle());
        }
        return work + heartbeatWhenSilent();
    }

    /** Stamps at most {@code limit} ticks that the next command must not overtake. */
    private int stampDueTicks(final int limit) {
        if (nextTimestampNs() - lastTimestampNs > GAP_NS) {
            nextTickNs = tickAfter(nextTimestampNs());
            return 0;
        }
        int stamped = 0;
        while (stamped < limit && pendingLength == 0 && nextTickNs <= nextTimestampNs()) {
            clockTick.wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header).tickTimeNs(nextTickNs);
            final long tickNs = nextTickNs;
            nextTickNs += TICK_NS;
            stampOwn(ClockTickEncoder.BLOCK_LENGTH, tickNs);
            stamped++;
        }
        return stamped;
    }

    private static long tickAfter(final long timestampNs) {
        return timestampNs - Math.floorMod(timestampNs, TICK_NS) + TICK_NS;
    }

    private int stampMark() {
        if (multiplesOfSnapshotInterval() == marks || pendingLength > 0 || nextTickNs <= nextTimestampNs()) {
            return 0;
        }
        marks = multiplesOfSnapshotInterval();
        snapshotMark
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .seqNum(SnapshotMarkEncoder.seqNumNullValue())
                .reserved32(0);
        stampOwn(SnapshotMarkEncoder.BLOCK_LENGTH, nextTimestampNs());
        return 1;
    }

    private long multiplesOfSnapshotInterval() {
        final int interval = config.snapshotInterval();
        return interval == SequencerConfig.NO_SNAPSHOTS ? 0 : lastSequence / interval;
    }

    private int stampStopping() {
        if (!stopRequested || status.stopSequence() != 0 || pendingLength > 0 || nextTickNs <= nextTimestampNs()) {
            return 0;
        }
        encodeStatus(NodeState.STOPPING);
        status.stopSequence(lastSequence + 1);
        stampOwn(NodeStatusEncoder.BLOCK_LENGTH, nextTimestampNs());
        return 1;
    }

    private int stampCondition() {
        final NodeState now = condition;
        if (now == stampedCondition || pendingLength > 0 || nextTickNs <= nextTimestampNs()) {
            return 0;
        }
        encodeStatus(now);
        stampedCondition = now;
        stampOwn(NodeStatusEncoder.BLOCK_LENGTH, nextTimestampNs());
        return 1;
    }

    private void encodeStatus(final NodeState state) {
        nodeStatus
                .wrapAndApplyHeader(frame, Frame.HEADER_LENGTH, header)
                .nodeId(config.sequencerId())
                .state(state)
                .reserved8((short) 0)
                .reserved16(0);
    }

    private boolean onCommand(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        if (pendingLength > 0) {
            return false;
        }
        final String fault = fault(buffer, offset, length);
        if (fault != null) {
            status.commandRefused();
            status.commandTaken();
            LOG.error("command {} refused since start, lane {}: {}", status.commandsRefused(), lane, fault);
            return true;
        }
        stampDueTicks(1);
        if (pendingLength > 0 || nextTickNs <= nextTimestampNs()) {
            return false;
        }
        frame.putBytes(0, buffer, offset, length);
        status.commandTaken();
        stamp(length, nextTimestampNs());
        return true;
    }

    /** What keeps bytes from being an unstamped frame, in words; null when nothing does. */
    private String fault(final DirectBuffer buffer, final int offset, final int length) {
        if (length < PAYLOAD || length > Frame.MAX_LENGTH) {
            return "a frame of " + length + " bytes, " + PAYLOAD + ".." + Frame.MAX_LENGTH + " are possible";
        }
        arriving.wrap(buffer, offset);
        if (arriving.length() != length) {
            return "its header says " + arriving.length() + " bytes, " + length + " arrived";
        }
        final int type = arriving.frameType();
        if (type != FrameType.SESSION && type != FrameType.GATEWAY) {
            return "frame type " + type + ", a gateway sends " + FrameType.SESSION + " or " + FrameType.GATEWAY;
        }
        if (arriving.schemaVersion() != Frame.SCHEMA_VERSION) {
            return "schema version " + arriving.schemaVersion() + ", " + Frame.SCHEMA_VERSION + " is spoken here";
        }
        if (arriving.sequence() != 0) {
            return "it already carries sequence " + arriving.sequence();
        }
        return null;
    }

    private void stampOwn(final int blockLength, final long timestampNs) {
        stampOwn(blockLength, timestampNs, 0);
    }

    private void stampOwn(final int blockLength, final long timestampNs, final int flags) {
        final int payloadLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        Frame.encodeUnstamped(frame, 0, payloadLength, FrameType.SEQUENCER, config.sequencerId(), 0, 0, 0);
        frame.putInt(Frame.FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        stamp(Frame.HEADER_LENGTH + payloadLength, timestampNs);
    }

    private void stamp(final int length, final long timestampNs) {
        checkNotFenced();
        final long sequence = lastSequence + 1;
        final long chain = Frame.stamp(frame, 0, epoch, sequence, timestampNs, lastChain);
        journal.append(frame, 0, length);
        lastSequence = sequence;
        lastChain = chain;
        lastTimestampNs = timestampNs;
        pendingLength = length;
        status.lastSequence(sequence);
        publish();
    }

    /** Offers the stamped frame; false leaves it pending. */
    private boolean publish() {
        final long result = log.offer(frame, 0, pendingLength);
        if (result == Outbound.CLOSED) {
            throw new IllegalStateException("the log is closed, frame " + lastSequence + " cannot be published");
        }
        final boolean isPublished = result > 0;
        if (isPublished) {
            pendingLength = 0;
            lastPublishedNs = monotonicNs;
        }
        status.backPressured(result == Outbound.BACK_PRESSURED);
        return isPublished;
    }

    private int heartbeatWhenSilent() {
        if (pendingLength > 0 || monotonicNs - lastPublishedNs < config.heartbeatIntervalNs()) {
            return 0;
        }
        Frame.encodeUnstamped(heartbeat, 0, 0, FrameType.HEARTBEAT, config.sequencerId(), 0, 0, 0);
        Frame.stamp(heartbeat, 0, epoch, lastSequence + 1, nextTimestampNs(), lastChain);
        if (log.offer(heartbeat, 0, Frame.HEADER_LENGTH) <= 0) {
            return 0;
        }
        lastPublishedNs = monotonicNs;
        return 1;
    }

    /** At an ordered end nobody may be left to hear the last frame: it is in the journal, the next run republishes it. */
    private int finishUnheard() {
        if (finishRequested && !status.isConnected() && phase != Phase.STOPPED) {
            LOG.warn("the log ends at {}, which too few replicas are left to receive", lastSequence);
            pendingLength = 0;
            return stop();
        }
        return 0;
    }

    private int stop() {
        phase = Phase.STOPPED;
        status.stopped();
        return 1;
    }

    private long nextTimestampNs() {
        return Math.max(lastTimestampNs + 1, nowNs);
    }
}
