package org.isochron.sequencer.replica;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;

/** The one number that stands for a venue's whole state: XXH64 over the noun hashes, in order, as little-endian bytes. */
public final class StateHash {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Noun.COUNT * Long.BYTES]);

    /** Hash over the nouns of that core as they are now. */
    public long of(final StateMachine machine) {
        for (int noun = 0; noun < Noun.COUNT; noun++) {
            buffer.putLong(noun * Long.BYTES, machine.hash(Noun.of(noun)), LITTLE_ENDIAN);
        }
        return XxHash64.hash(buffer, 0, buffer.capacity());
    }
}
