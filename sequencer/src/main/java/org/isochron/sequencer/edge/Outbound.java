package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;
import org.isochron.codecs.frame.Frame;

/** Messages that leave on one channel. Single-threaded, except where an implementation says otherwise. */
public interface Outbound extends AutoCloseable {
    /** Longest message in bytes: one fragment, so that no transport ever has to assemble. */
    int MAX_MESSAGE_LENGTH = Frame.MAX_LENGTH;

    /** Nobody receives, or too few do. */
    long NOT_CONNECTED = -1;
    /** Full for the moment: try again. */
    long BACK_PRESSURED = -2;
    /** Closed for good. */
    long CLOSED = -4;

    /**
     * Sends one message, or says why not. A positive result means accepted for sending, not delivered.
     *
     * @return the stream position behind the message, or one of the negative constants.
     * @throws IllegalArgumentException when it is longer than {@link #MAX_MESSAGE_LENGTH}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    boolean isConnected();

    /** True once everything up to {@code position} has left the sender towards the wire, or nothing will ever wait for it. */
    boolean hasSent(long position);

    @Override
    void close();
}
