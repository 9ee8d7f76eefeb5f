package org.isochron.replay.script;

import org.isochron.codecs.ClockTickDecoder;
import org.isochron.codecs.EpochStartDecoder;
import org.isochron.codecs.GatewayAliveDecoder;
import org.isochron.codecs.GatewayStartDecoder;
import org.isochron.codecs.NodeStatusDecoder;
import org.isochron.codecs.SessionClosedDecoder;
import org.isochron.codecs.SessionOpenDecoder;
import org.isochron.codecs.frame.FrameType;
import org.isochron.codecs.shape.SessionMessage;

/** Who makes a command. */
enum Origin {
    SESSION(FrameType.SESSION),
    GATEWAY(FrameType.GATEWAY),
    SEQUENCER(FrameType.SEQUENCER);

    private final int frameType;

    Origin(final int frameType) {
        this.frameType = frameType;
    }

    int frameType() {
        return frameType;
    }

    /** Who makes messages of that template in a running venue; null when it is not a command. */
    static Origin of(final int templateId) {
        if (SessionMessage.isNumbered(templateId)) {
            return SESSION;
        }
        return switch (templateId) {
            case GatewayStartDecoder.TEMPLATE_ID,
                    GatewayAliveDecoder.TEMPLATE_ID,
                    SessionOpenDecoder.TEMPLATE_ID,
                    SessionClosedDecoder.TEMPLATE_ID -> GATEWAY;
            case ClockTickDecoder.TEMPLATE_ID, EpochStartDecoder.TEMPLATE_ID, NodeStatusDecoder.TEMPLATE_ID ->
                SEQUENCER;
            default -> null;
        };
    }
}
