package org.isochron.ops.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.codecs.TimeInForce;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/**
 * A venue as one quoter sees it: answers late, fills at random, and refuses what it must. Throws when it is sent what a
 * correct trader never sends.
 */
final class SimulatedVenuePort implements OrderPort {
    private final SplittableRandom random;
    private final Map<Long, Long> openLots = new HashMap<>();
    private final Map<Long, Side> sides = new HashMap<>();
    private final Set<Long> usedIds = new HashSet<>();
    private final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    private OrderListener listener;
    private final Map<Long, Long> prices = new HashMap<>();
    private long position;
    final List<OrderTerms> terms = new ArrayList<>();
    long newOrders;
    long unknownOrders;

    SimulatedVenuePort(final long seed) {
        random = new SplittableRandom(seed);
    }

    void listener(final OrderListener newListener) {
        listener = newListener;
    }

    @Override
    public boolean newOrder(
            final long intendedNs,
            final long clOrdId,
            final Side side,
            final long priceE9,
            final long lots,
            final OrderTerms asked) {
        use(clOrdId);
        newOrders++;
        terms.add(asked);
        prices.put(clOrdId, priceE9);
        if (random.nextInt(20) == 0) {
            answers.add(() -> listener.onRejected(clOrdId, RejectCode.INSUFFICIENT_MARGIN));
            return true;
        }
        if (random.nextInt(20) == 0) {
            answers.add(() -> listener.onNotTaken(clOrdId));
            return true;
        }
        answers.add(() -> listener.onAck(clOrdId, lots));
        if (asked.timeInForce() == TimeInForce.IOC || asked.timeInForce() == TimeInForce.FOK) {
            answers.add(() -> listener.onCancelled(clOrdId, false));
        } else {
            openLots.put(clOrdId, lots);
            sides.put(clOrdId, side);
        }
        return true;
    }

    @Override
    public boolean replace(
            final long intendedNs, final long clOrdId, final long origClOrdId, final long priceE9, final long lots) {
        use(clOrdId);
        if (openLots.remove(origClOrdId) == null) {
            unknownOrders++;
            answers.add(() -> listener.onReplaceRejected(clOrdId, origClOrdId, RejectCode.UNKNOWN_ORDER));
            return true;
        }
        openLots.put(clOrdId, lots);
        sides.put(clOrdId, sides.remove(origClOrdId));
        answers.add(() -> listener.onReplaced(clOrdId, origClOrdId, priceE9, lots));
        return true;
    }

    @Override
    public boolean cancel(final long intendedNs, final long clOrdId, final long origClOrdId) {
        use(clOrdId);
        if (openLots.remove(origClOrdId) == null) {
            unknownOrders++;
            answers.add(() -> listener.onCancelRejected(clOrdId, origClOrdId, RejectCode.UNKNOWN_ORDER));
        } else {
            answers.add(() -> listener.onCancelled(origClOrdId, true));
        }
        return true;
    }

    @Override
    public boolean cancelSide(final long intendedNs, final long clOrdId, final Side side) {
        use(clOrdId);
        if (random.nextInt(10) == 0) {
            answers.add(() -> listener.onNotTaken(clOrdId));
            return true;
        }
        openLots.keySet().stream()
                .filter(id -> sides.get(id) == side)
                .sorted()
                .toList()
                .forEach(id -> {
                    openLots.remove(id);
                    answers.add(() -> listener.onCancelled(id, false));
                });
        return true;
    }

    /** Fills some orders, or parts of them. */
    void trade() {
        openLots.keySet().stream().sorted().toList().forEach(id -> {
            if (random.nextInt(8) == 0) {
                final long lots = openLots.get(id);
                final long filled = random.nextLong(1, lots + 1);
                position += sides.get(id) == Side.BUY ? filled : -filled;
                final long after = position;
                if (filled == lots) {
                    openLots.remove(id);
                } else {
                    openLots.put(id, lots - filled);
                }
                answers.add(() -> listener.onFill(id, lots - filled, after));
            }
        });
    }

    /** Delivers about half of what is due. */
    void answerSome() {
        while (!answers.isEmpty() && random.nextBoolean()) {
            answers.poll().run();
        }
    }

    void answerAll() {
        while (!answers.isEmpty()) {
            answers.poll().run();
        }
    }

    int openOrders() {
        return openLots.size();
    }

    /** Whether some open bid is above some open offer. */
    boolean isCrossed() {
        final LongSummaryStatistics bids = pricesOf(Side.BUY);
        final LongSummaryStatistics offers = pricesOf(Side.SELL);
        return bids.getMax() > offers.getMin();
    }

    private LongSummaryStatistics pricesOf(final Side side) {
        return openLots.keySet().stream()
                .filter(id -> sides.get(id) == side)
                .mapToLong(prices::get)
                .summaryStatistics();
    }

    private void use(final long clOrdId) {
        if (!usedIds.add(clOrdId)) {
            throw new IllegalStateException("clOrdId " + clOrdId + " is used twice");
        }
    }
}
