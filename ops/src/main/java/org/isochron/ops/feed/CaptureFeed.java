package org.isochron.ops.feed;

import java.util.ArrayList;
import java.util.List;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Contract;

/**
 * Decides for each message of a capture what it becomes, and counts it. Depth that arrives before the snapshot is kept
 * until the snapshot says which of it is newer, as the exchange's own procedure has it.
 */
final class CaptureFeed {
    /** Depth messages kept while there is no snapshot; beyond it the oldest is given up. */
    static final int MAX_KEPT = 4_096;

    /** A mid price that does not change is sent again after this much of the capture's time, so that it stays fresh. */
    static final long MID_REFRESH_NS = 1_000_000_000L;

    private final Contract contract;
    private final DepthMakers makers;
    private final TradeTaker taker;
    private final MidPublisher publisher;
    private final LineTally tally;
    private final List<CaptureMessage.Depth> kept = new ArrayList<>();
    private String symbol;
    private boolean hasBook;
    private long snapshotUpdateId;
    private long lastUpdateId = -1;
    private long depthGaps;
    private long levelsOffGrid;
    private long lastMidE9;
    private long midSentNs;

    CaptureFeed(
            final Contract contract,
            final DepthMakers makers,
            final TradeTaker taker,
            final MidPublisher publisher,
            final LineTally tally) {
        this.contract = contract;
        this.makers = makers;
        this.taker = taker;
        this.publisher = publisher;
        this.tally = tally;
    }

    /** Whether everything decided so far has left, so that the next message may be decided. */
    boolean isSent() {
        return makers.isSent() && taker.isSent() && publisher.isSent();
    }

    /** Decides and counts one message; what it becomes is queued for sending. */
    void onMessage(final long lineNumber, final CaptureMessage message) {
        if (isOfOtherSymbol(message.symbol())) {
            tally.count(LineUse.OTHER_SYMBOL);
        } else if (message instanceof CaptureMessage.Malformed malformed) {
            tally.countMalformed(lineNumber, malformed.what());
        } else if (message instanceof CaptureMessage.Snapshot snapshot) {
            tally.count(onSnapshot(snapshot));
        } else if (message instanceof CaptureMessage.Depth depth) {
            onDepth(depth);
        } else if (message instanceof CaptureMessage.Trade trade) {
            tally.count(onTrade(trade));
        } else if (message instanceof CaptureMessage.BookTicker ticker) {
            tally.count(onBookTicker(ticker));
        } else {
            tally.count(LineUse.OTHER_EVENT);
        }
    }

    /** To be called at the end of the file: counts what still waited for a snapshot. */
    void onEnd() {
        kept.forEach(depth -> tally.count(LineUse.NO_SNAPSHOT));
        kept.clear();
    }

    private boolean isOfOtherSymbol(final String other) {
        if (symbol == null) {
            symbol = other;
        }
        return other != null && !other.equals(symbol);
    }

    private LineUse onSnapshot(final CaptureMessage.Snapshot snapshot) {
        if (hasBook) {
            return LineUse.LATER_SNAPSHOT;
        }
        hasBook = true;
        snapshotUpdateId = snapshot.lastUpdateId();
        want(Side.BUY, snapshot.bids(), false);
        want(Side.SELL, snapshot.asks(), false);
        kept.forEach(depth -> tally.count(applyDepth(depth)));
        kept.clear();
        return LineUse.INITIAL_BOOK;
    }

    private void onDepth(final CaptureMessage.Depth depth) {
        if (hasBook) {
            tally.count(applyDepth(depth));
            return;
        }
        if (kept.size() == MAX_KEPT) {
            kept.remove(0);
            tally.count(LineUse.BEFORE_SNAPSHOT);
        }
        kept.add(depth);
    }

    private LineUse applyDepth(final CaptureMessage.Depth depth) {
        if (depth.lastUpdateId() < snapshotUpdateId) {
            return LineUse.OLDER_THAN_SNAPSHOT;
        }
        if (lastUpdateId >= 0 && depth.previousUpdateId() >= 0 && depth.previousUpdateId() != lastUpdateId) {
            depthGaps++;
        }
        lastUpdateId = depth.lastUpdateId();
        // What goes first, so that what comes does not meet it.
        final int removed = want(Side.BUY, depth.bids(), true) + want(Side.SELL, depth.asks(), true);
        final int changed = want(Side.BUY, depth.bids(), false) + want(Side.SELL, depth.asks(), false);
        return removed + changed > 0 ? LineUse.MAKER_ORDERS : LineUse.NO_LEVEL_CHANGED;
    }

    private int want(final Side side, final CaptureMessage.Levels levels, final boolean removals) {
        int news = 0;
        for (int i = 0; i < levels.count(); i++) {
            final long quantityE9 = levels.quantitiesE9()[i];
            if (quantityE9 == 0 == removals && wantLevel(side, levels.pricesE9()[i], quantityE9)) {
                news++;
            }
        }
        return news;
    }

    /** Levels off the grid and odd lots cannot stand in this venue's book: lots are rounded down, such levels left out. */
    private boolean wantLevel(final Side side, final long priceE9, final long quantityE9) {
        final long lots = Math.min(quantityE9 / contract.lotE9(), contract.maxOrderLots());
        if (!contract.isOnGrid(priceE9) || lots * contract.lotE9() != quantityE9) {
            levelsOffGrid++;
        }
        return contract.isOnGrid(priceE9) && makers.want(side, priceE9, lots);
    }

    private LineUse onTrade(final CaptureMessage.Trade trade) {
        if (!trade.inMarket()) {
            return LineUse.NOT_A_MARKET_TRADE;
        }
        if (!hasBook) {
            return LineUse.BEFORE_SNAPSHOT;
        }
        if (!contract.isOnGrid(trade.priceE9())) {
            return LineUse.NOT_ON_GRID;
        }
        final long lots = trade.quantityE9() / contract.lotE9();
        if (lots == 0 || lots > contract.maxOrderLots() || lots * contract.lotE9() != trade.quantityE9()) {
            return LineUse.NOT_WHOLE_LOTS;
        }
        taker.take(trade.buyerIsMaker() ? Side.SELL : Side.BUY, trade.priceE9(), lots);
        return LineUse.MARKET_ORDER;
    }

    private LineUse onBookTicker(final CaptureMessage.BookTicker ticker) {
        final long midE9 = ticker.bidE9() + (ticker.askE9() - ticker.bidE9()) / 2;
        if (midE9 <= 0 || midE9 > contract.maxPriceE9()) {
            return LineUse.NOT_ON_GRID;
        }
        if (midE9 == lastMidE9 && ticker.receiveNs() - midSentNs < MID_REFRESH_NS) {
            return LineUse.SAME_MID;
        }
        lastMidE9 = midE9;
        midSentNs = ticker.receiveNs();
        publisher.publish(midE9);
        return LineUse.INDEX_PRICE;
    }

    /** Depth messages that do not follow the one before: the capture lost something there. */
    long depthGaps() {
        return depthGaps;
    }

    /** Levels left out, or made smaller, because price or quantity do not fit the contract. */
    long levelsOffGrid() {
        return levelsOffGrid;
    }
}
