package org.isochron.risk.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecayTest {
    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal TWO_32 = BigDecimal.valueOf(1L << 32);

    /** Published constants of exponential averages, floor of 2^32 * exp(-dt / tau). */
    @ParameterizedTest(name = "{0}: exp(-{1}/{2})")
    @CsvSource({"BND-03, 1, 150, 4266429412", "BND-04, 3, 150, 4209921245", "BND-05, 3, 3600, 4291389647"})
    void shouldGiveTheKnownConstants(final String id, final long dt, final long tau, final long expected) {
        assertEquals(expected, Decay.q32(dt, tau));
        assertEquals(expected, Decay.q32(dt * 1_000, tau * 1_000), "whatever the unit");
    }

    @ParameterizedTest(name = "{0}: largest step of the internal index")
    @CsvSource({"BND-06, 360000, 3600000"})
    void shouldLimitAStepToLessThanATenth(final String id, final long dtMs, final long tauMs) {
        // 1 - e^-0.1 = 0.0951625819640..., in parts of 10^13
        final BigDecimal parts = BigDecimal.valueOf(Decay.weightQ32(dtMs, tauMs))
                .multiply(BigDecimal.TEN.pow(13))
                .divide(TWO_32, DIGITS);

        assertEquals(951_625_819_640L, parts.doubleValue(), 2_329, "one unit of Q32 is 2,328 of these");
    }

    @Test
    void shouldBeExactOnEveryClockTickUpToSixTimeConstants() {
        for (final long tauMs : new long[] {150_000, 3_600_000}) {
            for (long dtMs = 0; dtMs <= 6 * tauMs; dtMs += dtMs < 100_000 ? 100 : tauMs / 97) {
                assertEquals(exact(dtMs, tauMs), Decay.q32(dtMs, tauMs), dtMs + " / " + tauMs);
            }
        }
    }

    @Test
    void shouldLeaveEverythingAtOnceAndNothingInTheEnd() {
        assertEquals(Decay.ONE, Decay.q32(0, 1));
        assertEquals(0, Decay.weightQ32(0, 1));
        assertEquals(0, Decay.q32(23, 1));
        assertEquals(0, Decay.q32(Long.MAX_VALUE, 1));
        assertEquals(Decay.ONE, Decay.weightQ32(86_400_000L * 400, 1_000));
    }

    @Test
    void shouldNeverRiseAsTimePasses() {
        long before = Decay.ONE;
        for (long dt = 0; dt < 24_000; dt++) {
            final long left = Decay.q32(dt, 1_000);
            assertTrue(left <= before, "at " + dt);
            before = left;
        }
    }

    private static long exact(final long dt, final long tau) {
        final BigDecimal x = BigDecimal.valueOf(dt).divide(BigDecimal.valueOf(tau), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 90; n++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(-n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.multiply(TWO_32, DIGITS).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
}
