package org.isochron.sequencer.chronicle;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;
import org.isochron.sequencer.edge.DirectoryLock;

/** Which start of the machine this is: what was only in memory at the one before is gone. */
final class BootId {
    private static final long HASH = hash(DirectoryLock.bootId());

    private BootId() {}

    /** Hash of the system's own boot id, never 0. */
    static long hash() {
        return HASH;
    }

    private static long hash(final String bootId) {
        final byte[] bytes = bootId.getBytes(StandardCharsets.UTF_8);
        return XxHash64.hash(new UnsafeBuffer(bytes), 0, bytes.length) | 1;
    }
}
