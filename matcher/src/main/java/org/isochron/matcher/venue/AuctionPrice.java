package org.isochron.matcher.venue;

import org.isochron.matcher.book.Books;

/**
 * The one price an auction would clear at. Of all ticks within bounds it is the one at which most lots trade; then the one
 * with the least difference between what buys and sells want there; then, when only buys are left over the highest, when
 * only sells the lowest, otherwise the one nearest to the reference, without a reference the lowest (rulebook 9).
 *
 * <p>D(p), the lots of buys at p or better, falls with p, and S(p), those of sells, rises: both are steps that change at
 * limit prices only, so the search takes as long as there are price levels that cross, however wide the prices. Pairing
 * the best buys with the best sells until they no longer cross leaves the most lots V that can trade, the worst bid b and
 * offer a among them, and what of those two levels is left over. V trades at every tick of [a, b], and at no other:
 * <ul>
 *   <li>Lots of b are left over: S = V &lt; D on the whole of [a, b], the highest price has the least difference and is also
 *       where pressure leads. Lots of a are left over: the mirror image.
 *   <li>Neither: D = S = V from one tick above the next bid b' up to one tick below the next offer a', D &gt; S at b' and
 *       below, D &lt; S at a' and above. Where there are such ticks within the bounds, they win and the reference decides.
 *       They need not be prices of any order. Otherwise b' and a' are neighbours, the smaller level wins, and of equal ones
 *       the reference decides over the ticks around both that have the same two sums.
 * </ul>
 * Bounds that leave nothing of [a, b] make the nearest bound the price: V falls steadily to either side.
 */
final class AuctionPrice {
    private final Books books;

    private long ticks;
    private long lots;
    private long imbalance;

    /** Of the last pairing: the worst levels that trade, and the lots of them left over. */
    private int bid;

    private int ask;
    private long bidRest;
    private long askRest;

    AuctionPrice(final Books books) {
        this.books = books;
    }

    /**
     * Works out price, quantity and imbalance of a book as it stands.
     *
     * @param lowest    of the prices allowed, ticks, at least 1.
     * @param highest   of the prices allowed.
     * @param reference price that decides between equals, 0 for none.
     * @return whether anything trades.
     */
    boolean find(final int instrument, final long lowest, final long highest, final long reference) {
        ticks = 0;
        lots = 0;
        imbalance = 0;
        final long bestAsk = books.bestTicks(instrument, false);
        final long from = Math.max(bestAsk, lowest);
        final long to = Math.min(books.bestTicks(instrument, true), highest);
        if (bestAsk == 0 || from > to) {
            return false;
        }
        pair(instrument);
        final long low = Math.max(books.levelTicks(ask), lowest);
        final long high = Math.min(books.levelTicks(bid), highest);
        if (low > high) {
            ticks = high < books.levelTicks(ask) ? to : from;
        } else {
            ticks = choose(low, high, reference);
        }
        final long bought = lotsAt(instrument, true, ticks);
        final long sold = lotsAt(instrument, false, ticks);
        lots = Math.min(bought, sold);
        imbalance = bought - sold;
        return true;
    }

    /** Pairs best with best as long as they cross, icebergs in full. */
    private void pair(final int instrument) {
        int nextBid = books.bestLevel(instrument, true);
        int nextAsk = books.bestLevel(instrument, false);
        bidRest = 0;
        askRest = 0;
        while ((bidRest != 0 || nextBid != Books.NONE) && (askRest != 0 || nextAsk != Books.NONE)) {
            final int buys = bidRest != 0 ? bid : nextBid;
            final int sells = askRest != 0 ? ask : nextAsk;
            if (books.levelTicks(buys) < books.levelTicks(sells)) {
                return;
            }
            if (bidRest == 0) {
                bid = nextBid;
                bidRest = lots(bid);
                nextBid = books.nextLevel(bid);
            }
            if (askRest == 0) {
                ask = nextAsk;
                askRest = lots(ask);
                nextAsk = books.nextLevel(ask);
            }
            final long paired = Math.min(bidRest, askRest);
            bidRest -= paired;
            askRest -= paired;
        }
    }

    /** Chooses among prices at all of which the most lots trade. */
    private long choose(final long low, final long high, final long reference) {
        if (bidRest != 0) {
            return high;
        }
        if (askRest != 0) {
            return low;
        }
        final int lowerBid = books.nextLevel(bid);
        final int higherAsk = books.nextLevel(ask);
        final long balancedFrom = lowerBid == Books.NONE ? low : Math.max(low, books.levelTicks(lowerBid) + 1);
        final long balancedTo = higherAsk == Books.NONE ? high : Math.min(high, books.levelTicks(higherAsk) - 1);
        if (balancedFrom <= balancedTo) {
            return nearest(reference, balancedFrom, balancedTo);
        }
        if (balancedFrom > high) {
            return high;
        }
        if (balancedTo < low) {
            return low;
        }
        return chooseUnbalanced(lowerBid, higherAsk, low, high, reference);
    }

    /** The next bid stands one tick below the next offer, both within the bounds. */
    private long chooseUnbalanced(
            final int lowerBid, final int higherAsk, final long low, final long high, final long reference) {
        final long buys = lots(lowerBid);
        final long sells = lots(higherAsk);
        if (buys != sells) {
            return books.levelTicks(buys < sells ? lowerBid : higherAsk);
        }
        final int bidBelow = books.nextLevel(lowerBid);
        final int askAbove = books.nextLevel(higherAsk);
        return nearest(
                reference,
                bidBelow == Books.NONE ? low : Math.max(low, books.levelTicks(bidBelow) + 1),
                askAbove == Books.NONE ? high : Math.min(high, books.levelTicks(askAbove) - 1));
    }

    private static long nearest(final long reference, final long from, final long to) {
        return Math.max(from, Math.min(reference, to));
    }

    private long lots(final int level) {
        return books.levelLots(level) + books.levelHiddenLots(level);
    }

    private long lotsAt(final int instrument, final boolean buy, final long limit) {
        long sum = 0;
        int level = books.bestLevel(instrument, buy);
        while (level != Books.NONE && (buy ? books.levelTicks(level) >= limit : books.levelTicks(level) <= limit)) {
            sum += lots(level);
            level = books.nextLevel(level);
        }
        return sum;
    }

    /** The price found, 0 when nothing trades. */
    long ticks() {
        return ticks;
    }

    /** Lots that would trade at it. */
    long lots() {
        return lots;
    }

    /** Lots of buys at the price or better, less those of sells. */
    long imbalance() {
        return imbalance;
    }
}
