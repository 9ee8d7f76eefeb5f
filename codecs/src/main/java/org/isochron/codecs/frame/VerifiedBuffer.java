package org.isochron.codecs.frame;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes whose reader or writer has been shown, once, that all it is going to touch lies inside: single numbers are then
 * read and written without looking at the bounds again. For the core, which decodes a command of checked shape field by
 * field and writes events into room it has claimed. Everything else (texts, copies, blocks) is checked as in any buffer.
 *
 * <p>With {@code -Disochron.check.bounds=true} every access is checked; the tests run like that.
 */
public final class VerifiedBuffer extends UnsafeBuffer {
    private static final boolean CHECKS = Boolean.getBoolean("isochron.check.bounds");
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /** Over nothing, until {@link #over} is called. */
    public VerifiedBuffer() {
        super(0, 0);
    }

    /** Over a whole array. */
    public VerifiedBuffer(final byte[] bytes) {
        super(bytes);
    }

    /**
     * Lays it over a range of another buffer, which is looked at here and not again.
     *
     * @throws IndexOutOfBoundsException when the range does not lie within the other buffer.
     */
    public VerifiedBuffer over(final DirectBuffer buffer, final int offset, final int length) {
        if ((offset | length) < 0 || length > buffer.capacity() - offset) {
            throw new IndexOutOfBoundsException(
                    length + " bytes at " + offset + " of a buffer of " + buffer.capacity());
        }
        final byte[] bytes = buffer.byteArray();
        if (byteArray != bytes) {
            byteArray = bytes;
        }
        addressOffset = buffer.addressOffset() + offset;
        capacity = length;
        return this;
    }

    private void check(final int index, final int length) {
        if (CHECKS) {
            boundsCheck0(index, length);
        }
    }

    @Override
    public long getLong(final int index) {
        check(index, Long.BYTES);
        return UnsafeApi.getLong(byteArray, addressOffset + index);
    }

    @Override
    public long getLong(final int index, final ByteOrder byteOrder) {
        final long bits = getLong(index);
        return byteOrder == NATIVE ? bits : Long.reverseBytes(bits);
    }

    @Override
    public void putLong(final int index, final long value) {
        check(index, Long.BYTES);
        UnsafeApi.putLong(byteArray, addressOffset + index, value);
    }

    @Override
    public void putLong(final int index, final long value, final ByteOrder byteOrder) {
        putLong(index, byteOrder == NATIVE ? value : Long.reverseBytes(value));
    }

    @Override
    public int getInt(final int index) {
        check(index, Integer.BYTES);
        return UnsafeApi.getInt(byteArray, addressOffset + index);
    }

    @Override
    public int getInt(final int index, final ByteOrder byteOrder) {
        final int bits = getInt(index);
        return byteOrder == NATIVE ? bits : Integer.reverseBytes(bits);
    }

    @Override
    public void putInt(final int index, final int value) {
        check(index, Integer.BYTES);
        UnsafeApi.putInt(byteArray, addressOffset + index, value);
    }

    @Override
    public void putInt(final int index, final int value, final ByteOrder byteOrder) {
        putInt(index, byteOrder == NATIVE ? value : Integer.reverseBytes(value));
    }

    @Override
    public short getShort(final int index) {
        check(index, Short.BYTES);
        return UnsafeApi.getShort(byteArray, addressOffset + index);
    }

    @Override
    public short getShort(final int index, final ByteOrder byteOrder) {
        final short bits = getShort(index);
        return byteOrder == NATIVE ? bits : Short.reverseBytes(bits);
    }

    @Override
    public void putShort(final int index, final short value) {
        check(index, Short.BYTES);
        UnsafeApi.putShort(byteArray, addressOffset + index, value);
    }

    @Override
    public void putShort(final int index, final short value, final ByteOrder byteOrder) {
        putShort(index, byteOrder == NATIVE ? value : Short.reverseBytes(value));
    }

    @Override
    public byte getByte(final int index) {
        check(index, Byte.BYTES);
        return UnsafeApi.getByte(byteArray, addressOffset + index);
    }

    @Override
    public void putByte(final int index, final byte value) {
        check(index, Byte.BYTES);
        UnsafeApi.putByte(byteArray, addressOffset + index, value);
    }
}
