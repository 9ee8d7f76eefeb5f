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
    /** Of all traders in all instruments. */
    private static final int TURNS_COLLECTED = 500;

    private final ClientSession operator;
    private final int instrumentId;
    private final long[] offsetsNs;
    private int entered;
    private long turnsAtAuction;

    /** @param durationNs of the run; each step takes at most a tenth of it where traders act as often as planned. */
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
     * @param turns    of the traders since then.
     * @return requests sent.
     */
    int step(final long offsetNs, final Schedule turns) {
        if (isOver() || offsetNs < offsetsNs[entered] || isCollecting(turns)) {
            return 0;
        }
        if (!operator.enter(instrumentId, STATES[entered])) {
            return 0;
        }
        if (STATES[entered] == TradingState.AUCTION) {
            turnsAtAuction = turns.taken();
        }
        entered++;
        return 1;
    }

    /** An auction that traders were too late for, on a machine that stood still, would have nothing to match. */
    private boolean isCollecting(final Schedule turns) {
        return STATES[entered] == TradingState.OPEN
                && !turns.isOver()
                && turns.taken() - turnsAtAuction < TURNS_COLLECTED;
    }

    /** Whether the instrument is open again. */
    boolean isOver() {
        return entered == STATES.length;
    }
}
