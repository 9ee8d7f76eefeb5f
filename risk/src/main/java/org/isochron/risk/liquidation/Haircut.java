package org.isochron.risk.liquidation;

import org.isochron.codecs.fixed.FixedPoint;

/**
 * Shares an amount out in proportion to what each can pay, to the quantum: {@code c_k = floor(amount * (base_1 + ... +
 * base_k) / total)}, and the k-th pays {@code c_k - c_(k-1)} (rulebook 8.7). An amount of no more than the total charges
 * nobody more than its base.
 */
public final class Haircut {
    private long amount;
    private long total;
    private long covered;
    private long charged;

    /** @param total sum of all bases, above 0. */
    public void of(final long amount, final long total) {
        this.amount = amount;
        this.total = total;
        covered = 0;
        charged = 0;
    }

    /** Charge of the next one. */
    public long charge(final long base) {
        covered += base;
        final long before = charged;
        charged = FixedPoint.mulDivFloor(amount, covered, total);
        return charged - before;
    }
}
