package org.isochron.matcher.twin;

/** A market maker protection group of an account. Limits are {@link Line#NONE} where there is none. */
final class MmpGroup {
    static final long UNTIL_RESET = Long.MAX_VALUE;

    final Account account;
    final int id;
    long asset;
    long quantityLimit;
    long notionalLimit;
    long deltaLimit;
    long fillCountLimit;
    long windowNs;
    long frozenNs;

    /** Whether a window has begun, and when. */
    boolean windowOpen;

    long windowStartNs;
    long quantity;
    long notional;
    long delta;
    long fillCount;
    /** 0 while not frozen. */
    long frozenUntilNs;

    MmpGroup(final Account account, final int id) {
        this.account = account;
        this.id = id;
    }

    boolean isFrozen(final long nowNs) {
        return nowNs < frozenUntilNs;
    }

    void restartWindow() {
        windowOpen = false;
        windowStartNs = 0;
        quantity = 0;
        notional = 0;
        delta = 0;
        fillCount = 0;
    }
}
