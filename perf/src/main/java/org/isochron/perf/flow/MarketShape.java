package org.isochron.perf.flow;

/**
 * What the commands for a whole venue look like.
 *
 * @param instruments books, each with the mix of the main workload.
 * @param accounts    that trade: one in ten only takes, the others only make, so that nobody meets himself.
 * @param resting     orders in all books together.
 * @param skewed      whether instruments, accounts and orders are picked by Zipf's law; otherwise evenly.
 */
public record MarketShape(int instruments, int accounts, int resting, boolean skewed) {
    private static final int ONE_TAKER_IN = 10;

    public MarketShape {
        if (instruments < 1 || accounts < ONE_TAKER_IN || resting < 2 * instruments) {
            throw new IllegalArgumentException("a market of " + instruments + " instruments, " + accounts
                    + " accounts and " + resting + " orders: at least 1, " + ONE_TAKER_IN
                    + " and two orders an instrument are needed");
        }
    }

    int takers() {
        return accounts / ONE_TAKER_IN;
    }
}
