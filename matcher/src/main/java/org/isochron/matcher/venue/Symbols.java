package org.isochron.matcher.venue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** The 16 bytes of a symbol as two little-endian longs, which compare and hash without an object. */
final class Symbols {
    static final int LENGTH = 16;

    private static final int FIRST_PRINTABLE = 0x21;
    private static final int LAST_PRINTABLE = 0x7E;

    private Symbols() {}

    static long head(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }

    static long tail(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + Long.BYTES, LITTLE_ENDIAN);
    }

    /** At least one printable character, no space, then zeros only. */
    static boolean isWellFormed(final DirectBuffer buffer, final int offset) {
        int length = 0;
        while (length < LENGTH && isPrintable(buffer.getByte(offset + length))) {
            length++;
        }
        for (int i = length; i < LENGTH; i++) {
            if (buffer.getByte(offset + i) != 0) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isPrintable(final byte character) {
        return character >= FIRST_PRINTABLE && character <= LAST_PRINTABLE;
    }

    static void unpack(final long head, final long tail, final byte[] symbol) {
        for (int i = 0; i < LENGTH; i++) {
            symbol[i] = (byte) ((i < Long.BYTES ? head : tail) >>> 8 * (i % Long.BYTES));
        }
    }

    static String text(final long head, final long tail) {
        final byte[] symbol = new byte[LENGTH];
        unpack(head, tail, symbol);
        int length = 0;
        while (length < LENGTH && symbol[length] != 0) {
            length++;
        }
        return new String(symbol, 0, length, StandardCharsets.US_ASCII);
    }

    static long head(final String symbol) {
        return pack(symbol, 0);
    }

    static long tail(final String symbol) {
        return pack(symbol, Long.BYTES);
    }

    private static long pack(final String symbol, final int from) {
        long word = 0;
        for (int i = from; i < Math.min(symbol.length(), from + Long.BYTES); i++) {
            word |= (symbol.charAt(i) & 0xFFL) << 8 * (i - from);
        }
        return word;
    }
}
