package org.isochron.matcher.book;

/** What an order is, as bits of one int. The book itself acts on {@link #BUY}, REDUCE_ONLY and HAS_EXTRAS only. */
public final class OrderTraits {
    public static final int BUY = 1;
    /** Never takes: refused, or moved when {@link #SLIDE} is set, where it would trade on arrival. */
    public static final int POST_ONLY = 1 << 1;
    /** A post-only order that would trade rests one tick behind the touch instead. */
    public static final int SLIDE = 1 << 2;
    /** Only ever brings its position closer to zero; stands first in the list of its holding and holds no margin. */
    public static final int REDUCE_ONLY = 1 << 3;
    /** Counts towards its market maker protection group. */
    public static final int MMP = 1 << 4;
    /** Marked by the client for cancel on disconnect. */
    public static final int COD_TAGGED = 1 << 5;
    /** Self-trade prevention looks at the firm instead of the account. */
    public static final int STP_FIRM = 1 << 6;
    /** Never rests: immediate or cancel, fill or kill, market. */
    public static final int IMMEDIATE = 1 << 7;
    /** Trades all its lots at once or none. */
    public static final int FILL_OR_KILL = 1 << 8;
    /** Came without a limit; its ticks are the protection price. */
    public static final int MARKET = 1 << 9;
    /** Enters when the reference moves against its side: at or above the trigger for a buy. */
    public static final int STOP = 1 << 10;
    /** Enters when the reference moves in favour of its side: at or below the trigger for a buy. */
    public static final int TAKE_PROFIT = 1 << 11;
    /** One side of a mass quote's entry. */
    public static final int QUOTE = 1 << 12;
    /** Ends at its expiry time. */
    public static final int GTT = 1 << 13;
    /** Has displayed lots, expiry, trigger or groups: see {@link Books#extras}. */
    public static final int HAS_EXTRAS = 1 << 14;

    /** Self-trade prevention: the resting order is cancelled, matching goes on. */
    public static final int CANCEL_RESTING = 0;
    /** Self-trade prevention: what is left of the aggressor is cancelled. */
    public static final int CANCEL_AGGRESSOR = 1;
    /** Self-trade prevention: both are cancelled. */
    public static final int CANCEL_BOTH = 2;
    /** Self-trade prevention: both lose the lots they would have traded. */
    public static final int DECREMENT = 3;

    /** A stop looks at the mark price. */
    public static final int MARK = 0;
    /** A stop looks at the last trade's price. */
    public static final int LAST = 1;
    /** A stop looks at the index price. */
    public static final int INDEX = 2;

    /** Bits of all traits together; what is above them in an int is free for the book. */
    static final int BITS = 19;

    private static final int STP_MODE_SHIFT = 15;
    private static final int TRIGGER_REF_SHIFT = 17;
    private static final int TWO_BITS = 3;

    private OrderTraits() {}

    /** Bits of {@link #CANCEL_RESTING}, CANCEL_AGGRESSOR, CANCEL_BOTH or DECREMENT. */
    public static int ofStpMode(final int mode) {
        return mode << STP_MODE_SHIFT;
    }

    public static int stpMode(final int traits) {
        return traits >>> STP_MODE_SHIFT & TWO_BITS;
    }

    /** Bits of {@link #MARK}, LAST or INDEX. */
    public static int ofTriggerRef(final int reference) {
        return reference << TRIGGER_REF_SHIFT;
    }

    public static int triggerRef(final int traits) {
        return traits >>> TRIGGER_REF_SHIFT & TWO_BITS;
    }
}
