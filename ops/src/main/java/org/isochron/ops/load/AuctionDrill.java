package org.isochron.ops.load;

import org.isochron.codecs.TradingState;
import org.isochron.ops.client.ClientSession;

/**
 * An operator who halts one instrument in the middle of the run, has an auction collect for a while, and opens it again by
 * holding the auction.
 */
final class AuctionDrill {
    private static final TradingState[] STATES = {TradingState.HALT, TradingState.AUCTION, TradingState.OPEN};
    private static final long HALTED_NS = 500_000_000L;
    private static final long COLLECTING_NS = 1_500_000_000L;
    private static final int SHARE = 10;

    private final ClientSession operator;
    private final int instrumentId;
    private final long[] offsetsNs;
    private int entered;

    /** @param durationNs of the run; each step takes at most a tenth of it. */
    AuctionDrill(final ClientSession operator, final int instrumentId, final long durationNs) {
        this.operator = operator;
        this.instrumentId = instrumentId;
        final long haltNs = durationNs / 2;
        final long auctionNs = haltNs + Math.min(HALTED_NS, durationNs / SHARE);
        offsetsNs = new long[] {haltNs, auctionNs, auctionNs + Math.min(COLLECTING_NS, durationNs / SHARE)};
    }

    /**
     * Takes the step that is due.
     *
     * @param offsetNs since the run began.
     * @return requests sent.
     */
    int step(final long offsetNs) {
        if (entered == STATES.length
                || offsetNs < offsetsNs[entered]
                || !operator.enter(instrumentId, STATES[entered])) {
            return 0;
        }
        entered++;
        return 1;
    }

    /** Whether the instrument is open again. */
    boolean isOver() {
        return entered == STATES.length;
    }
}
