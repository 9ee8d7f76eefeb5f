package org.isochron.replay.sim;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.Frame;

/**
 * One journal on a simulated disk: bytes by address, frames one behind the other, aligned to 8, zeros behind the last.
 * What the process sees is the page cache; writes not flushed yet are remembered, and a loss of power decides what became
 * of each.
 */
final class DiskFile {
    private static final int INITIAL_LENGTH = 1 << 18;
    private static final int PAGE = 4096;

    private byte[] bytes = new byte[INITIAL_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int end;
    private int[] offsets = new int[1024];
    private int[] lengths = new int[1024];
    private int count;
    private int flushed;

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Frames an open journal has found or written. */
    int count() {
        return count;
    }

    int offset(final long sequence) {
        return offsets[(int) sequence - 1];
    }

    int length(final long sequence) {
        return lengths[(int) sequence - 1];
    }

    boolean hasUnflushed() {
        return flushed < count;
    }

    void flush() {
        flushed = count;
    }

    void append(final DirectBuffer source, final int offset, final int length) {
        final int needed = BitUtil.align(length, Long.BYTES);
        while (end + needed + Frame.MAX_LENGTH > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            buffer.wrap(bytes);
        }
        buffer.putBytes(end, source, offset, length);
        note(end, length);
        end += needed;
        // Whatever an earlier accident left there must not look like the next frame.
        buffer.putInt(end, 0);
    }

    /** Goes back to the beginning, as somebody does who reads what is there. */
    void rewind() {
        count = 0;
        end = 0;
    }

    /** Somebody has read it to its end: what an earlier process left unflushed is still so. */
    void opened() {
        flushed = Math.min(flushed, count);
    }

    /** Sequence of the last frame that a loss of power leaves alone. */
    long flushedSequence() {
        return flushed;
    }

    /** Length of the frame that seems to stand behind those found, 0 for the end. */
    int nextLength() {
        return end + Frame.HEADER_LENGTH > bytes.length ? 0 : buffer.getInt(end, LITTLE_ENDIAN);
    }

    int end() {
        return end;
    }

    int available() {
        return bytes.length - end;
    }

    void found(final int length) {
        note(end, length);
        end += BitUtil.align(length, Long.BYTES);
    }

    private void note(final int offset, final int length) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        offsets[count] = offset;
        lengths[count] = length;
        count++;
    }

    /** Power is lost: decides for each write that was not flushed what has become of it. */
    void losePower(final Dice dice, final FaultCounts faults) {
        final FaultKind kind = switch (dice.below(3)) {
            case 0 -> FaultKind.LOST_WRITE;
            case 1 -> FaultKind.TORN_WRITE;
            default -> FaultKind.PARTIAL_WRITE;
        };
        for (int i = flushed; i < count; i++) {
            if (dice.oneIn(4)) {
                continue;
            }
            faults.count(kind);
            spoil(kind, offsets[i], lengths[i], dice);
        }
    }

    private void spoil(final FaultKind kind, final int offset, final int length, final Dice dice) {
        switch (kind) {
            case LOST_WRITE -> buffer.setMemory(offset, length, (byte) 0);
            case TORN_WRITE -> {
                final int kept = dice.below(length);
                buffer.setMemory(offset + kept, length - kept, (byte) 0);
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    if (dice.oneIn(2)) {
                        buffer.putByte(offset + i, (byte) 0);
                    }
                }
            }
        }
    }

    /** The last frames were never brought to the disk. */
    void loseTail(final int frames) {
        final int from = offsets[count - frames];
        buffer.setMemory(from, end - from, (byte) 0);
    }

    /** Whether the last frames of another file stand in this one, byte for byte. */
    boolean holdsTailOf(final DiskFile other, final int frames) {
        for (long sequence = other.count - frames + 1L; sequence <= other.count; sequence++) {
            if (sequence > count
                    || length(sequence) != other.length(sequence)
                    || !Arrays.equals(
                            bytes,
                            offset(sequence),
                            offset(sequence) + length(sequence),
                            other.bytes,
                            other.offset(sequence),
                            other.offset(sequence) + other.length(sequence))) {
                return false;
            }
        }
        return true;
    }

    /** A fault that strikes at rest; nothing happens to an empty file. */
    boolean strike(final FaultKind kind, final Dice dice) {
        if (end == 0) {
            return false;
        }
        final int at = dice.below(end);
        switch (kind) {
            case BIT_FLIP -> buffer.putByte(at, (byte) (buffer.getByte(at) ^ 1 << dice.below(Byte.SIZE)));
            case ZEROED_PAGE -> {
                final int page = at - at % PAGE;
                buffer.setMemory(page, Math.min(PAGE, end - page), (byte) 0);
            }
            case TRUNCATED_FILE -> buffer.setMemory(at, end - at, (byte) 0);
            case MISDIRECTED_WRITE -> misdirect(dice);
            default -> throw new IllegalArgumentException(kind + " does not strike a file at rest");
        }
        return true;
    }

    /** The last frame stands where another was, and not where it should be. */
    private void misdirect(final Dice dice) {
        final int from = offsets[count - 1];
        final int length = lengths[count - 1];
        final int to = offsets[dice.below(count)];
        final byte[] frame = new byte[length];
        buffer.getBytes(from, frame);
        buffer.setMemory(from, length, (byte) 0);
        buffer.putBytes(to, frame, 0, Math.min(length, bytes.length - to));
    }
}
