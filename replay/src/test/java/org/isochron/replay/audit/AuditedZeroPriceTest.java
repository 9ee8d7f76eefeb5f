package org.isochron.replay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class AuditedZeroPriceTest {
    private final AuditedBed bed = new AuditedBed();

    private static void assertZeroPrice(
            final long cash, final long limitTicks, final AuditedPosition position, final long lots) {
        assertEquals(new AuditedZeroPrice(BigInteger.valueOf(cash), limitTicks), AuditedZeroPrice.of(position, lots));
    }

    @Test
    void shouldLeaveABucketOfOnePositionWithNothing() {
        // 5,973 of its own at 60,000, 973 left at 55,000: sold whole, 54,027 must come in.
        bed.give(2, AuditedBed.USD, 5_973_000_000L);
        final AuditedPosition position = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 55_000);

        assertEquals(973_000_000L, position.bucket.equity().longValueExact());
        assertZeroPrice(54_027_000_000L, 540_270, position, 1_000);
    }

    @Test
    void shouldLetAPartTakeItsShareOfEquityAlong() {
        bed.give(2, AuditedBed.USD, 5_973_000_000L);
        final AuditedPosition position = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 55_000);

        // A fifth of 54,027.
        assertZeroPrice(10_805_400_000L, 540_270, position, 200);
    }

    @Test
    void shouldBuyBackAShortForNoMoreThanItHas() {
        // Sold at 60,000 with 3,000; at 62,500 it has 500 left, so it may pay 63,000, ticks rounded down.
        bed.give(2, AuditedBed.USD, 3_000_000_007L);
        final AuditedPosition position = bed.trade(2, AuditedBed.LINEAR, -1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 62_500);

        assertZeroPrice(-63_000_000_007L, 630_000, position, 1_000);
    }

    @Test
    void shouldShareEquityByMaintenanceMarginWithOtherPositions() {
        bed.give(2, AuditedBed.USD, 3_000_000_000L);
        final AuditedPosition position = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 60_000);
        final AuditedInstrument other = new AuditedInstrument(3, 0);
        other.contract = bed.instrument(AuditedBed.LINEAR).contract;
        bed.venue.instruments.put(3L, other);
        bed.trade(2, 3, -500, 60_000);
        bed.mark(3, 60_000);

        // Two thirds of the requirement, so two thirds of 3,000 go with it.
        assertZeroPrice(60_000_000_000L - 2_000_000_000L, 580_000, position, 1_000);
    }

    @Test
    void shouldFindThePriceAtWhichAnInverseLongKeepsNothing() {
        // 60 lots of 1,000 dollars at 60,000: one coin received, one tenth of its own. At 55,000 they cost 1.09090909.
        bed.give(2, AuditedBed.XBT, 10_000_000);
        final AuditedPosition position = bed.trade(2, AuditedBed.INVERSE, 60, 60_000);
        bed.mark(AuditedBed.INVERSE, 55_000);

        assertEquals(110_000_000 - 109_090_909, position.bucket.equity().longValueExact());
        // It may give all 1.1 coins away: 60,000 / 1.1 = 54,545.4545, the next tick up.
        assertZeroPrice(-110_000_000, 109_091, position, 60);
    }

    @Test
    void shouldFindNoPriceWhereNotEvenTheLargestWouldDo() {
        // A loss 18 times the position's size.
        bed.give(2, AuditedBed.USD, -1_000_000_000_000L);
        final AuditedPosition position = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 55_000);

        assertEquals(AuditedZeroPrice.NONE, AuditedZeroPrice.of(position, 1_000).limitTicks());
        final AuditedPosition inverse = bed.trade(3, AuditedBed.INVERSE, 60, 60_000);
        bed.give(3, AuditedBed.XBT, -200_000_000);
        bed.mark(AuditedBed.INVERSE, 55_000);
        assertEquals(AuditedZeroPrice.NONE, AuditedZeroPrice.of(inverse, 60).limitTicks());
    }
}
