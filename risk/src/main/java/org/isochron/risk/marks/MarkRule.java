package org.isochron.risk.marks;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.rules.MarkRules;

/**
 * The mark as its rule makes it of index, book and external perpetuals, before any limit (rulebook 4). Every rule gives a
 * price whatever is missing: what a rule cannot have, the index stands for.
 *
 * <ul>
 *   <li>MEDIAN_OF_THREE: median of the index plus the average of mid less index, of the {@link #bookPrice book}, and of the
 *       external perpetuals, or without any the index. Without a book price the median of the other two.
 *   <li>FAIR_BASIS: {@code O * (1 + fundingRate * timeToFunding / interval)}.
 *   <li>LAST_TRADE: the last trade, however old; the index before the first.
 *   <li>ORACLE: the index.
 * </ul>
 */
final class MarkRule {
    private static final int Q16 = 16;
    private static final long PPB = 1_000_000_000;

    private final MarkRules rules;
    private final Sources sources;
    private final SourceMedian median;
    private final BookPrices book;
    private final Averages basis;
    private final Staleness staleness;
    private FundingOutlook funding = FundingOutlook.NONE;

    MarkRule(
            final MarkRules rules,
            final Sources sources,
            final SourceMedian median,
            final BookPrices book,
            final Averages basis,
            final Staleness staleness) {
        this.rules = rules;
        this.sources = sources;
        this.median = median;
        this.book = book;
        this.basis = basis;
        this.staleness = staleness;
    }

    void funding(final FundingOutlook funding) {
        this.funding = funding;
    }

    /** Whether trades, best bid and best offer move the mark of the instrument. */
    boolean readsBook(final int instrument) {
        final int rule = rules.rule(instrument);
        return rule == MarkRules.MEDIAN_OF_THREE || rule == MarkRules.LAST_TRADE;
    }

    /** Ticks, at least 1. */
    long ticks(final int instrument, final long indexTicks, final long nowNs) {
        return switch (rules.rule(instrument)) {
            case MarkRules.MEDIAN_OF_THREE -> medianOfThree(instrument, indexTicks, nowNs);
            case MarkRules.FAIR_BASIS -> Math.max(1, fairBasis(instrument, indexTicks, nowNs));
            case MarkRules.LAST_TRADE -> lastTrade(instrument, indexTicks);
            default -> indexTicks;
        };
    }

    private long medianOfThree(final int instrument, final long indexTicks, final long nowNs) {
        final long withBasis =
                Math.max(1, indexTicks + FixedPoint.mulDivHalfAwayFromZero(basis.valueQ16(instrument), 1, 1L << Q16));
        final long bitmap = median.weighted(
                instrument, sources.youngerThan(instrument, Sources.PERPETUAL, staleness.ns(instrument), nowNs));
        final long external = bitmap == 0 ? indexTicks : median.of(instrument, Sources.PERPETUAL, bitmap);
        final long bookTicks = bookPrice(instrument, nowNs);
        return bookTicks == 0 ? Medians.of(withBasis, external) : Medians.of(withBasis, bookTicks, external);
    }

    /** Median of best bid, best offer and a last trade that is young enough, of those there are; 0 without any. */
    private long bookPrice(final int instrument, final long nowNs) {
        final long bid = book.bestBidTicks(instrument);
        final long ask = book.bestAskTicks(instrument);
        final boolean traded = book.lastTradeTicks(instrument) != 0
                && nowNs - book.lastTradeNs(instrument) <= rules.lastTradeNs(instrument);
        final long last = traded ? book.lastTradeTicks(instrument) : 0;
        if (bid != 0 && ask != 0) {
            return last != 0 ? Medians.of(bid, ask, last) : Medians.of(bid, ask);
        }
        final long best = bid + ask; // one of them at most
        return best != 0 && last != 0 ? Medians.of(best, last) : best + last;
    }

    private long fairBasis(final int instrument, final long indexTicks, final long nowNs) {
        final long leftNs = funding.nextFundingNs(instrument) - nowNs;
        if (leftNs <= 0) {
            return indexTicks;
        }
        final long leftE9 =
                FixedPoint.mulDivTrunc(funding.nextRateE9(instrument), leftNs, funding.fundingIntervalNs(instrument));
        return indexTicks + FixedPoint.mulDivTrunc(indexTicks, leftE9, PPB);
    }

    private long lastTrade(final int instrument, final long indexTicks) {
        final long last = book.lastTradeTicks(instrument);
        return last == 0 ? indexTicks : last;
    }

    /**
     * The clock ticks: a sample of mid less index, when there are both a bid and an offer and the index is valid. It weighs
     * what the last tick lasted: a book that was gone for an hour does not come back with the weight of an hour.
     */
    void sampleBasis(final int instrument, final long indexTicks, final boolean isValid, final long nowNs) {
        if (rules.rule(instrument) != MarkRules.MEDIAN_OF_THREE) {
            return;
        }
        final long bid = book.bestBidTicks(instrument);
        final long ask = book.bestAskTicks(instrument);
        if (isValid && bid != 0 && ask != 0 && basis.isBegun(instrument)) {
            final long basisQ16 = (bid + ask << Q16 - 1) - (indexTicks << Q16);
            basis.sample(instrument, basisQ16, nowNs, rules.basisTauMs(instrument));
        } else {
            basis.hold(instrument, nowNs);
        }
    }
}
