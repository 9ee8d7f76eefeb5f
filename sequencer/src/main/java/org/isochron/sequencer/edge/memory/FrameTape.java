package org.isochron.sequencer.edge.memory;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The bytes of one journal: frames in blocks, each found by its sequence. Grows as it must. */
final class FrameTape {
    private static final int BLOCK_LENGTH = 1 << 20;

    private UnsafeBuffer[] blocks = new UnsafeBuffer[4];
    private int blockCount;
    private int used = BLOCK_LENGTH;
    /** Of each frame: block in the upper half, offset in the lower. */
    private long[] places = new long[1024];

    private int[] lengths = new int[1024];
    private int size;

    /** Frames held, which is the sequence of the last. */
    long size() {
        return size;
    }

    void add(final DirectBuffer buffer, final int offset, final int length) {
        if (used + length > BLOCK_LENGTH) {
            addBlock();
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        blocks[blockCount - 1].putBytes(used, buffer, offset, length);
        places[size] = ((long) (blockCount - 1) << Integer.SIZE) | used;
        lengths[size] = length;
        size++;
        used += BitUtil.align(length, Long.BYTES);
    }

    UnsafeBuffer block(final long sequence) {
        return blocks[(int) (places[index(sequence)] >>> Integer.SIZE)];
    }

    int offset(final long sequence) {
        return (int) places[index(sequence)];
    }

    int length(final long sequence) {
        return lengths[index(sequence)];
    }

    /** Forgets every frame behind {@code lastSequence}. Their bytes stay unused, as on a real disk. */
    void truncate(final long lastSequence) {
        size = (int) Math.min(size, lastSequence);
    }

    private int index(final long sequence) {
        if (sequence < 1 || sequence > size) {
            throw new IllegalArgumentException("sequence " + sequence + " where 1.." + size + " exist");
        }
        return (int) (sequence - 1);
    }

    private void addBlock() {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, blockCount * 2);
        }
        blocks[blockCount++] = new UnsafeBuffer(new byte[BLOCK_LENGTH]);
        used = 0;
    }
}
