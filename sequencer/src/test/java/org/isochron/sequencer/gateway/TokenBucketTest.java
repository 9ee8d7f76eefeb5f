package org.isochron.sequencer.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;
    private final TokenBucket bucket = new TokenBucket();

    private int takeAll(final boolean isCancel) {
        int taken = 0;
        while (bucket.hasToken(isCancel)) {
            bucket.take();
            taken++;
        }
        return taken;
    }

    @Test
    void shouldKeepAFifthOfTheBurstForCancels() {
        bucket.open(10, 100, 0);

        assertEquals(80, bucket.credits());
        assertEquals(80, takeAll(false));
        assertEquals(0, bucket.credits());
        assertEquals(20, takeAll(true));
        assertFalse(bucket.hasToken(true));
    }

    @Test
    void shouldRoundTheReserveUpButLetABurstOfOnePass() {
        bucket.open(10, 11, 0);
        assertEquals(8, takeAll(false));
        bucket.open(10, 1, 0);
        assertEquals(1, takeAll(false));
    }

    @Test
    void shouldRefillAtTheRateUpToTheBurst() {
        bucket.open(10, 10, 0);
        takeAll(true);
        bucket.refill(SECOND / 10 - 1);
        assertFalse(bucket.hasToken(true));
        bucket.refill(SECOND / 10);
        assertTrue(bucket.hasToken(true));
        bucket.refill(3600 * SECOND);
        assertEquals(10, takeAll(true));
    }

    @Test
    void shouldTellWhenToTryAgain() {
        bucket.open(10, 10, 0);
        takeAll(false);
        // two are reserved, the third is 100 ms away
        assertEquals(0, bucket.retryAfterUs(true));
        final long retryAfterUs = bucket.retryAfterUs(false);
        bucket.refill(retryAfterUs * 1_000);
        assertTrue(bucket.hasToken(false));
        assertEquals(100_001, retryAfterUs);
    }

    @Test
    void shouldTakeTheLargestLimitsOfTheSchemaWithoutOverflow() {
        bucket.open(0xFFFF_FFFEL, 0xFFFF_FFFEL, 0);
        bucket.take();
        bucket.refill(Long.MAX_VALUE / 2);
        assertTrue(bucket.hasToken(false));
        assertEquals(0xFFFF_FFFEL - 0xFFFF_FFFEL / 5 - 1, bucket.credits());
    }

    @Test
    void shouldLoseWhatNoLongerFitsWhenLimitsShrink() {
        bucket.open(10, 100, 0);
        bucket.limits(10, 5);
        assertEquals(5, takeAll(true));
    }
}
