package org.isochron.replay.audit;

import java.math.BigInteger;

/**
 * One liquidation in a report.
 *
 * @param sequence     command it began with.
 * @param endSequence  command it ended with, 0 while it goes on.
 * @param startNs      sequenced time of its start.
 * @param instruments  symbols of what it held, with a comma between them.
 * @param isIsolated   whether the bucket is one isolated position.
 * @param assetId      settlement asset.
 * @param scale        decimals of a quantum of it.
 * @param notional     size of its positions at mark as it began, quanta.
 * @param lotsToBook   lots that the book has taken.
 * @param lotsToFund   lots that INSURANCE has taken over.
 * @param lotsDeleveraged lots that opposite positions have taken.
 * @param lotsSettled  lots closed by the settlement of a market.
 * @param cost         what INSURANCE has lost by it at mark, less the fees it has received, quanta.
 * @param outcome      how it ended.
 */
public record LiquidationRow(
        long sequence,
        long endSequence,
        long startNs,
        long endNs,
        long accountId,
        String instruments,
        boolean isIsolated,
        long assetId,
        String asset,
        int scale,
        BigInteger notional,
        long lotsToBook,
        long lotsToFund,
        long lotsDeleveraged,
        long lotsSettled,
        BigInteger cost,
        String outcome) {}
