package org.isochron.ops.client;

import java.util.List;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;

/** Told what became of the quotes sent through a {@link QuotePort}, in the order the venue says it. */
public interface QuoteListener {
    /**
     * A mass quote was judged; {@link #onSide} told of each side just before.
     *
     * @param quotes as they were sent.
     */
    void onQuoted(List<Quote> quotes);

    /**
     * A side of a quote was judged.
     *
     * @param code null when it was taken, else why it stands as it stood.
     */
    void onSide(Quote quote, Side side, RejectCode code);

    /** A part traded; with {@code openLots} 0 the side is gone. */
    void onFill(int entryId, Side side, int instrumentId, long openLots, long positionLots);

    /** The side ended otherwise than by trading, pulled included. */
    void onGone(int entryId, Side side);

    /** The account's market maker protection has fired: the quotes go one by one, and none is taken before a reset. */
    void onFrozen();

    /** Quotes are taken again. */
    void onUnfrozen();

    /** The request to be taken again had no effect. */
    void onUnfreezeNotTaken();

    /** The venue did not take the mass quote. */
    void onNotTaken(List<Quote> quotes);
}
