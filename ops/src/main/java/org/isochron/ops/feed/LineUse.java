package org.isochron.ops.feed;

/** What became of a line of the capture. */
public enum LineUse {
    INITIAL_BOOK(true, "initial book: one order or quote for each level"),
    MAKER_ORDERS(true, "maker orders and quotes: a level entered, changed or taken out"),
    MARKET_ORDER(true, "market order of the taker, protected at the trade's price"),
    INDEX_PRICE(true, "mid price for the index"),
    SAME_MID(false, "the mid price is the last one sent"),
    NO_LEVEL_CHANGED(false, "no level has another quantity than before"),
    BEFORE_SNAPSHOT(false, "before the snapshot, the book is not known"),
    OLDER_THAN_SNAPSHOT(false, "the snapshot has it already"),
    LATER_SNAPSHOT(false, "a second snapshot, the book is known"),
    NO_SNAPSHOT(false, "depth without any snapshot in the file"),
    NOT_A_MARKET_TRADE(false, "a trade outside the book, such as of an insurance fund"),
    NOT_ON_GRID(false, "price off the instrument's tick, or above its largest"),
    NOT_WHOLE_LOTS(false, "quantity not of whole lots, or above the largest order"),
    OTHER_SYMBOL(false, "another instrument than the first line's"),
    OTHER_EVENT(false, "an event the feed has no use for"),
    MALFORMED(false, "malformed");

    private final boolean used;
    private final String text;

    LineUse(final boolean used, final String text) {
        this.used = used;
        this.text = text;
    }

    public boolean isUsed() {
        return used;
    }

    /** For people: "used as ...", "not used: ...". */
    public String text() {
        return (used ? "used as " : "not used: ") + text;
    }
}
