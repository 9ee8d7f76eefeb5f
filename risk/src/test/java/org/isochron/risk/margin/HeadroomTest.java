package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.isochron.risk.margin.Gate.Verdict;
import org.junit.jupiter.api.Test;

/** Two worlds in which the same happens; in one of them every account is disturbed before it is judged, so nothing is known. */
class HeadroomTest {
    private static final int ACCOUNTS = 2;
    private static final int INSTRUMENTS = 5;
    private static final int STEPS = 40_000;
    private static final int MOST_ORDERS = 600;

    private static final long CASH = 4_000_000;
    private static final int NEW = -1;

    private static final class World {
        final RiskWorld risk = new RiskWorld();
        final Ledger ledger = risk.ledger;
        final Positions positions = ledger.positions();
        final Gate gate = new Gate(ledger, risk.marks, risk.margin);
        final int[] instruments = new int[INSTRUMENTS];
        final int[] accounts = new int[ACCOUNTS];

        World() {
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = risk.account(10 + i, CASH);
            }
            for (int i = 0; i < INSTRUMENTS; i++) {
                instruments[i] = i == 1 ? risk.inverse(i + 1L, 100) : risk.instrument(i + 1L, 50_000, 10_000 * i, 100);
            }
            risk.tiers(instruments[2], 0, 0, new long[] {0, 50_000, 10_000}, new long[] {Margin.PPM, 300_000, 100_000});
        }

        Verdict judge(final int position, final boolean buy, final long ticks, final long lots) {
            return judge(position, buy, ticks, lots, NEW);
        }

        /** Another order takes the place of one, or of none when that is {@link #NEW}. */
        Verdict judge(final int position, final boolean buy, final long ticks, final long lots, final int order) {
            final boolean replaces = order != NEW;
            return gate.judgeOrder(
                    positions.account(position),
                    positions.instrument(position),
                    position,
                    buy,
                    ticks,
                    lots,
                    replaces ? risk.orders.get(order).ticks() : 0,
                    replaces ? risk.orders.get(order).lots() : 0,
                    replaces);
        }

        void forget(final int position) {
            positions.leverage(position, positions.leverage(position));
        }
    }

    private final World known = new World();
    private final World forgetful = new World();
    private final int[] verdicts = new int[Verdict.values().length];

    private void enter(final SplittableRandom random, final String where) {
        final int account = random.nextInt(ACCOUNTS);
        final int instrument = random.nextInt(INSTRUMENTS);
        final boolean buy = random.nextBoolean();
        final long ticks = 60 + random.nextInt(80);
        final long lots = 1 + random.nextInt(random.nextInt(8) == 0 ? 40_000 : 200);
        final Verdict expected = enter(forgetful, true, account, instrument, buy, ticks, lots);
        verdicts[expected.ordinal()]++;
        assertEquals(expected, enter(known, false, account, instrument, buy, ticks, lots), where);
    }

    private static Verdict enter(
            final World world,
            final boolean forgets,
            final int account,
            final int instrument,
            final boolean buy,
            final long ticks,
            final long lots) {
        final int position = world.ledger.position(world.accounts[account], world.instruments[instrument]);
        if (forgets) {
            world.forget(position);
        }
        final Verdict verdict = world.judge(position, buy, ticks, lots);
        if (verdict == Verdict.ADMITTED) {
            world.risk.orders.rest(position, buy, ticks, lots);
        }
        return verdict;
    }

    private void replace(final SplittableRandom random, final String where) {
        final int order = random.nextInt(known.risk.orders.count());
        final long ticks = 60 + random.nextInt(80);
        final long lots = 1 + random.nextInt(400);
        assertEquals(replace(forgetful, true, order, ticks, lots), replace(known, false, order, ticks, lots), where);
    }

    private static Verdict replace(
            final World world, final boolean forgets, final int order, final long ticks, final long lots) {
        final int position = world.risk.orders.get(order).position();
        final boolean buy = world.risk.orders.get(order).buy();
        if (forgets) {
            world.forget(position);
        }
        final Verdict verdict = world.judge(position, buy, ticks, lots, order);
        if (verdict == Verdict.ADMITTED) {
            world.risk.orders.reduce(order, world.risk.orders.get(order).lots());
            world.risk.orders.rest(position, buy, ticks, lots);
        }
        return verdict;
    }

    private void happen(final World world, final SplittableRandom random, final int kind) {
        switch (kind) {
            case 0 -> {
                final int order = random.nextInt(world.risk.orders.count());
                final long lots = world.risk.orders.get(order).lots();
                world.risk.orders.reduce(order, random.nextBoolean() ? lots : 1 + random.nextLong(lots));
            }
            case 1 -> {
                final int instrument = world.instruments[random.nextInt(INSTRUMENTS)];
                final int buyer = world.ledger.position(world.accounts[random.nextInt(ACCOUNTS)], instrument);
                final int seller = world.ledger.position(world.accounts[random.nextInt(ACCOUNTS)], instrument);
                final long lots = 1 + random.nextInt(100);
                final long ticks = 60 + random.nextInt(80);
                world.ledger.trade(buyer, seller, lots, world.ledger.contracts().cash(instrument, ticks, lots));
            }
            case 2 ->
                world.ledger.deposit(
                        world.ledger.crossBucket(world.accounts[random.nextInt(ACCOUNTS)], RiskWorld.ASSET),
                        random.nextInt(4_000_001) - 2_000_000);
            case 3 ->
                world.risk.marks.tick(world.instruments[random.nextInt(INSTRUMENTS)], 0, 80 + random.nextInt(40), 0);
            // An order that nobody has been asked about.
            case 4 ->
                world.risk.orders.rest(
                        world.ledger.position(
                                world.accounts[random.nextInt(ACCOUNTS)],
                                world.instruments[random.nextInt(INSTRUMENTS)]),
                        random.nextBoolean(),
                        100,
                        1 + random.nextInt(1_000));
            // One that holds no margin makes them many.
            case 5 -> {
                for (int position = 0; position < world.positions.count(); position++) {
                    if (world.positions.openOrders(position) == Positions.FEW_ORDERS) {
                        world.positions.openOrder(position);
                    }
                }
            }
            default ->
                world.positions.leverage(
                        world.ledger.position(
                                world.accounts[random.nextInt(ACCOUNTS)],
                                world.instruments[random.nextInt(INSTRUMENTS)]),
                        5 * random.nextInt(10));
        }
    }

    @Test
    void shouldAdmitWhatTheExactFiguresAdmitAndNothingElse() {
        for (long seed = 1; seed <= 3; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            for (int step = 0; step < STEPS; step++) {
                final String where = "seed " + seed + ", step " + step;
                final int count = known.risk.orders.count();
                // Now and then something happens that disturbs an account.
                final int kind = random.nextInt(40) == 0 ? 1 + random.nextInt(6) : 0;
                if (kind == 0 && (count < 20 || random.nextInt(3) != 0 && count < MOST_ORDERS)) {
                    enter(random, where);
                } else if (kind == 0 && random.nextBoolean()) {
                    replace(random, where);
                } else {
                    final long each = random.nextLong();
                    happen(forgetful, new SplittableRandom(each), kind);
                    happen(known, new SplittableRandom(each), kind);
                }
            }
        }
        assertTrue(verdicts[Verdict.ADMITTED.ordinal()] > 1_000, "admitted");
        assertTrue(verdicts[Verdict.INSUFFICIENT_MARGIN.ordinal()] > 1_000, "refused");
        known.risk.margin.verify();
    }

    @Test
    void shouldWorkNothingOutForAnOrderItHasRoomFor() {
        final int position = known.ledger.position(known.accounts[0], known.instruments[0]);
        known.judge(position, true, 100, 1);
        known.judge(position, true, 100, 1);
        final long judged = known.gate.required();

        assertEquals(Verdict.ADMITTED, known.judge(position, true, 100, 50));

        assertEquals(judged, known.gate.required(), "that of the last order that was worked out");
    }

    @Test
    void shouldWorkItOutAgainWhenItMayNotBeEnough() {
        final int position = known.ledger.position(known.accounts[0], known.instruments[0]);
        // 4,000,000 cash, 5 % of 100 a lot, no fee: room for 800,000 lots at the mark.
        known.judge(position, true, 100, 799_999);
        known.risk.orders.rest(position, true, 100, 799_999);

        assertEquals(Verdict.ADMITTED, known.judge(position, false, 100, 799_999), "no more on the other side");
        assertEquals(Verdict.ADMITTED, known.judge(position, true, 100, 1));
        assertEquals(Verdict.INSUFFICIENT_MARGIN, known.judge(position, true, 100, 2));
    }

    @Test
    void shouldWorkOutWhatTiersNeed() {
        final int position = known.ledger.position(known.accounts[0], known.instruments[2]);
        // 30 % of 10,000,000 less 250,000, and a fee of 2 %: 1,050,000 are left, each 9,000 lots more take 288,000.
        known.judge(position, true, 100, 100_000);
        known.risk.orders.rest(position, true, 100, 100_000);
        for (int i = 0; i < 3; i++) {
            assertEquals(Verdict.ADMITTED, known.judge(position, true, 100, 9_000));
            known.risk.orders.rest(position, true, 100, 9_000);
        }

        assertEquals(Verdict.INSUFFICIENT_MARGIN, known.judge(position, true, 100, 9_000));
    }
}
