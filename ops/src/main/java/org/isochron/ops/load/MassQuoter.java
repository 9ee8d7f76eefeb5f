package org.isochron.ops.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Contract;
import org.isochron.ops.client.Quote;
import org.isochron.ops.client.QuoteListener;
import org.isochron.ops.client.QuotePort;

/**
 * One maker that quotes all instruments by mass quotes, a few levels each, leaning against its positions. Every turn moves
 * the levels of one instrument; an account under market maker protection that was frozen is released first.
 */
final class MassQuoter implements QuoteListener {
    static final int LEVELS = 3;

    private static final long UNITS_PER_PRICE = 20_000;
    private static final long SKEW_UNITS = 3;
    private static final int MAX_LOTS = 15;
    /** One level in so many keeps its size when it is quoted again, so that one at its old price keeps its place. */
    private static final int KEPT_SIZES = 2;

    private final QuotePort port;
    private final List<Contract> contracts;
    private final SplittableRandom random;
    private final Inventory[] inventories;
    private final long[] bidLots;
    private final long[] askLots;
    private boolean isFrozen;
    private boolean isResetting;
    private int inFlight;
    private int next;

    MassQuoter(final QuotePort port, final List<Contract> contracts, final long seed) {
        this.port = port;
        this.contracts = List.copyOf(contracts);
        random = new SplittableRandom(seed);
        inventories = new Inventory[contracts.size()];
        Arrays.setAll(inventories, i -> new Inventory());
        bidLots = new long[contracts.size() * LEVELS];
        askLots = new long[contracts.size() * LEVELS];
        for (int i = 0; i < bidLots.length; i++) {
            bidLots[i] = lots();
            askLots[i] = lots();
        }
    }

    /** Position, from 0, of the instrument whose turn it is. */
    int nextContract() {
        return next;
    }

    /**
     * Quotes the instrument whose turn it is.
     *
     * @param indexE9 its price to quote around.
     * @return false when there is nothing to do before an answer, or the way is blocked.
     */
    boolean act(final long intendedNs, final long indexE9) {
        if (isFrozen) {
            return unfreeze(intendedNs);
        }
        if (!port.quote(intendedNs, quotes(next, indexE9))) {
            return false;
        }
        inFlight++;
        skip();
        return true;
    }

    /** Leaves the turn of an instrument out. */
    void skip() {
        next = (next + 1) % contracts.size();
    }

    private boolean unfreeze(final long intendedNs) {
        if (isResetting || !port.unfreeze(intendedNs)) {
            return false;
        }
        isResetting = true;
        inFlight++;
        return true;
    }

    private List<Quote> quotes(final int instrument, final long indexE9) {
        final Contract contract = contracts.get(instrument);
        final long indexTicks = indexE9 / contract.tickE9();
        final long unit = Math.max(1, indexTicks / UNITS_PER_PRICE);
        final long middle = indexTicks + inventories[instrument].skew(SKEW_UNITS * unit);
        final List<Quote> quotes = new ArrayList<>(LEVELS);
        for (int level = 0; level < LEVELS; level++) {
            final int entry = instrument * LEVELS + level;
            if (random.nextInt(KEPT_SIZES) == 0) {
                bidLots[entry] = lots();
                askLots[entry] = lots();
            }
            final long distance = unit * (1 + level) + random.nextLong(unit + 1);
            quotes.add(new Quote(
                    entry,
                    contract.instrumentId(),
                    contract.priceE9(Math.max(1, middle - distance)),
                    bidLots[entry],
                    Math.min(contract.priceE9(Math.max(2, middle + distance)), contract.maxPriceE9()),
                    askLots[entry]));
        }
        return List.copyOf(quotes);
    }

    private long lots() {
        return 1 + random.nextInt(MAX_LOTS);
    }

    /** Requests without an answer yet. */
    int inFlight() {
        return inFlight;
    }

    @Override
    public void onQuoted(final List<Quote> quotes) {
        inFlight--;
    }

    @Override
    public void onSide(final Quote quote, final Side side, final RejectCode code) {
        // A side that was refused is quoted anew when its instrument's turn comes.
    }

    @Override
    public void onFill(
            final int entryId, final Side side, final int instrumentId, final long openLots, final long positionLots) {
        inventories[entryId / LEVELS].onFill(positionLots);
    }

    @Override
    public void onGone(final int entryId, final Side side) {
        // The next turn of its instrument enters it again.
    }

    @Override
    public void onFrozen() {
        isFrozen = true;
    }

    @Override
    public void onUnfrozen() {
        isFrozen = false;
        isResetting = false;
        inFlight--;
    }

    @Override
    public void onUnfreezeNotTaken() {
        isResetting = false;
        inFlight--;
    }

    @Override
    public void onNotTaken(final List<Quote> quotes) {
        inFlight--;
    }
}
