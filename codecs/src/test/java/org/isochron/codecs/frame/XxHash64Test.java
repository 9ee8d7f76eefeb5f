package org.isochron.codecs.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Expected values are those of the reference implementation, seed 0. */
class XxHash64Test {
    @Test
    void shouldHashThePublishedTexts() {
        assertHash("ef46db3751d8e999", "");
        assertHash("d24ec4f1a98c6e5b", "a");
        assertHash("44bc2cf5ad770999", "abc");
        assertHash("066ed728fceeb3be", "message digest");
        assertHash("cfe1f278fa89835c", "abcdefghijklmnopqrstuvwxyz");
        assertHash("aaa46907d3047814", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        assertHash("e04a477f19ee145d", "1234567890".repeat(8));
    }

    @Test
    void shouldHashTheReferencesOwnTestBuffer() {
        final UnsafeBuffer buffer = new UnsafeBuffer(testBuffer(2048));
        assertHash("e934a84adb052768", buffer, 1);
        assertHash("9136a0dca57457ee", buffer, 4);
        assertHash("8282dcc4994e35c8", buffer, 14);
        assertHash("299b39a290e6d783", buffer, 31);
        assertHash("18b216492bb44b70", buffer, 32);
        assertHash("55c8dc3e578f5b59", buffer, 33);
        assertHash("b641ae8cb691c174", buffer, 222);
        assertHash("86c56523eb82696f", buffer, Frame.MAX_PAYLOAD_LENGTH);
        assertHash("3e10a789ef2de6b5", buffer, Frame.MAX_LENGTH - Frame.FRAME_TYPE_OFFSET);
    }

    @Test
    void shouldHashEveryLengthOfAFrameAsTheReferenceDoes() {
        final UnsafeBuffer buffer = new UnsafeBuffer(testBuffer(2048));
        long folded = 0;
        for (int length = 0; length <= Frame.MAX_LENGTH - Frame.FRAME_TYPE_OFFSET; length++) {
            folded ^= Long.rotateLeft(XxHash64.hash(buffer, 0, length), length);
        }
        assertEquals("3cc120f50d53cfd8", Long.toHexString(folded));
    }

    @Test
    void shouldHashTheSameWhereverTheBytesAre() {
        final byte[] bytes = testBuffer(222);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
        for (int offset = 0; offset < 16; offset++) {
            direct.putBytes(offset, bytes);
            assertEquals(0xb641ae8cb691c174L, XxHash64.hash(direct, offset, bytes.length), "offset " + offset);
        }
    }

    /** The pseudo-random bytes of the reference's sanity check: the top byte of a 64-bit multiplicative sequence. */
    private static byte[] testBuffer(final int length) {
        final byte[] bytes = new byte[length];
        long generator = 2_654_435_761L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        return bytes;
    }

    private static void assertHash(final String expected, final String text) {
        final byte[] bytes = text.getBytes(US_ASCII);
        assertHash(expected, new UnsafeBuffer(bytes), bytes.length);
    }

    private static void assertHash(final String expected, final UnsafeBuffer buffer, final int length) {
        assertEquals(expected, String.format("%016x", XxHash64.hash(buffer, 0, length)), length + " bytes");
    }
}
