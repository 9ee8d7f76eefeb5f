package org.isochron.ops.feed;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.isochron.ops.client.Quote;
import org.isochron.ops.client.QuoteListener;
import org.isochron.ops.client.QuotePort;

/**
 * Keeps the captured depth by mass quotes: every level is one side of a quote, and whatever a message of the capture changes
 * leaves together, {@link QuotePort#MAX_QUOTES} levels at a time. Quotes are post-only, as a {@link DepthMaker}'s orders
 * are.
 */
final class DepthQuoter implements LevelMaker, QuoteListener {
    /** Entry ids are 16 bits, the highest being null. */
    private static final int MAX_ENTRIES = 65_535;

    private final QuotePort port;
    private final int instrumentId;
    private final int window;
    private final DepthLevels levels = new DepthLevels();
    private final Int2ObjectHashMap<Level> byEntry = new Int2ObjectHashMap<>();
    private final IntArrayList freeEntries = new IntArrayList();
    private int usedEntries;
    private int inFlight;
    /** Made up, and not gone because the way was blocked. */
    private List<Quote> waiting = List.of();

    /** @param window most mass quotes on their way at once. */
    DepthQuoter(final QuotePort port, final int instrumentId, final int window) {
        this.port = port;
        this.instrumentId = instrumentId;
        this.window = window;
    }

    @Override
    public boolean want(final Side side, final long priceE9, final long lots) {
        return levels.want(side, priceE9, lots);
    }

    @Override
    public int send(final long intendedNs) {
        int sent = 0;
        while (inFlight < window && (!waiting.isEmpty() || levels.nextDue() != null)) {
            if (waiting.isEmpty()) {
                waiting = nextQuotes();
            }
            if (!port.quote(intendedNs, waiting)) {
                break;
            }
            waiting = List.of();
            inFlight++;
            sent++;
        }
        return sent;
    }

    private List<Quote> nextQuotes() {
        final List<Quote> quotes = new ArrayList<>();
        for (Level level = levels.nextDue();
                level != null && quotes.size() < QuotePort.MAX_QUOTES;
                level = levels.nextDue()) {
            if (level.entryId == Level.NO_ENTRY) {
                level.entryId = claimEntry();
                byEntry.put(level.entryId, level);
            }
            quotes.add(quote(level));
            levels.sent();
        }
        return List.copyOf(quotes);
    }

    private Quote quote(final Level level) {
        return level.side == Side.BUY
                ? new Quote(level.entryId, instrumentId, level.priceE9, level.wantedLots, Quote.UNTOUCHED, 0)
                : new Quote(level.entryId, instrumentId, Quote.UNTOUCHED, 0, level.priceE9, level.wantedLots);
    }

    private int claimEntry() {
        if (!freeEntries.isEmpty()) {
            return freeEntries.removeAt(freeEntries.size() - 1);
        }
        if (usedEntries == MAX_ENTRIES) {
            throw new IllegalStateException("the capture has more than " + MAX_ENTRIES + " levels for one maker");
        }
        return usedEntries++;
    }

    @Override
    public boolean isSent() {
        return waiting.isEmpty() && levels.areSent();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public DepthLevels levels() {
        return levels;
    }

    @Override
    public void onSide(final Quote quote, final Side side, final RejectCode code) {
        final Level level = byEntry.get(quote.entryId());
        if (code != null) {
            levels.refused(level);
        } else {
            taken(level, side == Side.BUY ? quote.bidLots() : quote.askLots());
        }
        freeEntry(level);
    }

    private void taken(final Level level, final long lots) {
        if (lots == 0) {
            level.orderGone();
        } else {
            level.orderStands(level.entryId, lots);
        }
        levels.answered(level);
    }

    @Override
    public void onQuoted(final List<Quote> quotes) {
        inFlight--;
    }

    @Override
    public void onFill(
            final int entryId, final Side side, final int tradedId, final long openLots, final long positionLots) {
        final Level level = byEntry.get(entryId);
        level.openLots = openLots;
        if (openLots == 0) {
            gone(level);
        }
    }

    /** Of a side that was pulled this comes when its answer has already freed the entry. */
    @Override
    public void onGone(final int entryId, final Side side) {
        final Level level = byEntry.get(entryId);
        if (level != null) {
            gone(level);
        }
    }

    private void gone(final Level level) {
        levels.ended(level);
        freeEntry(level);
    }

    /** A level holds an entry while its quote stands or is on its way. */
    private void freeEntry(final Level level) {
        if (!level.hasOrder() && level.pending == Level.Request.NONE) {
            byEntry.remove(level.entryId);
            freeEntries.addInt(level.entryId);
            level.entryId = Level.NO_ENTRY;
        }
    }

    @Override
    public void onNotTaken(final List<Quote> quotes) {
        inFlight--;
        quotes.forEach(quote -> {
            final Level level = byEntry.get(quote.entryId());
            levels.answered(level);
            freeEntry(level);
        });
    }

    @Override
    public void onFrozen() {
        throw neverAsked();
    }

    @Override
    public void onUnfrozen() {
        throw neverAsked();
    }

    @Override
    public void onUnfreezeNotTaken() {
        throw neverAsked();
    }

    private static IllegalStateException neverAsked() {
        return new IllegalStateException("told of a protection that these quotes do not have");
    }
}
