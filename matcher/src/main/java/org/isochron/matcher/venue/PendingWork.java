package org.isochron.matcher.venue;

import org.isochron.codecs.CancelReason;
import org.isochron.matcher.book.Books;
import org.isochron.risk.ledger.Positions;
import org.isochron.risk.state.InvariantViolation;

/**
 * Works off what earlier commands, or this one, have left over, in order, as far as the batch has room; what a settlement
 * has left to tell before everything else.
 */
final class PendingWork {
    private final WorkQueue queue;
    private final Books books;
    private final Cancels cancels;
    private final Matching matching;
    private final Liquidations liquidations;
    private final Auctions auctions;
    private final FiredStops firedStops;
    private final FundingAuctions fundingAuctions;
    private final LastResort lastResort;
    private final MassCancelFilter filter = new MassCancelFilter();
    private final QuoteFilter quotes;

    PendingWork(
            final WorkQueue queue,
            final Books books,
            final Positions positions,
            final Cancels cancels,
            final Matching matching,
            final Liquidations liquidations,
            final Auctions auctions,
            final FiredStops firedStops,
            final FundingAuctions fundingAuctions,
            final LastResort lastResort) {
        this.lastResort = lastResort;
        this.queue = queue;
        this.books = books;
        quotes = new QuoteFilter(positions);
        this.cancels = cancels;
        this.matching = matching;
        this.liquidations = liquidations;
        this.auctions = auctions;
        this.firedStops = firedStops;
        this.fundingAuctions = fundingAuctions;
    }

    void run() {
        while (lastResort.tell() && !queue.isEmpty()) {
            if (isHeadDone()) {
                queue.pop();
            } else if (!lastResort.isTelling()) {
                return;
            }
        }
    }

    private boolean isHeadDone() {
        final int kind = (int) queue.head(WorkQueue.KIND);
        return switch (kind) {
            case WorkQueue.MATCH -> isMatched();
            case WorkQueue.MASS_CANCEL -> isMassCancelled();
            case WorkQueue.SESSION_CANCEL -> cancels.ofSession((int) queue.head(WorkQueue.SUBJECT), reason());
            case WorkQueue.QUOTE_CANCEL -> areQuotesPulled();
            case WorkQueue.LIQUIDATION -> liquidations.goOn();
            case WorkQueue.UNCROSS -> auctions.goOn();
            case WorkQueue.ACTIVATION -> firedStops.goOn();
            case WorkQueue.FUNDING -> fundingAuctions.goOn();
            default -> throw new InvariantViolation("work of kind " + kind);
        };
    }

    /** An order cancelled while it waited is done. */
    private boolean isMatched() {
        final int order = books.findById(queue.head(WorkQueue.SUBJECT));
        final boolean hadTurn = queue.head(WorkQueue.PROGRESS) != 0;
        // Before it matches: when it has to wait, another item may be at the head.
        queue.head(WorkQueue.PROGRESS, 1);
        return order == Books.NONE || matching.goOn(order, hadTurn);
    }

    private boolean isMassCancelled() {
        queue.filter(filter);
        return cancels.ofAccount((int) queue.head(WorkQueue.SUBJECT), filter, reason());
    }

    private boolean areQuotesPulled() {
        queue.filter(quotes);
        return cancels.ofQuotes((int) queue.head(WorkQueue.SUBJECT), quotes);
    }

    private CancelReason reason() {
        return CancelReason.get((short) queue.head(WorkQueue.REASON));
    }
}
