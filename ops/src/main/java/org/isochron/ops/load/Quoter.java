package org.isochron.ops.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.OrderListener;
import org.isochron.ops.client.OrderPort;
import org.isochron.ops.client.OrderTerms;

/**
 * One maker in one instrument: a ladder of orders on both sides of the index, leaning against its position. It fills its
 * ladder first; with the ladder full it cancels a side, cancels or replaces an order, and fills up again.
 */
final class Quoter implements OrderListener {
    static final int DEPTH = 5;

    private static final int SLOTS = 2 * DEPTH;
    private static final int SLOT_BITS = 4;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    /** Ids of requests for a whole side end in these. */
    private static final int BUY_SIDE = SLOT_MASK;

    private static final int SELL_SIDE = SLOT_MASK - 1;
    private static final long UNITS_PER_PRICE = 20_000;
    private static final long SKEW_UNITS = 3;
    private static final int MAX_LOTS = 20;

    /** What an order of the ladder is at. */
    private enum State {
        EMPTY,
        ENTERING,
        LIVE,
        REPLACING,
        CANCELLING,
        SWEEPING
    }

    private final OrderPort port;
    private final Contract contract;
    private final SplittableRandom random;
    private final Inventory inventory = new Inventory();
    private final State[] states = new State[SLOTS];
    private final long[] liveIds = new long[SLOTS];
    private long ids;
    private int inFlight;

    Quoter(final OrderPort port, final Contract contract, final long seed) {
        this.port = port;
        this.contract = contract;
        this.random = new SplittableRandom(seed);
        Arrays.fill(states, State.EMPTY);
    }

    /**
     * Sends the next request.
     *
     * @param indexE9 price to quote around.
     * @return false when there is nothing to do, or the way is blocked.
     */
    boolean act(final long intendedNs, final long indexE9) {
        final int first = random.nextInt(SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            final int slot = (first + i) % SLOTS;
            if (states[slot] == State.EMPTY) {
                return enter(slot, intendedNs, indexE9);
            }
        }
        final int dice = random.nextInt(10);
        if (dice < 5) {
            return sweep(dice % 2 == 0 ? Side.BUY : Side.SELL, intendedNs);
        }
        if (states[first] != State.LIVE) {
            return false;
        }
        return dice < 8 ? replace(first, intendedNs, indexE9) : cancel(first, intendedNs);
    }

    private boolean enter(final int slot, final long intendedNs, final long indexE9) {
        final boolean isSent =
                port.newOrder(intendedNs, nextId(slot), sideOf(slot), price(slot, indexE9), lots(), OrderTerms.GTC);
        return sent(isSent, slot, State.ENTERING);
    }

    private boolean replace(final int slot, final long intendedNs, final long indexE9) {
        final boolean isSent = port.replace(intendedNs, nextId(slot), liveIds[slot], price(slot, indexE9), lots());
        return sent(isSent, slot, State.REPLACING);
    }

    private boolean cancel(final int slot, final long intendedNs) {
        return sent(port.cancel(intendedNs, nextId(slot), liveIds[slot]), slot, State.CANCELLING);
    }

    private boolean sent(final boolean isSent, final int slot, final State state) {
        if (isSent) {
            states[slot] = state;
            inFlight++;
        }
        return isSent;
    }

    /** Cancels a side, when all of it stands: a request on its way to one of its orders would miss it. */
    private boolean sweep(final Side side, final long intendedNs) {
        final int first = side == Side.BUY ? 0 : DEPTH;
        for (int slot = first; slot < first + DEPTH; slot++) {
            if (states[slot] != State.LIVE) {
                return false;
            }
        }
        if (!port.cancelSide(intendedNs, nextId(side == Side.BUY ? BUY_SIDE : SELL_SIDE), side)) {
            return false;
        }
        Arrays.fill(states, first, first + DEPTH, State.SWEEPING);
        inFlight += DEPTH;
        return true;
    }

    private long price(final int slot, final long indexE9) {
        final long indexTicks = indexE9 / contract.tickE9();
        final long unit = Math.max(1, indexTicks / UNITS_PER_PRICE);
        final long distance = unit * (2 + slot % DEPTH) + random.nextLong(unit + 1);
        final long middle = indexTicks + inventory.skew(SKEW_UNITS * unit);
        final long ticks = sideOf(slot) == Side.BUY ? middle - distance : middle + distance;
        return Math.min(contract.priceE9(Math.max(1, ticks)), contract.maxPriceE9());
    }

    private long lots() {
        return 1 + random.nextInt(MAX_LOTS);
    }

    private long nextId(final int slot) {
        return ++ids << SLOT_BITS | slot;
    }

    private static Side sideOf(final int slot) {
        return slot < DEPTH ? Side.BUY : Side.SELL;
    }

    private static int slotOf(final long clOrdId) {
        return (int) (clOrdId & SLOT_MASK);
    }

    /** Requests, or orders of a swept side, without an answer yet. */
    int inFlight() {
        return inFlight;
    }

    long positionLots() {
        return inventory.positionLots();
    }

    @Override
    public void onAck(final long clOrdId, final long lots) {
        stands(slotOf(clOrdId), clOrdId);
    }

    @Override
    public void onReplaced(final long clOrdId, final long origClOrdId, final long priceE9, final long openLots) {
        stands(slotOf(clOrdId), clOrdId);
    }

    private void stands(final int slot, final long clOrdId) {
        inFlight--;
        liveIds[slot] = clOrdId;
        states[slot] = State.LIVE;
    }

    @Override
    public void onFill(final long clOrdId, final long openLots, final long positionLots) {
        inventory.onFill(positionLots);
        if (openLots == 0) {
            gone(slotOf(clOrdId));
        }
    }

    @Override
    public void onCancelled(final long clOrdId, final boolean isAnswer) {
        final int slot = slotOf(clOrdId);
        if (isAnswer) {
            inFlight--;
            states[slot] = State.LIVE;
        }
        gone(slot);
    }

    /** The order has ended. A request for it may still be on its way: its refusal empties the place. */
    private void gone(final int slot) {
        liveIds[slot] = 0;
        if (states[slot] == State.SWEEPING) {
            inFlight--;
            states[slot] = State.EMPTY;
        } else if (states[slot] == State.LIVE) {
            states[slot] = State.EMPTY;
        }
    }

    @Override
    public void onRejected(final long clOrdId, final RejectCode code) {
        refused(slotOf(clOrdId));
    }

    @Override
    public void onReplaceRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        refused(slotOf(clOrdId));
    }

    @Override
    public void onCancelRejected(final long clOrdId, final long origClOrdId, final RejectCode code) {
        refused(slotOf(clOrdId));
    }

    @Override
    public void onNotTaken(final long clOrdId) {
        final int slot = slotOf(clOrdId);
        if (slot < SLOTS) {
            refused(slot);
            return;
        }
        final int first = slot == BUY_SIDE ? 0 : DEPTH;
        for (int i = first; i < first + DEPTH; i++) {
            if (states[i] == State.SWEEPING) {
                refused(i);
            }
        }
    }

    private void refused(final int slot) {
        inFlight--;
        states[slot] = liveIds[slot] == 0 ? State.EMPTY : State.LIVE;
    }
}
