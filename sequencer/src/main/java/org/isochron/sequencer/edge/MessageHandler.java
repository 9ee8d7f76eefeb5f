package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;

/** Takes one message from an {@link Inbound}. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * @param lane   sender it came from; never reused while the {@link Inbound} is open.
     * @param buffer holds the message; valid only during the call.
     * @return true when taken; false leaves it at the head of its lane, and the lane is passed over for the rest of this
     *         poll.
     */
    boolean onMessage(int lane, DirectBuffer buffer, int offset, int length);
}
