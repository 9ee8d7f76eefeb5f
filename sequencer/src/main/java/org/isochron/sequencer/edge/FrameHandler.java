package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;

/** Takes one frame from a {@link JournalReader}; the bytes are valid only during the call. */
@FunctionalInterface
public interface FrameHandler {
    void onFrame(DirectBuffer buffer, int offset, int length);
}
