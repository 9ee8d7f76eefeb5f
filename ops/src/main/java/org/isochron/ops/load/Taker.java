package org.isochron.ops.load;

import java.util.SplittableRandom;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/**
 * One taker in one instrument: IOC orders through a few levels, on a random side and against its position once that is
 * large; or on one side until its position is as large as it wants.
 */
final class Taker implements OrderListener {
    private static final long UNITS_PER_PRICE = 20_000;
    private static final long REACH_UNITS = 12;
    private static final int MAX_LOTS = 40;

    private final OrderPort port;
    private final Contract contract;
    private final SplittableRandom random;
    private final Inventory inventory = new Inventory();
    /** Signed lots to build up and then keep, 0 for a trader who comes and goes. */
    private final long targetLots;

    private boolean hasArrived;
    private long ids;
    private int inFlight;

    Taker(final OrderPort port, final Contract contract, final long seed) {
        this(port, contract, seed, 0);
    }

    /** A trader who builds up a position, keeps it and takes what comes. */
    Taker(final OrderPort port, final Contract contract, final long seed, final long targetLots) {
        this.targetLots = targetLots;
        this.port = port;
        this.contract = contract;
        this.random = new SplittableRandom(seed);
    }

    /** Sends the next order; false when the way is blocked. */
    boolean act(final long intendedNs, final long indexE9) {
        if (hasArrived) {
            return false;
        }
        final long indexTicks = indexE9 / contract.tickE9();
        final long reach = REACH_UNITS * Math.max(1, indexTicks / UNITS_PER_PRICE);
        final Side side = side();
        final long ticks = side == Side.BUY ? indexTicks + reach : Math.max(1, indexTicks - reach);
        final boolean isSent = port.newOrder(
                intendedNs,
                ids + 1,
                side,
                Math.min(contract.priceE9(ticks), contract.maxPriceE9()),
                1 + random.nextInt(MAX_LOTS),
                OrderTerms.IOC);
        if (isSent) {
            ids++;
            inFlight++;
        }
        return isSent;
    }

    private Side side() {
        if (targetLots != 0) {
            return targetLots > 0 ? Side.BUY : Side.SELL;
        }
        if (inventory.isFull()) {
            return inventory.positionLots() > 0 ? Side.SELL : Side.BUY;
        }
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    /** Orders without an answer yet. */
    int inFlight() {
        return inFlight;
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        inFlight--;
    }

    @Override
    public void onFill(final long clOrdId, final long openLots, final long positionLots) {
        inventory.onFill(positionLots);
        hasArrived |= targetLots != 0 && Math.abs(positionLots) >= Math.abs(targetLots);
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        inFlight--;
    }

    @Override
    public void onNotTaken(final long clOrdId) {
        inFlight--;
    }

    @Override
    public void onCancelled(final long clOrdId, final boolean isAnswer) {
        // What an IOC did not trade; there is nothing to do about it.
    }

    @Override
    public void onReplaced(final long clOrdId, final long origClOrdId, final long priceE9, final long openLots) {
        throw neverAsked();
    }

    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        throw neverAsked();
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        throw neverAsked();
    }

    private static IllegalStateException neverAsked() {
        return new IllegalStateException("an answer to a request that a taker never sends");
    }
}
