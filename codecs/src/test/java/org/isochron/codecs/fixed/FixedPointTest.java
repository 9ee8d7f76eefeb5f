package org.isochron.codecs.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int ROUNDS = 100_000;

    /** Numbers at which carries, signs and shifts change. */
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        10,
        -10,
        1_000_000_000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        -0x1_0000_0000L,
        0x1_0000_0001L,
        1L << 62,
        -(1L << 62),
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE + 1,
        Long.MIN_VALUE
    };

    private interface MulDiv {
        long apply(long a, long b, long d);
    }

    @Test
    void shouldRoundAsNamed() {
        assertEquals(-4, FixedPoint.mulDivFloor(-7, 1, 2));
        assertEquals(-3, FixedPoint.mulDivCeil(-7, 1, 2));
        assertEquals(-3, FixedPoint.mulDivTrunc(-7, 1, 2));
        assertEquals(-4, FixedPoint.mulDivHalfAwayFromZero(-7, 1, 2));
        assertEquals(3, FixedPoint.mulDivFloor(7, 1, 2));
        assertEquals(4, FixedPoint.mulDivCeil(7, 1, 2));
        assertEquals(3, FixedPoint.mulDivTrunc(7, 1, 2));
        assertEquals(4, FixedPoint.mulDivHalfAwayFromZero(7, 1, 2));
        assertEquals(-2, FixedPoint.mulDivHalfAwayFromZero(-7, 1, 3));
        assertEquals(3, FixedPoint.mulDivHalfAwayFromZero(8, -1, -3));
    }

    @Test
    void shouldKeepProductsThatNeed128Bits() {
        assertEquals(Long.MAX_VALUE, FixedPoint.mulDivFloor(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, FixedPoint.mulDivFloor(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE));
        assertEquals(
                9_223_372_036_854_775_806L, FixedPoint.mulDivTrunc(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void shouldAgreeWithBigIntegersAtTheEdges() {
        for (final long a : EDGES) {
            for (final long b : EDGES) {
                for (final long d : EDGES) {
                    assertAgrees(a, b, d);
                }
            }
        }
    }

    @Test
    void shouldAgreeWithBigIntegersOnRandomNumbers() {
        final Random random = random("mulDiv", 71_000_001L);
        for (int i = 0; i < ROUNDS; i++) {
            assertAgrees(number(random), number(random), number(random));
        }
    }

    @Test
    void shouldAgreeWithBigIntegersWhereTheQuotientJustFits() {
        final Random random = random("mulDiv near 2^63", 71_000_002L);
        for (int i = 0; i < ROUNDS; i++) {
            final long a = number(random) | 1L << 40;
            final long b = number(random) | 1L << 40;
            // a * b / d is near +-2^63 when d is near a * b / 2^63
            final long d = BigInteger.valueOf(a)
                    .multiply(BigInteger.valueOf(b))
                    .shiftRight(63)
                    .add(BigInteger.valueOf(random.nextInt(3) - 1))
                    .longValue();
            assertAgrees(a, b, random.nextBoolean() ? d : -d);
        }
    }

    @Test
    void shouldDivideAsBigIntegersDo() {
        final Random random = random("floorDiv, ceilDiv", 71_000_003L);
        for (int i = 0; i < ROUNDS; i++) {
            assertDivides(number(random), number(random));
        }
        for (final long a : EDGES) {
            for (final long d : EDGES) {
                assertDivides(a, d);
            }
        }
    }

    @Test
    void shouldSayWhatOverflowed() {
        final ArithmeticException overflow =
                assertThrows(ArithmeticException.class, () -> FixedPoint.mulDivFloor(Long.MAX_VALUE, 3, 2), "overflow");
        assertEquals("9223372036854775807 * 3 / 2 does not fit 64 bits", overflow.getMessage());
        final ArithmeticException zero =
                assertThrows(ArithmeticException.class, () -> FixedPoint.mulDivCeil(5, 6, 0), "zero");
        assertEquals("division by zero: 5 * 6 / 0", zero.getMessage());
    }

    @Test
    void shouldReadDecimalsExactly() {
        assertEquals(61_800_300_000_000L, FixedPoint.parse("61800.30", 9));
        assertEquals(-1, FixedPoint.parse("-0.000000001", 9));
        assertEquals(0, FixedPoint.parse("0", 9));
        assertEquals(0, FixedPoint.parse("-0.0", 1));
        assertEquals(7, FixedPoint.parse("007", 0));
        assertEquals(Long.MAX_VALUE, FixedPoint.parse("9223372036.854775807", 9));
        assertEquals(Long.MIN_VALUE, FixedPoint.parse("-9223372036.854775808", 9));
        assertEquals(Long.MIN_VALUE, FixedPoint.parse("-9223372036854775808", 0));
        assertEquals(1_000_000_000_000_000_000L, FixedPoint.parse("1", 18));
    }

    @Test
    void shouldNameTooManyDecimals() {
        final NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> FixedPoint.parse("61800.1234567891", 9));
        assertEquals("\"61800.1234567891\" has 10 decimals, at most 9 are possible", e.getMessage());
        assertThrows(NumberFormatException.class, () -> FixedPoint.parse("1.0", 0));
        assertEquals(
                "\"0.1234567890123456789012\" has 22 decimals, at most 18 are possible",
                assertThrows(NumberFormatException.class, () -> FixedPoint.parse("0.1234567890123456789012", 18))
                        .getMessage());
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        for (final String text : new String[] {
            "9223372036.854775808", "-9223372036.854775809", "9223372037", "99999999999999999999999", "10000000000"
        }) {
            final NumberFormatException e =
                    assertThrows(NumberFormatException.class, () -> FixedPoint.parse(text, 9), text);
            assertEquals("\"" + text + "\" does not fit 64 bits at this scale", e.getMessage());
        }
    }

    @Test
    void shouldRefuseWhatIsNoDecimal() {
        for (final String text : new String[] {
            "", "-", ".", "-.", "1.", ".5", "+1", "1e3", "1,000", " 1", "1 ", "--1", "1.2.3", "0x10", "\u0661", "NaN"
        }) {
            final NumberFormatException e =
                    assertThrows(NumberFormatException.class, () -> FixedPoint.parse(text, 9), text);
            assertTrue(e.getMessage().contains("is not a decimal number"), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.parse("1", -1));
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.parse("1", 19));
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.format(1, 19));
    }

    @Test
    void shouldPrintTheShortestDecimal() {
        assertEquals("61800.3", FixedPoint.format(61_800_300_000_000L, 9));
        assertEquals("-0.000000001", FixedPoint.format(-1, 9));
        assertEquals("0", FixedPoint.format(0, 9));
        assertEquals("10", FixedPoint.format(10, 0));
        assertEquals("-10", FixedPoint.format(-10_000_000, 6));
        assertEquals("1.05", FixedPoint.format(105, 2));
        assertEquals("-9223372036.854775808", FixedPoint.format(Long.MIN_VALUE, 9));
        assertEquals("-9.223372036854775808", FixedPoint.format(Long.MIN_VALUE, 18));
    }

    @Test
    void shouldReadBackWhatItPrints() {
        final Random random = random("format, parse", 71_000_004L);
        for (int i = 0; i < ROUNDS; i++) {
            final long value = number(random);
            final int decimals = random.nextInt(FixedPoint.MAX_DECIMALS + 1);
            final String text = FixedPoint.format(value, decimals);
            final BigDecimal exact = BigDecimal.valueOf(value, decimals).stripTrailingZeros();
            assertEquals(exact.signum() == 0 ? "0" : exact.toPlainString(), text);
            assertEquals(value, FixedPoint.parse(text, decimals));
        }
    }

    @Test
    void shouldAllocateNothingInArithmetic() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long threadId = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < 5 && allocated > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(threadId);
            for (int i = 1; i < 200_000; i++) {
                sum += FixedPoint.mulDivFloor(Long.MAX_VALUE - i, i, Integer.MAX_VALUE)
                        + FixedPoint.mulDivHalfAwayFromZero(-i, i, 7)
                        + FixedPoint.ceilDiv(i, 3);
            }
            allocated = threads.getThreadAllocatedBytes(threadId) - before;
        }
        assertEquals(0, allocated, "sum " + sum);
    }

    private static void assertAgrees(final long a, final long b, final long d) {
        assertAgrees(FixedPoint::mulDivFloor, RoundingMode.FLOOR, a, b, d);
        assertAgrees(FixedPoint::mulDivCeil, RoundingMode.CEILING, a, b, d);
        assertAgrees(FixedPoint::mulDivTrunc, RoundingMode.DOWN, a, b, d);
        assertAgrees(FixedPoint::mulDivHalfAwayFromZero, RoundingMode.HALF_UP, a, b, d);
    }

    private static void assertDivides(final long a, final long d) {
        assertAgrees((x, one, y) -> FixedPoint.floorDiv(x, y), RoundingMode.FLOOR, a, 1, d);
        assertAgrees((x, one, y) -> FixedPoint.ceilDiv(x, y), RoundingMode.CEILING, a, 1, d);
    }

    private static void assertAgrees(
            final MulDiv mulDiv, final RoundingMode rounding, final long a, final long b, final long d) {
        final BigInteger expected = d == 0 ? null : exact(rounding, a, b, d);
        if (expected == null || expected.compareTo(MIN) < 0 || expected.compareTo(MAX) > 0) {
            assertThrows(ArithmeticException.class, () -> mulDiv.apply(a, b, d));
        } else if (expected.longValue() != mulDiv.apply(a, b, d)) {
            assertEquals(expected.longValue(), mulDiv.apply(a, b, d), a + " * " + b + " / " + d + " " + rounding);
        }
    }

    private static BigInteger exact(final RoundingMode rounding, final long a, final long b, final long d) {
        final BigDecimal product = new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
        return product.divide(BigDecimal.valueOf(d), 0, rounding).toBigIntegerExact();
    }

    /** Of any length from 1 to 64 bits, either sign. */
    private static long number(final Random random) {
        final long number = random.nextLong() >> random.nextInt(64);
        return random.nextInt(16) == 0 ? EDGES[random.nextInt(EDGES.length)] : number;
    }

    /** Another seed may be given with -Disochron.seed. */
    private static Random random(final String what, final long usualSeed) {
        final long seed = Long.getLong("isochron.seed", usualSeed);
        System.out.println("FixedPointTest " + what + " seed " + seed);
        return new Random(seed);
    }

    @Test
    void shouldCompareProductsAsBigIntegersDo() {
        final long seed = 128;
        final Random random = new Random(seed);
        final long[] edges = {0, 1, -1, 2, -2, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
        for (int i = 0; i < 100_000; i++) {
            final long[] x = new long[4];
            for (int j = 0; j < 4; j++) {
                x[j] = random.nextInt(3) == 0
                        ? edges[random.nextInt(edges.length)]
                        : random.nextLong() >> random.nextInt(64);
            }
            final int expected = BigInteger.valueOf(x[0])
                    .multiply(BigInteger.valueOf(x[1]))
                    .compareTo(BigInteger.valueOf(x[2]).multiply(BigInteger.valueOf(x[3])));
            assertEquals(
                    expected,
                    Integer.signum(FixedPoint.compareProducts(x[0], x[1], x[2], x[3])),
                    "seed " + seed + ": " + Arrays.toString(x));
        }
    }
}
