package org.isochron.risk.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.state.StateCheck;
import org.isochron.risk.state.StateSum;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final int CONTRACT_HASH = 17;

    private final RuleTable table = new RuleTable("tableRules", 4, 2);
    private final RuleTable other = new RuleTable("otherRules", 4, 1);
    private final Rules rules = new Rules(4, table, other);

    @Test
    void shouldHaveNoRulesAtFirst() {
        assertFalse(table.isDefined(2));
        assertEquals(0, table.get(2, 1));
        assertEquals(CONTRACT_HASH, rules.combinedHash(2, CONTRACT_HASH));
        assertEquals(Rules.NONE, rules.activateNext(Long.MAX_VALUE - 1));
        assertEquals(0, new StateSum().of(rules));
    }

    @Test
    void shouldPutAdoptedRulesInForceAtOnce() {
        adopt(2, 5, 6, 77);

        assertTrue(table.isDefined(2));
        assertEquals(5, table.get(2, 0));
        assertEquals(6, table.getInt(2, 1));
        assertEquals(0, table.get(1, 0));
        assertNotEquals(CONTRACT_HASH, rules.combinedHash(2, CONTRACT_HASH));
        StateCheck.verify(rules);
    }

    @Test
    void shouldKeepOldRulesUntilTheSequenceAnnounced() {
        adopt(2, 5, 6, 77);
        stage(7, 8);
        table.announce(2, 100, 78);

        assertEquals(Rules.NONE, rules.activateNext(99));
        assertEquals(5, table.get(2, 0));
        assertEquals(2, rules.activateNext(100));
        assertEquals(7, table.get(2, 0));
        assertEquals(78, table.ruleHash(2));
        assertEquals(Rules.NONE, rules.activateNext(100));
        assertEquals(RuleTable.NEVER, table.nextActivation());
    }

    @Test
    void shouldReplaceRulesThatWait() {
        stage(1, 2);
        table.announce(0, 50, 9);
        stage(3, 4);
        table.announce(0, 60, 10);

        assertEquals(Rules.NONE, rules.activateNext(59));
        assertEquals(0, rules.activateNext(60));
        assertEquals(3, table.get(0, 0));
    }

    @Test
    void shouldDropWaitingRulesWhenOthersAreAdoptedAtOnce() {
        stage(1, 2);
        table.announce(0, 50, 9);
        adopt(0, 3, 4, 10);

        assertEquals(Rules.NONE, rules.activateNext(50));
        assertEquals(3, table.get(0, 0));
    }

    @Test
    void shouldActivateAllKindsOfAnInstrumentTogether() {
        stage(1, 2);
        table.announce(3, 50, 9);
        other.stage(0, 4);
        other.announce(3, 49, 10);
        stage(5, 6);
        table.announce(1, 50, 11);

        assertEquals(1, rules.activateNext(50));
        assertEquals(3, rules.activateNext(50));
        assertEquals(Rules.NONE, rules.activateNext(50));
        assertEquals(4, other.get(3, 0));
        assertEquals(1, table.get(3, 0));
    }

    @Test
    void shouldTellKindsApartInTheCombinedHash() {
        adopt(0, 1, 1, 5);
        other.stage(0, 1);
        other.adopt(1, 5);

        assertNotEquals(rules.combinedHash(0, CONTRACT_HASH), rules.combinedHash(1, CONTRACT_HASH));
    }

    @Test
    void shouldHashLikeRulesThatNeverWaited() {
        stage(1, 2);
        table.announce(0, 50, 9);
        rules.activateNext(50);
        final RuleTable direct = new RuleTable("tableRules", 4, 2);
        direct.stage(0, 1);
        direct.stage(1, 2);
        direct.adopt(0, 9);

        assertEquals(new StateSum().of(direct), new StateSum().of(table));
    }

    private void adopt(final int instrument, final long first, final long second, final long ruleHash) {
        stage(first, second);
        table.adopt(instrument, ruleHash);
    }

    private void stage(final long first, final long second) {
        table.stage(0, first);
        table.stage(1, second);
    }
}
