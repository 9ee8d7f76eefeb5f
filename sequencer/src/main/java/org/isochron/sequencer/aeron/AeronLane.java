package org.isochron.sequencer.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.isochron.sequencer.edge.MessageHandler;

/**
 * One image: what one publication of one sender sends here. Nobody of ours sends more than fits a fragment; when a stranger
 * does, each piece is handed over like a message of its own, and refused like one.
 */
final class AeronLane implements ControlledFragmentHandler {
    private final int lane;
    private final Image image;
    private MessageHandler handler;
    private boolean passedOver;
    private Throwable failure;

    AeronLane(final int lane, final Image image) {
        this.lane = lane;
        this.image = image;
    }

    int lane() {
        return lane;
    }

    Image image() {
        return image;
    }

    /** A new poll begins: whoever was passed over gets another chance. */
    void beginPoll(final MessageHandler handler) {
        this.handler = handler;
        passedOver = false;
    }

    /** Offers the message at the head, if there is one and it was not refused before in this poll. */
    boolean pollOne() {
        if (passedOver) {
            return false;
        }
        final int taken = image.controlledPoll(this, 1);
        if (failure != null) {
            final Throwable thrown = failure;
            failure = null;
            LangUtil.rethrowUnchecked(thrown);
        }
        return taken > 0 && !passedOver;
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        try {
            if (handler.onMessage(lane, buffer, offset, length)) {
                return Action.COMMIT;
            }
        } catch (final RuntimeException | Error e) {
            // The image would log it and step over the message. It belongs to whoever polls.
            failure = e;
        }
        passedOver = true;
        return Action.ABORT;
    }
}
