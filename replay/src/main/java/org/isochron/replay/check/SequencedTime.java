package org.isochron.replay.check;

import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.MessageShape;

/**
 * Sequenced time strictly increases, a clock tick stands on every multiple of 100 ms of it unless there was a pause, and
 * an epoch begins with its EpochStart, exactly one higher than the one before.
 */
public final class SequencedTime extends Invariant {
    private static final long TICK_NS = 100_000_000;
    private static final long GAP_NS = 2_000_000_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ClockTickDecoder tick = new ClockTickDecoder();
    private final EpochStartDecoder epochStart = new EpochStartDecoder();
    private long lastTimestampNs;
    private long lastChain;
    private int lastEpoch;

    public SequencedTime() {
        super("sequenced-time");
    }

    @Override
    protected void onJournaled(final Frame frame) {
        final long timestampNs = frame.timestampNs();
        if (timestampNs <= lastTimestampNs) {
            throw broken(
                    "frame " + frame.sequence() + " is stamped " + timestampNs + ", the one before " + lastTimestampNs);
        }
        final int templateId = templateId(frame);
        final boolean starts = templateId == EpochStartDecoder.TEMPLATE_ID;
        checkEpoch(frame, starts);
        checkTick(frame, templateId == ClockTickDecoder.TEMPLATE_ID, starts);
        lastTimestampNs = timestampNs;
        lastEpoch = frame.epoch();
        lastChain = frame.chain();
    }

    private int templateId(final Frame frame) {
        return frame.frameType() == FrameType.SEQUENCER ? MessageShape.templateId(frame) : 0;
    }

    private void checkEpoch(final Frame frame, final boolean starts) {
        if (frame.epoch() != lastEpoch + (starts ? 1 : 0)) {
            throw broken("frame " + frame.sequence() + " is of epoch " + frame.epoch() + " after epoch " + lastEpoch);
        }
        if (starts) {
            epochStart.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            if (epochStart.prevChain() != lastChain || epochStart.baseSequence() != frame.sequence()) {
                throw broken(
                        "the start of epoch " + frame.epoch() + " does not continue the log at " + frame.sequence());
            }
        }
    }

    private void checkTick(final Frame frame, final boolean ticks, final boolean starts) {
        final long timestampNs = frame.timestampNs();
        if (ticks) {
            tick.wrapAndApplyHeader(frame.buffer(), frame.payloadOffset(), header);
            if (timestampNs % TICK_NS != 0 || tick.tickTimeNs() != timestampNs) {
                throw broken("clock tick " + frame.sequence() + " stands at " + timestampNs + ", off the grid");
            }
        } else if (!starts && timestampNs - lastTimestampNs <= GAP_NS) {
            final long lastGrid = timestampNs - timestampNs % TICK_NS;
            if (lastTimestampNs < lastGrid && timestampNs > lastGrid) {
                throw broken("no clock tick stands between frames " + (frame.sequence() - 1) + " and "
                        + frame.sequence() + " at " + lastGrid);
            }
        }
    }
}
