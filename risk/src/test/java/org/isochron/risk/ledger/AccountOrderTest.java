package org.isochron.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isochron.risk.state.Capacities;
import org.junit.jupiter.api.Test;

class AccountOrderTest {
    private final Ledger ledger = new Ledger(Capacities.GENESIS);
    private final AccountOrder order = ledger.accountOrder();

    private long[] ids() {
        final long[] ids = new long[order.size()];
        for (int place = 0; place < ids.length; place++) {
            ids[place] = ledger.accountId(order.account(place));
        }
        return ids;
    }

    @Test
    void shouldKeepAccountsInTheOrderOfTheirIdsHoweverTheyCome() {
        for (final long id : new long[] {7, 300, 5, 3_999_999_999L, 6, 1}) {
            ledger.defineAccount(id, Ledger.NO_FIRM);
        }

        final long[] expected = {
            1,
            5,
            6,
            7,
            300,
            3_999_999_999L,
            Ledger.FEE_ID,
            Ledger.INSURANCE_ID,
            Ledger.ROUNDING_ID,
            Ledger.FUNDING_POOL_ID
        };
        assertArrayEquals(expected, ids());
        order.rebuild(ledger.accountCount());
        assertArrayEquals(expected, ids());
    }

    @Test
    void shouldKeepTheOrderWhenTheVenueTakesOtherCapacities() {
        ledger.resize(new Capacities(1, 1, 2_000, 1, 1, 1, 1, 1, 1));
        for (long id = 2_000; id > 0; id--) {
            ledger.defineAccount(id, Ledger.NO_FIRM);
        }

        assertEquals(2_000 + Ledger.SYSTEM_ACCOUNTS, order.size());
        assertEquals(1, ledger.accountId(order.account(0)));
        assertEquals(2_000, ledger.accountId(order.account(1_999)));
    }
}
