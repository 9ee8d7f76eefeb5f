package org.isochron.perf.flow;

/**
 * How a command is packed into two longs. The first: bits 0-2 what, bit 3 buy, bits 4-23 lots, bits 24-63 price in ticks.
 * The second is the id of the order: a new one for {@link #ADD} and {@link #TAKE}, a live one otherwise.
 */
public final class FlowCommand {
    /** Longs a command takes. */
    public static final int LONGS = 2;

    /** A limit order that rests: its price crosses nothing. */
    public static final int ADD = 0;
    /** Takes an order out. */
    public static final int CANCEL = 1;
    /** Another price, at which the order queues anew; lots are what it has left. It crosses nothing. */
    public static final int MOVE = 2;
    /** Takes lots off an order, which keeps its place; the price field has the lots that stay. */
    public static final int REDUCE = 3;
    /** An immediate-or-cancel order that fills completely. */
    public static final int TAKE = 4;

    /** Number of kinds. */
    public static final int KINDS = 5;

    /** Most lots a command has room for. */
    static final long MAX_LOTS = (1L << 20) - 1;
    /** Highest price a command has room for. */
    static final long MAX_PRICE = (1L << 39) - 1;

    private FlowCommand() {}

    static long pack(final int kind, final boolean buy, final long lots, final long price) {
        if (lots < 0 || lots > MAX_LOTS || price < 0 || price > MAX_PRICE) {
            throw new IllegalArgumentException("no room for " + lots + " lots at " + price);
        }
        return price << 24 | lots << 4 | (buy ? 8 : 0) | kind;
    }

    public static int kind(final long word) {
        return (int) word & 7;
    }

    public static boolean isBuy(final long word) {
        return (word & 8) != 0;
    }

    public static long lots(final long word) {
        return word >>> 4 & MAX_LOTS;
    }

    /** Price in ticks; of a {@link #REDUCE} the lots that stay. */
    public static long price(final long word) {
        return word >> 24;
    }
}
