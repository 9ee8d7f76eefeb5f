package org.isochron.replay.script;

import org.isochron.codecs.ClockTickEncoder;
import org.isochron.codecs.EpochStartEncoder;
import org.isochron.codecs.GatewayAliveEncoder;
import org.isochron.codecs.GatewayStartEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.sequencer.gateway.GatewayAgent;
import org.isochron.sequencer.sequence.SequencerAgent;

/**
 * What sequencer and gateway sequence of their own accord while time passes: the start of the epoch, a ClockTick exactly
 * on every multiple of {@link SequencerAgent#TICK_NS}, and behind the tick on every multiple of
 * {@link GatewayAgent#ALIVE_INTERVAL_NS} a GatewayAlive. No frame is stamped past a tick that is due.
 */
final class Timeline {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ScriptLog log;
    private final Runnable afterFrame;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EpochStartEncoder epochStart = new EpochStartEncoder();
    private final GatewayStartEncoder gatewayStart = new GatewayStartEncoder();
    private final GatewayAliveEncoder gatewayAlive = new GatewayAliveEncoder();
    private final ClockTickEncoder clockTick = new ClockTickEncoder();
    private long nextTickNs;

    /**
     * @param afterFrame called behind each tick and each GatewayAlive; may sequence frames of its own.
     */
    Timeline(final ScriptLog log, final Runnable afterFrame) {
        this.log = log;
        this.afterFrame = afterFrame;
    }

    /** Begins the log at that time: EpochStart, then GatewayStart. */
    void begin(final long atNs) {
        nextTickNs = atNs - Math.floorMod(atNs, SequencerAgent.TICK_NS) + SequencerAgent.TICK_NS;
        epochStart
                .wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header)
                .epoch(ScriptLog.EPOCH)
                .sequencerId(ScriptLog.SEQUENCER_ID)
                .baseSequence(log.lastSequence() + 1)
                .prevChain(log.lastChain());
        log.fromSequencer(HEADER + EpochStartEncoder.BLOCK_LENGTH, atNs);
        gatewayStart
                .wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header)
                .gatewayId(ScriptLog.GATEWAY_ID)
                .reserved32(0)
                .incarnation(1);
        log.fromGateway(HEADER + GatewayStartEncoder.BLOCK_LENGTH, log.stamp(atNs));
    }

    /**
     * Sequences everything that is due before a frame that wants to stand at {@code atNs}. Encode that frame only
     * afterwards: the log has one buffer.
     *
     * @return the frame's stamp.
     */
    long clear(final long atNs) {
        long stampNs = log.stamp(atNs);
        while (nextTickNs <= stampNs) {
            tick();
            stampNs = log.stamp(atNs);
        }
        return stampNs;
    }

    private void tick() {
        final long tickNs = nextTickNs;
        nextTickNs += SequencerAgent.TICK_NS;
        clockTick.wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header).tickTimeNs(tickNs);
        log.fromSequencer(HEADER + ClockTickEncoder.BLOCK_LENGTH, tickNs);
        afterFrame.run();
        if (tickNs % GatewayAgent.ALIVE_INTERVAL_NS == 0) {
            alive();
        }
    }

    private void alive() {
        final long stampNs = clear(0);
        gatewayAlive
                .wrapAndApplyHeader(log.buffer(), ScriptLog.PAYLOAD, header)
                .gatewayId(ScriptLog.GATEWAY_ID)
                .reserved32(0);
        log.fromGateway(HEADER + GatewayAliveEncoder.BLOCK_LENGTH, stampNs);
        afterFrame.run();
    }
}
