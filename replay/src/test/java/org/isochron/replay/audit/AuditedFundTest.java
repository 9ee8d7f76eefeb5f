package org.isochron.replay.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.isochron.codecs.DeleverageRule;
import org.junit.jupiter.api.Test;

class AuditedFundTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final AuditedBed bed = new AuditedBed();
    private final AuditedPosition failing;

    AuditedFundTest() {
        failing = bed.trade(2, AuditedBed.LINEAR, 1_000, 60_000);
        bed.mark(AuditedBed.LINEAR, 55_000);
        bed.venue.begin(1, SECOND_NS);
    }

    private boolean mayTake(final long lots, final long cash) {
        return bed.fund.mayTake(failing, lots, BigInteger.valueOf(cash));
    }

    @Test
    void shouldTakeWhatItCanBearUnderStress() {
        // At mark, a lot costs 55 and loses 5.5 under stress: 550 bear a hundred.
        bed.give(AuditedVenue.INSURANCE_ID, AuditedBed.USD, 550_000_000);

        assertTrue(mayTake(100, 55_000_000_000L));
        assertFalse(mayTake(101, 55_000_000_000L));
        assertTrue(mayTake(0, 55_000_000_000L));
    }

    @Test
    void shouldTakeNoMoreThanTheWindowLeaves() {
        bed.rules(AuditedBed.LINEAR, BigInteger.valueOf(60_000_000), 100_000, DeleverageRule.PNL_LEVERAGE);
        bed.give(AuditedVenue.INSURANCE_ID, AuditedBed.USD, 1_000_000_000);

        // One dollar above mark for each lot, and 5.5 for the stress: nine lots draw 58.5.
        assertTrue(mayTake(9, 56_000_000_000L));
        assertFalse(mayTake(10, 56_000_000_000L));

        bed.fund.draw(bed.instrument(AuditedBed.LINEAR), BigInteger.valueOf(1_500_000));
        assertTrue(mayTake(9, 56_000_000_000L));
        bed.fund.draw(bed.instrument(AuditedBed.LINEAR), BigInteger.ONE);
        assertFalse(mayTake(9, 56_000_000_000L));

        // The window of a day is over.
        bed.venue.begin(2, SECOND_NS + 86_400 * SECOND_NS);
        assertTrue(mayTake(9, 56_000_000_000L));
        assertEquals(BigInteger.ZERO, bed.fund.drawn(bed.instrument(AuditedBed.LINEAR)));
    }

    @Test
    void shouldTakeWhatShrinksItThoughItIsBelowZeroUnderStress() {
        // Short 50 lots with nothing beside: stressed at -275.
        bed.give(AuditedVenue.INSURANCE_ID, AuditedBed.USD, 0);
        bed.trade(AuditedVenue.INSURANCE_ID, AuditedBed.LINEAR, -50, 55_000);
        assertEquals(-275_000_000, bed.fund.stressed(AuditedBed.USD).longValueExact());

        assertTrue(mayTake(50, 55_000_000_000L));
        assertFalse(mayTake(51, 55_000_000_000L));
        // At a cash so high that even what shrinks it would make it worse.
        assertFalse(mayTake(50, 65_000_000_000L));
    }

    @Test
    void shouldPayWhatItsStressedEquityAndItsCashAllow() {
        bed.give(AuditedVenue.INSURANCE_ID, AuditedBed.USD, 1_000_000_000);
        assertEquals(1_000_000_000, bed.fund.payable(AuditedBed.USD).longValueExact());

        // 10 lots long: 450 of cash and 55 of stress less.
        bed.trade(AuditedVenue.INSURANCE_ID, AuditedBed.LINEAR, 10, 55_000);
        assertEquals(450_000_000, bed.fund.payable(AuditedBed.USD).longValueExact());
        bed.trade(AuditedVenue.INSURANCE_ID, AuditedBed.LINEAR, -30, 55_000);
        assertEquals(890_000_000, bed.fund.payable(AuditedBed.USD).longValueExact());
        bed.mark(AuditedBed.LINEAR, 200_000);
        assertEquals(BigInteger.ZERO, bed.fund.payable(AuditedBed.USD));
    }
}
