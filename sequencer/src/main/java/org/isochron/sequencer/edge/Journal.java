package org.isochron.sequencer.edge;

import org.agrona.DirectBuffer;

/**
 * An append-only sequence of frames with dense sequence numbers from 1, owned by one node and appended to by one
 * thread. Opening one verifies (CRC, chain, order) every frame that an earlier opening has not proven, and that none is
 * missing at the end; whoever reads a frame verifies it again.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends one frame. When this returns the frame survives the death of the process.
     *
     * @throws IllegalArgumentException when its sequence is not {@code lastSequence() + 1} or its prevChain is not
     *                                  {@link #lastChain()}.
     */
    void append(DirectBuffer buffer, int offset, int length);

    /** Sequence of the last frame, 0 when empty. */
    long lastSequence();

    /** Chain of the last frame, 0 when empty. */
    long lastChain();

    /** Epoch of the last frame, 0 when empty. */
    int lastEpoch();

    /** Timestamp of the last frame, 0 when empty. */
    long lastTimestampNs();

    /** A reader of its own, independent of the appender; close it. */
    JournalReader newReader();

    /** The promises about epochs that are kept beside it. */
    default EpochPromise promise() {
        return EpochPromise.NONE;
    }

    /** The faults of its owner's core that are kept beside it. */
    default FaultRecord faults() {
        return FaultRecord.NONE;
    }

    @Override
    void close();
}
