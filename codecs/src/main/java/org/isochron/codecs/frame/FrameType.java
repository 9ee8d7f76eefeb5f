package org.isochron.codecs.frame;

/** Values of the frame header's {@code frameType}: who made the payload. */
public final class FrameType {
    /** A client's message, forwarded unchanged; {@code source} is its session. */
    public static final int SESSION = 1;
    /** Made by a gateway; {@code source} is the gateway's node id. */
    public static final int GATEWAY = 2;
    /** Made by the sequencer; {@code source} is the sequencer's node id. */
    public static final int SEQUENCER = 3;
    /** What nodes ask and tell each other besides the log, never journaled: {@code source} is the node that sends. */
    public static final int NODE = 14;
    /** Idle heartbeat on the log stream, never journaled: sequence = next, prevChain = chain of the last frame. */
    public static final int HEARTBEAT = 15;

    private FrameType() {}
}
