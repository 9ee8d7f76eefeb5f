package org.isochron.matcher.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.isochron.codecs.CancelReason;
import org.isochron.codecs.Liquidity;

/** The uniform-price auction. */
final class Auction {
    /** Where an auction clears: lots that trade, and buys less sells at the price. */
    record Clearing(long ticks, long lots, long imbalance) {}

    private static final Clearing NOTHING = new Clearing(0, 0, 0);
    private static final int MAX_EXTENSIONS = 40;

    private final Events events;
    private final Reports reports;
    private final Lifecycle lifecycle;
    private final Matching matching;
    private final Margins margins;
    private final SelfTrade selfTrade;
    private final Protection protection;

    Auction(
            final Events events,
            final Reports reports,
            final Lifecycle lifecycle,
            final Matching matching,
            final Margins margins,
            final Protection protection) {
        this.events = events;
        this.reports = reports;
        this.lifecycle = lifecycle;
        this.matching = matching;
        this.margins = margins;
        this.protection = protection;
        selfTrade = new SelfTrade(lifecycle);
    }

    private static long reference(final Instrument instrument) {
        return instrument.markTicks != 0 ? instrument.markTicks : instrument.lastTicks;
    }

    /** How far from the reference the price may be, ticks; as far as can be when there is no collar. */
    private static long collar(final Instrument instrument) {
        final boolean bounded =
                instrument.collarPpm != 0 && reference(instrument) != 0 && instrument.extensions <= MAX_EXTENSIONS;
        return bounded
                ? Exact.mulDivCapped(reference(instrument), instrument.collarPpm << instrument.extensions, Exact.PPM)
                : instrument.maxTicks;
    }

    private static Clearing clearWithinCollar(final Instrument instrument) {
        final long collar = collar(instrument);
        final long reference = reference(instrument);
        return clear(instrument, Math.max(1, reference - collar), reference + collar);
    }

    /** Tries every tick at which anything trades; null when there is none between the bounds. */
    static Clearing clear(final Instrument instrument, final long lowest, final long highest) {
        final List<Clearing> candidates = new ArrayList<>();
        if (instrument.bids.best() == null || instrument.asks.best() == null) {
            return null;
        }
        final long last = Math.min(highest, instrument.bids.bestTicks());
        for (long ticks = Math.max(lowest, instrument.asks.bestTicks()); ticks <= last; ticks++) {
            final long buys = lotsAt(instrument.bids, ticks);
            final long sells = lotsAt(instrument.asks, ticks);
            candidates.add(new Clearing(ticks, Math.min(buys, sells), buys - sells));
        }
        return best(candidates, reference(instrument));
    }

    /** Most volume; least imbalance; by pressure, the highest or the lowest; nearest to the reference; the lowest. */
    private static Clearing best(final List<Clearing> candidates, final long reference) {
        if (candidates.isEmpty()) {
            return null;
        }
        final long volume = candidates.stream().mapToLong(Clearing::lots).max().orElseThrow();
        candidates.removeIf(candidate -> candidate.lots < volume);
        final long imbalance = candidates.stream()
                .mapToLong(candidate -> Math.abs(candidate.imbalance))
                .min()
                .orElseThrow();
        candidates.removeIf(candidate -> Math.abs(candidate.imbalance) > imbalance);
        final Clearing lowest = candidates.get(0);
        if (candidates.stream().allMatch(candidate -> candidate.imbalance > 0)) {
            return candidates.get(candidates.size() - 1);
        }
        if (reference == 0 || candidates.stream().allMatch(candidate -> candidate.imbalance < 0)) {
            return lowest;
        }
        return candidates.stream()
                .min(Comparator.comparingLong((Clearing candidate) -> Math.abs(candidate.ticks - reference))
                        .thenComparingLong(Clearing::ticks))
                .orElseThrow();
    }

    private static long lotsAt(final Queue queue, final long ticks) {
        long lots = 0;
        for (final Order order : queue.upTo(ticks)) {
            lots += order.leaves;
        }
        return lots;
    }

    /**
     * Ends the auction: clears at its price until nothing crosses any more.
     *
     * @param byOperator who may move the price into the collar, as long as no lots are lost by it.
     * @return false when the price lies outside the collar, and collecting goes on.
     */
    boolean hold(final Instrument instrument, final boolean byOperator) {
        for (Clearing free = clearFreely(instrument); free != null; free = clearFreely(instrument)) {
            final Clearing bounded = clearWithinCollar(instrument);
            final boolean inside = Math.abs(free.ticks - reference(instrument)) <= collar(instrument);
            final boolean moved = byOperator && bounded != null && bounded.lots == free.lots;
            if (!inside && !moved) {
                return false;
            }
            uncross(instrument, inside ? free.ticks : bounded.ticks);
        }
        return true;
    }

    private static Clearing clearFreely(final Instrument instrument) {
        return clear(instrument, 1, instrument.maxTicks);
    }

    private void uncross(final Instrument instrument, final long ticks) {
        while (true) {
            final Order buy = instrument.bids.best();
            final Order sell = instrument.asks.best();
            if (buy == null || sell == null || buy.ticks < ticks || sell.ticks > ticks) {
                return;
            }
            final Order later = buy.priority > sell.priority ? buy : sell;
            final Order earlier = later == buy ? sell : buy;
            if (selfTrade.isOwn(later, earlier)) {
                selfTrade.prevent(later, earlier);
            } else {
                pair(buy, sell, earlier, ticks);
            }
        }
    }

    private void pair(final Order buy, final Order sell, final Order earlier, final long ticks) {
        long lots = Math.min(buy.leaves, sell.leaves);
        for (final Order order : new Order[] {buy, sell}) {
            if (order.reduceOnly) {
                lots = Math.min(lots, order.position.reducibleLots(order.buy));
                if (lots == 0) {
                    lifecycle.cancel(order, CancelReason.REDUCE_ONLY);
                    return;
                }
            }
        }
        for (final Order order : new Order[] {buy, sell}) {
            if (!margins.admitsFill(order, lots, ticks, Matching.takerFee(order, ticks, lots))) {
                lifecycle.cancel(order, CancelReason.MARGIN);
                return;
            }
        }
        trade(buy, sell, earlier, ticks, lots);
    }

    private void trade(final Order buy, final Order sell, final Order earlier, final long ticks, final long lots) {
        final Instrument instrument = buy.instrument();
        final long tradeId = events.nextEventId();
        final long fee = Matching.takerFee(buy, ticks, lots);
        matching.noteChange(buy, sell);
        matching.settle(buy, ticks, lots, fee);
        matching.settle(sell, ticks, lots, fee);
        instrument.lastTicks = ticks;
        final boolean buyTriggers = protection.counts(buy, ticks, lots);
        final boolean sellTriggers = protection.counts(sell, ticks, lots);
        reports.filled(buy, tradeId, ticks, lots, fee, Liquidity.AUCTION, buyTriggers);
        reports.filled(sell, tradeId, ticks, lots, fee, Liquidity.AUCTION, sellTriggers);
        reports.traded(instrument, tradeId, earlier.priority, ticks, lots, null);
        for (final Order order : new Order[] {buy, sell}) {
            order.shown = Math.max(0, order.shown - lots);
            matching.afterTrade(order);
        }
        protection.trigger(buyTriggers ? buy : null, sellTriggers ? sell : null);
    }

    /** Tells where the auction would clear, when that has changed. */
    void indicate(final Instrument instrument) {
        final Clearing free = clearFreely(instrument);
        final Clearing clearing = free == null ? NOTHING : free;
        final Clearing told = instrument.toldIndicative == null ? NOTHING : instrument.toldIndicative;
        if (!clearing.equals(told)) {
            instrument.toldIndicative = clearing;
            events.publicly("AuctionIndicative", instrument)
                    .with("price", clearing.ticks == 0 ? Line.NONE : instrument.price(clearing.ticks))
                    .with("quantity", clearing.lots)
                    .with("imbalance", clearing.imbalance);
        }
    }
}
