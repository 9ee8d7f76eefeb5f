package org.isochron.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class SafeMovesTest {
    private static final int ROUNDS = 4_000;

    /** 10 lots long at 100 with 200 of cash: 190 above a maintenance margin of 5 %, no fees. */
    private final RiskWorld world = new RiskWorld();

    private final int alice = world.account(1, 200);
    private final int bob = world.account(2, 100_000);
    private final int instrument = world.instrument(1, 20_000, 0, 100);

    @Test
    void shouldLetAPositionMoveUntilItsShareIsUsedUp() {
        final int position = world.hold(alice, bob, instrument, 10, 100);

        final SafeMoves moves = movesOf(alice, position);

        // Maintenance is 1 %: 10 of the 200. Half a tick before the trigger, for what a lower mark frees is not
        // counted.
        assertEquals(100 - 19, moves.lowestTicks());
        assertEquals(Long.MAX_VALUE, moves.highestTicks());
    }

    @Test
    void shouldLetNothingMoveWhenNothingIsSpare() {
        final int position = world.hold(alice, bob, instrument, 10, 100);
        world.margin.judge(bucket(alice));

        world.margin.safeMoves().of(position, -1, world.margin.notional());

        final SafeMoves moves = world.margin.safeMoves();
        assertTrue(moves.lowestTicks() > moves.highestTicks());
        assertTrue(moves.lowestIndex() > moves.highestIndex());
    }

    @Test
    void shouldLetAShortMoveDownHoweverFar() {
        final int position = world.hold(bob, alice, instrument, 10, 100);

        final SafeMoves moves = movesOf(alice, ledger().position(alice, instrument));

        assertEquals(0, moves.lowestTicks());
        // 188 of spare less rounding, of which each tick up costs 10 and 1 % of 10 as margin.
        assertEquals(100 + 18, moves.highestTicks());
        assertEquals(instrument, ledger().positions().instrument(position));
    }

    @Test
    void shouldKeepTheFundingIndexWhereItIsUnlessTheInstrumentFunds() {
        final int position = world.hold(alice, bob, instrument, 10, 100);

        final SafeMoves moves = movesOf(alice, position);
        assertEquals(0, moves.highestIndex());

        ledger().rules().funding().table().adopt(instrument, 1);
        final SafeMoves funded = movesOf(alice, position);
        // An eighth of 190, less one for rounding, over ten lots.
        assertEquals((22L << 20) / 10, funded.highestIndex());
        assertEquals(100 - 16, funded.lowestTicks());
    }

    @Test
    void shouldNeverLetABucketUnderWaterGoUnseenWithinThem() {
        int healthy = 0;
        for (long seed = 1; seed <= 5; seed++) {
            healthy += new Storm(seed).run();
        }
        assertTrue(healthy > 5 * ROUNDS / 4, "buckets with something to lose: " + healthy);
    }

    private Ledger ledger() {
        return world.ledger;
    }

    private int bucket(final int account) {
        return ledger().crossBucket(account, RiskWorld.ASSET);
    }

    private SafeMoves movesOf(final int account, final int position) {
        world.margin.judge(bucket(account));
        world.margin.safeMoves().of(position, world.margin.spare(), world.margin.notional());
        return world.margin.safeMoves();
    }

    /** Judges a bucket, moves everything as far as it may, alone and together, and judges it again. */
    private static final class Storm {
        private final long seed;
        private final RandomPortfolios portfolios;
        private final Ledger ledger;
        private final Positions positions;
        private final Margin margin;
        private final long[] lowest = new long[RandomPortfolios.INSTRUMENTS];
        private final long[] highest = new long[RandomPortfolios.INSTRUMENTS];
        private final long[] lowestIndex = new long[RandomPortfolios.INSTRUMENTS];
        private final long[] highestIndex = new long[RandomPortfolios.INSTRUMENTS];

        Storm(final long seed) {
            System.out.println("SafeMovesTest seed " + seed);
            this.seed = seed;
            portfolios = new RandomPortfolios(seed);
            ledger = portfolios.world.ledger;
            positions = ledger.positions();
            margin = portfolios.world.margin;
        }

        int run() {
            int healthy = 0;
            for (int round = 0; round < ROUNDS; round++) {
                change();
                final int position = ledger.position(portfolios.account(), portfolios.instrument());
                final int bucket = ledger.bucketOf(position);
                margin.judge(bucket);
                // What pledged collateral counts follows an index, which the moves say nothing about.
                if (margin.spare() >= 0 && margin.openPositions() > 0 && margin.credit() == 0) {
                    healthy++;
                    bound(bucket);
                    for (int i = 0; i < 8; i++) {
                        moveWithin();
                        margin.judge(bucket);
                        assertTrue(
                                margin.spare() >= 0,
                                "seed " + seed + ", round " + round + ": " + margin.spare() + " left");
                    }
                }
            }
            return healthy;
        }

        private void change() {
            switch (portfolios.random.nextInt(8)) {
                case 0, 1, 2 -> portfolios.trade();
                case 3 -> portfolios.isolate();
                case 4 -> portfolios.deposit();
                case 5 -> portfolios.fund();
                case 6 -> portfolios.setTiers(portfolios.instrument());
                default -> portfolios.move();
            }
        }

        private void bound(final int bucket) {
            for (int instrument = 0; instrument < RandomPortfolios.INSTRUMENTS; instrument++) {
                lowest[instrument] = 1;
                highest[instrument] = 1_000_000;
                lowestIndex[instrument] = Long.MIN_VALUE;
                highestIndex[instrument] = Long.MAX_VALUE;
            }
            final long spare = margin.spare();
            for (int position = ledger.firstPosition(ledger.bucketAccount(bucket));
                    position >= 0;
                    position = positions.nextOfAccount(position)) {
                if (ledger.bucketOf(position) == bucket && positions.lots(position) != 0) {
                    final SafeMoves moves = margin.safeMoves();
                    moves.of(position, spare, margin.notional());
                    final int instrument = positions.instrument(position);
                    lowest[instrument] = Math.max(1, moves.lowestTicks());
                    highest[instrument] = Math.min(1_000_000, moves.highestTicks());
                    lowestIndex[instrument] = moves.lowestIndex();
                    highestIndex[instrument] = moves.highestIndex();
                }
            }
        }

        /** To an end, or anywhere between; where nothing may move, nothing does. */
        private void moveWithin() {
            for (int instrument = 0; instrument < RandomPortfolios.INSTRUMENTS; instrument++) {
                if (lowest[instrument] <= highest[instrument] && portfolios.random.nextInt(4) > 0) {
                    portfolios.mark(instrument, between(lowest[instrument], highest[instrument]));
                }
                final long index = ledger.funding().index(instrument);
                if (lowestIndex[instrument] <= highestIndex[instrument] && portfolios.random.nextInt(4) > 0) {
                    final long to = between(
                            Math.max(lowestIndex[instrument], index - (1L << 40)),
                            Math.min(highestIndex[instrument], index + (1L << 40)));
                    portfolios.fund(instrument, to - index);
                }
            }
        }

        private long between(final long low, final long high) {
            return switch (portfolios.random.nextInt(3)) {
                case 0 -> low;
                case 1 -> high;
                default -> low + portfolios.random.nextLong(high - low + 1);
            };
        }
    }
}
