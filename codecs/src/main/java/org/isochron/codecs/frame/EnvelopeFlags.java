package org.isochron.codecs.frame;

/** Bits of the field {@code flags} of a TransportEnvelope. */
public final class EnvelopeFlags {
    /** The event is sent again: its receiver may have acted on it before. */
    public static final int POSS_RESEND = 1;
    /** The event is numbered as one of the drop copy of its firm. */
    public static final int DROP_COPY = 1 << 1;

    private EnvelopeFlags() {}
}
