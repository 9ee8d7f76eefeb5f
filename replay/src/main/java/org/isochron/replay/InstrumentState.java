package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.matcher.venue.Inspection.Instrument;

/** One instrument as JSON: trading state, index and mark, the top of its book, open interest. */
final class InstrumentState {
    private InstrumentState() {}

    static ObjectNode of(final Instrument instrument) {
        final ObjectNode state = JsonText.object()
                .put("id", instrument.instrumentId())
                .put("symbol", instrument.symbol())
                .put("state", instrument.state().name())
                .put("index", price(instrument.indexPrice()))
                .put("mark", price(instrument.markPrice()))
                .put("markValid", instrument.valid());
        state.set("bid", top(instrument.bidPrice(), instrument.bidLots(), instrument.bidOrders()));
        state.set("ask", top(instrument.askPrice(), instrument.askLots(), instrument.askOrders()));
        return state.put("openInterest", Long.toString(instrument.openInterestLots()))
                .put("openOrders", instrument.openOrders());
    }

    /** Null, which JSON shows as such, for an empty side. */
    private static ObjectNode top(final long price, final long lots, final int orders) {
        if (price == 0) {
            return null;
        }
        return JsonText.object()
                .put("price", price(price))
                .put("quantity", Long.toString(lots))
                .put("orders", orders);
    }

    /** Null for the 0 that stands for no price. */
    private static String price(final long price) {
        return price == 0 ? null : FixedPoint.format(price, JsonText.PRICE_DECIMALS);
    }
}
