package org.isochron.replay.sim;

import java.util.Arrays;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.StateImage;

/**
 * The last snapshot that was loaded into a core of its own and had the hashes it says. Nodes that agree take the same one at
 * the same mark, long by long; loading it again for each of them would show nothing new.
 */
final class SnapshotProof {
    private final StateImage image = new StateImage();
    private SnapshotHeader header;
    private long[] state = new long[0];
    private long checksum;

    /** Where snapshots are written to before they are looked at, and loaded from. */
    StateImage image() {
        return image;
    }

    /** Whether what the image holds, and what its header says, is the snapshot that was proved last. */
    boolean covers(final SnapshotHeader other) {
        return other.equals(header) && isState();
    }

    private boolean isState() {
        if (image.size() != state.length) {
            return false;
        }
        for (int taken = 0; taken < state.length; taken += StateImage.BLOCK_LONGS) {
            final int longs = Math.min(StateImage.BLOCK_LONGS, state.length - taken);
            final long[] block = image.block(taken / StateImage.BLOCK_LONGS);
            if (!Arrays.equals(block, 0, longs, state, taken, taken + longs)) {
                return false;
            }
        }
        return true;
    }

    /** @param provenState not to be changed any more. */
    void proved(final SnapshotHeader provenHeader, final long[] provenState, final long provenChecksum) {
        header = provenHeader;
        state = provenState;
        checksum = provenChecksum;
    }

    long[] state() {
        return state;
    }

    long checksum() {
        return checksum;
    }
}
