package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class ProRataTest {
    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;
    private final Remainder remainder = new Remainder(ledger, world.marks, world.margin);
    private final ProRata proRata = new ProRata(ledger);
    private final int bank = world.account(99, 1_000_000_000);
    private final int instrument = world.instrument(1, 100_000, 0, 100);
    /** The other side has nothing, so it cannot take any back. */
    private final int victim = world.hold(world.account(9, 0), world.account(98, 0), instrument, 100, 100);

    private void holder(final long id, final long cash, final long lots) {
        world.hold(world.account(id, cash), bank, instrument, lots, 100);
    }

    /** Rounds until all is gone or nobody is left: account, rank and lots taken. */
    private List<String> shareOut() {
        final List<String> taken = new ArrayList<>();
        while (remainder.left() > 0 && proRata.begin(remainder)) {
            for (int position = proRata.next(); position != ProRata.NONE; position = proRata.next()) {
                final long lots = remainder.lotsFor(position, proRata.lots());
                ledger.trade(position, victim, lots, remainder.cash(lots));
                remainder.pass(lots);
                taken.add(ledger.accountId(ledger.positions().account(position)) + " #" + proRata.rank() + " " + lots);
            }
        }
        return taken;
    }

    @Test
    void shouldShareOutInProportionToSizeInTheOrderOfIds() {
        holder(30, 10_000, -50);
        holder(10, 10_000, -30);
        holder(20, 10_000, -20);
        remainder.of(victim, 9, 900, 0, 9);

        assertEquals(List.of("10 #1 2", "20 #2 2", "30 #3 5"), shareOut(), "2.7, 4.5 and 9, rounded down");
        assertEquals(0, remainder.left());
    }

    @Test
    void shouldPassOverThoseWhoseShareIsLessThanALot() {
        for (long id = 1; id <= 4; id++) {
            holder(10 * id, 10_000, -10);
        }
        remainder.of(victim, 2, 200, 0, 2);

        assertEquals(List.of("20 #2 1", "40 #4 1"), shareOut());
    }

    @Test
    void shouldShareOutAgainWhatSomeCannotBear() {
        holder(10, 10_000, -40);
        holder(20, 25, -40);
        holder(30, 10_000, -20);
        remainder.of(victim, 50, 5_500, 0, 50);

        // A lot costs 10 more than it is worth: the second can take 2 of its 20. 18 are shared out anew, 38 to those
        // with
        // 20 and 10 lots left.
        assertEquals(List.of("10 #1 20", "20 #2 2", "30 #3 10", "10 #1 12", "30 #2 6"), shareOut());
        assertEquals(0, remainder.left());
    }

    @Test
    void shouldStopWhenNobodyIsLeft() {
        holder(10, 10_000, -4);
        holder(20, 10_000, -4);
        remainder.of(victim, 50, 5_000, 0, 50);

        assertEquals(List.of("10 #1 4", "20 #2 4"), shareOut());
        assertEquals(42, remainder.left());
        assertFalse(proRata.begin(remainder));
    }

    @Test
    void shouldFitLargeNumbers() {
        holder(10, 1_000_000_000, -900_000);
        holder(20, 1_000_000_000, -900_001);
        final int large = world.hold(world.account(8, 0), world.account(7, 0), instrument, 1_000_000, 100);
        remainder.of(large, 1_000_000, 100_000_000, 0, 1_000_000);

        assertTrue(proRata.begin(remainder));
        proRata.next();
        assertEquals(499_999, proRata.lots());
        proRata.next();
        assertEquals(500_001, proRata.lots());
    }
}
