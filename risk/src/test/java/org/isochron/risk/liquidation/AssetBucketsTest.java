package org.isochron.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.RiskWorld;
import org.junit.jupiter.api.Test;

class AssetBucketsTest {
    private final RiskWorld world = new RiskWorld();
    private final Ledger ledger = world.ledger;

    @Test
    void shouldGoByAccountIdThenCrossThenInstrumentId() {
        final int late = world.instrument(9, 100_000, 0, 100);
        final int early = world.instrument(4, 100_000, 0, 100);
        final int second = world.account(20, 0);
        final int first = world.account(10, 0);
        for (final int instrument : new int[] {early, late}) {
            ledger.isolate(ledger.position(second, instrument), true);
        }
        ledger.position(first, late);

        final AssetBuckets buckets = new AssetBuckets(ledger);
        final List<Integer> order = new ArrayList<>();
        buckets.begin(RiskWorld.ASSET);
        for (int bucket = buckets.next(); bucket != Ledger.NO_BUCKET; bucket = buckets.next()) {
            order.add(bucket);
        }

        assertEquals(
                List.of(
                        ledger.crossBucket(first, RiskWorld.ASSET),
                        ledger.crossBucket(second, RiskWorld.ASSET),
                        ledger.isolatedBucket(ledger.position(second, early)),
                        ledger.isolatedBucket(ledger.position(second, late)),
                        ledger.crossBucket(Ledger.FEE, RiskWorld.ASSET),
                        ledger.crossBucket(Ledger.INSURANCE, RiskWorld.ASSET)),
                order);
    }

    @Test
    void shouldShareOutToTheQuantumAndChargeNobodyMoreThanHeHas() {
        final Haircut haircut = new Haircut();
        haircut.of(10, 16);
        assertEquals(List.of(3L, 4L, 3L), List.of(haircut.charge(6), haircut.charge(6), haircut.charge(4)));
        haircut.of(1L << 60, 1L << 61);
        assertEquals(1L << 59, haircut.charge(1L << 60));
        assertEquals(1L << 59, haircut.charge(1L << 60));
        haircut.of(16, 16);
        assertEquals(List.of(6L, 0L, 10L), List.of(haircut.charge(6), haircut.charge(0), haircut.charge(10)));
    }
}
