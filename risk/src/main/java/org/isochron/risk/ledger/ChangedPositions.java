package org.isochron.risk.ledger;

/**
 * What has changed of each account, for figures that are derived from positions and follow them without looking at all of
 * them; no part of the state.
 *
 * <p>Positions whose lots, open orders or their bounds have changed since they were last taken are listed by account, each
 * once, newest first. Beside that an account is disturbed by all that can leave a bucket of it with less to spare: cash,
 * lots, leverage, an order nobody has foreseen. Orders that go disturb nobody.
 */
public final class ChangedPositions {
    /** No position. */
    public static final int NONE = -1;

    private static final int UNLISTED = 0;
    private static final int LAST = -1;

    /** By account: its newest changed position + 1, 0 for none. */
    private int[] newest;
    /** By position: the one behind it in the list + 1, LAST, or UNLISTED. */
    private int[] behind;
    /** By account. */
    private long[] disturbances;

    private boolean isFollowed;

    ChangedPositions(final int positions, final int accounts) {
        resize(positions, accounts);
    }

    void resize(final int positions, final int accounts) {
        newest = new int[accounts];
        behind = new int[positions];
        disturbances = new long[accounts];
    }

    /**
     * Whoever follows the changes says so first: they can be taken only once.
     *
     * @throws IllegalStateException when somebody else follows them.
     */
    public void follow() {
        if (isFollowed) {
            throw new IllegalStateException("the changed positions of a ledger are followed already");
        }
        isFollowed = true;
    }

    /** A position of the account has changed, which by itself disturbs nobody. */
    void add(final int account, final int position) {
        if (behind[position] == UNLISTED) {
            behind[position] = newest[account] == 0 ? LAST : newest[account];
            newest[account] = position + 1;
        }
    }

    /** A bucket of the account may have less to spare than before. */
    void disturb(final int account) {
        disturbances[account]++;
    }

    /** How often the account has been disturbed. */
    public long disturbances(final int account) {
        return disturbances[account];
    }

    /** Takes a changed position of the account, or {@link #NONE}. */
    public int take(final int account) {
        final int position = newest[account] - 1;
        if (position == NONE) {
            return NONE;
        }
        newest[account] = behind[position] == LAST ? 0 : behind[position];
        behind[position] = UNLISTED;
        return position;
    }
}
