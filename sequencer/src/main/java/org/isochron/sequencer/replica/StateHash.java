package org.isochron.sequencer.replica;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;

/** The one number that stands for a venue's whole state: XXH64 over the noun hashes, in order, as little-endian bytes. */
public final class StateHash {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Noun.COUNT * Long.BYTES]);

    /** Hash over the nouns of that core as they are now. */
    public long of(final StateMachine machine) {
        return of(
                machine.hash(Noun.BOOKS),
                machine.hash(Noun.LEDGER),
                machine.hash(Noun.MARKS),
                machine.hash(Noun.SESSIONS));
    }

    /** Hash over the hashes of the four nouns. */
    public long of(final long books, final long ledger, final long marks, final long sessions) {
        buffer.putLong(0, books, LITTLE_ENDIAN);
        buffer.putLong(Long.BYTES, ledger, LITTLE_ENDIAN);
        buffer.putLong(2 * Long.BYTES, marks, LITTLE_ENDIAN);
        buffer.putLong(3 * Long.BYTES, sessions, LITTLE_ENDIAN);
        return XxHash64.hash(buffer, 0, buffer.capacity());
    }
}
