package org.isochron.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.margin.Margin;
import org.isochron.risk.margin.RandomPortfolios;
import org.junit.jupiter.api.Test;

/** The scan against a naive one that judges every bucket there is. */
class ScanTest {
    private static final int ROUNDS = 2_500;

    @Test
    void shouldFindExactlyWhomAFullScanFinds() {
        for (long seed = 1; seed <= 6; seed++) {
            final Storm storm = new Storm(seed, ScanRange.WHOLE);
            storm.run(ROUNDS);
            assertTrue(storm.finds > ROUNDS / 10, "seed " + seed + " finds " + storm.finds);
        }
    }

    @Test
    void shouldFindOnlyAccountsOfItsRange() {
        final Storm storm = new Storm(7, new ScanRange(110, 119, 0));
        storm.run(ROUNDS);
        assertTrue(storm.finds > 0);
    }

    @Test
    void shouldNotAllocateOnceItsListsHaveGrown() {
        final Storm storm = new Storm(8, ScanRange.WHOLE);
        storm.run(ROUNDS);
        final ThreadMXBean threads =
                (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
        storm.rounds(200);
        final long before = threads.getCurrentThreadAllocatedBytes();
        storm.rounds(2_000);
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    }

    /** Random changes, told to the scan as the core's events would tell them. */
    private static final class Storm {
        private final long seed;
        private final ScanRange range;
        private final RandomPortfolios portfolios;
        private final Ledger ledger;
        private final Margin margin;
        private final Proposals proposals;
        private final Scan scan;
        private int finds;

        Storm(final long seed, final ScanRange range) {
            System.out.println("ScanTest seed " + seed);
            this.seed = seed;
            this.range = range;
            portfolios = new RandomPortfolios(seed);
            ledger = portfolios.world.ledger;
            margin = portfolios.world.margin;
            proposals = new Proposals(ledger, ledger.bucketHandles(), (message, offset, length) -> true);
            scan = new Scan(ledger, portfolios.world.marks, margin, proposals, range);
            scan.touchEverybody();
        }

        void run(final int count) {
            for (int round = 0; round < count; round++) {
                for (int i = portfolios.random.nextInt(4); i >= 0; i--) {
                    change();
                }
                scanAll();
                compare(round);
            }
        }

        /** Without the naive scan, which allocates. */
        void rounds(final int count) {
            for (int round = 0; round < count; round++) {
                scan.indexChanged(portfolios.move());
                scanAll();
            }
        }

        private void change() {
            switch (portfolios.random.nextInt(16)) {
                case 0, 1, 2 -> {
                    for (final int position : portfolios.trade()) {
                        scan.touch(ledger.bucketOf(position));
                    }
                }
                case 3 -> isolate();
                case 4 -> scan.touch(portfolios.deposit());
                case 5 -> portfolios.fund();
                case 6 -> {
                    final int instrument = portfolios.instrument();
                    portfolios.setTiers(instrument);
                    scan.rulesChanged(instrument);
                }
                case 7 -> liquidate();
                default -> scan.indexChanged(portfolios.move());
            }
        }

        private void isolate() {
            final int position = portfolios.isolate();
            if (position >= 0) {
                scan.touch(ledger.crossOf(position));
                scan.touch(ledger.bucketOf(position));
            }
        }

        /** A liquidation begins, or ends. */
        private void liquidate() {
            final int bucket = ledger.bucketOf(ledger.position(portfolios.account(), portfolios.instrument()));
            ledger.inLiquidation(bucket, !ledger.isInLiquidation(bucket));
            scan.touch(bucket);
        }

        private void scanAll() {
            scan.followMarks();
            scan.begin();
            while (!scan.isOver()) {
                assertTrue(scan.slice() > 0);
            }
        }

        private void compare(final int round) {
            final Set<Integer> wanted = new TreeSet<>();
            final Set<Integer> found = new TreeSet<>();
            for (int bucket = 0; bucket < ledger.bucketHandles(); bucket++) {
                if (exists(bucket)) {
                    margin.judge(bucket);
                    if (isWanted(bucket)) {
                        wanted.add(bucket);
                    }
                }
                if (proposals.isFound(bucket)) {
                    found.add(bucket);
                }
            }
            assertEquals(wanted, found, "seed " + seed + ", round " + round);
            finds += wanted.size();
        }

        private boolean exists(final int bucket) {
            return ledger.isIsolated(bucket)
                    ? ledger.isolatedPosition(bucket) < ledger.positions().count()
                            && ledger.bucketOf(ledger.isolatedPosition(bucket)) == bucket
                    : ledger.bucketAccount(bucket) < ledger.accountCount();
        }

        private boolean isWanted(final int bucket) {
            final int account = ledger.bucketAccount(bucket);
            return account >= Ledger.SYSTEM_ACCOUNTS
                    && range.contains(ledger.accountId(account))
                    && !ledger.isInLiquidation(bucket)
                    && margin.marksValid()
                    && margin.isUnderwater();
        }
    }
}
