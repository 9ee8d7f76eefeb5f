package org.isochron.sequencer.client;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.MassQuoteDecoder.EntriesDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.OrderFlagsDecoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.shape.MessageShape;
import org.junit.jupiter.api.Test;

class TicketTest {
    private final OrderTicket order = new OrderTicket();
    private final QuoteTicket quotes = new QuoteTicket();

    @Test
    void shouldAskForNothingBesideWhatItWasGiven() {
        final NewOrderDecoder decoded = decode(order.limit(1, 2, Side.SELL, 3, 4, 5));

        assertAll(
                () -> assertEquals(1, decoded.accountId()),
                () -> assertEquals(2, decoded.instrumentId()),
                () -> assertEquals(Side.SELL, decoded.side()),
                () -> assertEquals(3, decoded.price()),
                () -> assertEquals(4, decoded.quantity()),
                () -> assertEquals(5, decoded.clOrdId()),
                () -> assertEquals(OrdType.LIMIT, decoded.ordType()),
                () -> assertEquals(TimeInForce.NULL_VAL, decoded.timeInForce()),
                () -> assertNothingElse(decoded));
    }

    @Test
    void shouldForgetTheOrderBefore() {
        order.takeProfit(1, 2, Side.BUY, 3, 4, 5)
                .price(6)
                .expiringAt(7)
                .showing(8)
                .postOnly()
                .postOnlySliding()
                .reduceOnly()
                .protectedBy(9)
                .cancelledOnDisconnect()
                .selfTradeOfFirm(StpMode.CANCEL_BOTH, 10)
                .triggeredBy(TriggerRef.LAST)
                .tagged(11)
                .sequencedWithinUs(12);

        assertNothingElse(decode(order.limit(1, 2, Side.SELL, 3, 4, 5)));
    }

    @Test
    void shouldCarryEveryFieldOfAnOrder() {
        final NewOrderDecoder decoded = decode(order.takeProfit(1, 2, Side.BUY, 3, 4, 5)
                .price(6)
                .expiringAt(7)
                .showing(8)
                .postOnly()
                .reduceOnly()
                .protectedBy(9)
                .cancelledOnDisconnect()
                .selfTradeOfFirm(StpMode.CANCEL_BOTH, 10)
                .triggeredBy(TriggerRef.LAST)
                .tagged(11)
                .sequencedWithinUs(12));

        final OrderFlagsDecoder flags = decoded.flags();
        assertAll(
                () -> assertEquals(OrdType.TAKE_PROFIT, decoded.ordType()),
                () -> assertEquals(3, decoded.triggerPrice()),
                () -> assertEquals(6, decoded.price()),
                () -> assertEquals(TimeInForce.GTT, decoded.timeInForce()),
                () -> assertEquals(7, decoded.expireTimeNs()),
                () -> assertEquals(8, decoded.displayQuantity()),
                () -> assertTrue(flags.postOnly() && flags.reduceOnly() && flags.mmp()),
                () -> assertTrue(flags.codTagged() && flags.stpScopeFirm()),
                () -> assertFalse(flags.postOnlySlide()),
                () -> assertEquals(9, decoded.mmpGroup()),
                () -> assertEquals(StpMode.CANCEL_BOTH, decoded.stpMode()),
                () -> assertEquals(10, decoded.stpGroup()),
                () -> assertEquals(TriggerRef.LAST, decoded.triggerRef()),
                () -> assertEquals(11, decoded.userTag()),
                () -> assertEquals(12, decoded.maxSeqDelayUs()));
    }

    @Test
    void shouldLeaveTheProtectionOfAMarketOrderToTheInstrumentUnlessItHasAPrice() {
        assertEquals(
                NewOrderDecoder.priceNullValue(),
                decode(order.market(1, 2, Side.BUY, 3, 4)).price());
        assertEquals(9, decode(order.market(1, 2, Side.BUY, 3, 4).price(9)).price());
    }

    @Test
    void shouldCarryAsManyEntriesAsWereAdded() {
        final MassQuoteDecoder decoded = decode(quotes.begin(1, 2, 3, true, 4)
                .quote(5, 6, 7, 8, 9, 10)
                .bid(11, 12, 13, 0)
                .ask(14, 15, 16, 17));

        assertEquals(1, decoded.accountId());
        assertEquals(2, decoded.quoteSetId());
        assertEquals(3, decoded.mmpGroup());
        assertTrue(decoded.flags().postOnly());
        assertEquals(4, decoded.clOrdId());
        final EntriesDecoder entries = decoded.entries();
        assertEquals(3, entries.count());
        assertEntry(entries.next(), 5, 6, 7, 8, 9, 10);
        final long none = EntriesDecoder.askPriceNullValue();
        assertEntry(entries.next(), 11, 12, 13, 0, none, 0);
        assertEntry(entries.next(), 14, 15, none, 0, 16, 17);
    }

    @Test
    void shouldTakeSixteenEntriesAndNoMore() {
        quotes.begin(1, 2, 3);
        for (int entry = 0; entry < QuoteTicket.MAX_ENTRIES; entry++) {
            assertFalse(quotes.isFull());
            quotes.bid(entry, 1, 2, 3);
        }
        assertTrue(quotes.isFull());
        assertThrows(IllegalStateException.class, () -> quotes.bid(16, 1, 2, 3));
        assertEquals(16, decode(quotes).entries().count());

        assertEquals(1, decode(quotes.begin(1, 2, 3).bid(0, 1, 2, 3)).entries().count());
    }

    private static void assertEntry(
            final EntriesDecoder entry,
            final int entryId,
            final long instrumentId,
            final long bid,
            final long bidLots,
            final long ask,
            final long askLots) {
        assertEquals(entryId, entry.entryId());
        assertEquals(instrumentId, entry.instrumentId());
        assertEquals(bid, entry.bidPrice());
        assertEquals(bidLots, entry.bidQuantity());
        assertEquals(ask, entry.askPrice());
        assertEquals(askLots, entry.askQuantity());
    }

    private static void assertNothingElse(final NewOrderDecoder decoded) {
        assertAll(
                () -> assertEquals(StpMode.NULL_VAL, decoded.stpMode()),
                () -> assertEquals(NewOrderDecoder.triggerPriceNullValue(), decoded.triggerPrice()),
                () -> assertEquals(NewOrderDecoder.displayQuantityNullValue(), decoded.displayQuantity()),
                () -> assertEquals(NewOrderDecoder.expireTimeNsNullValue(), decoded.expireTimeNs()),
                () -> assertEquals(NewOrderDecoder.userTagNullValue(), decoded.userTag()),
                () -> assertEquals(NewOrderDecoder.maxSeqDelayUsNullValue(), decoded.maxSeqDelayUs()),
                () -> assertEquals(NewOrderDecoder.stpGroupNullValue(), decoded.stpGroup()),
                () -> assertTrue(decoded.flags().isEmpty()),
                () -> assertEquals(NewOrderDecoder.mmpGroupNullValue(), decoded.mmpGroup()),
                () -> assertEquals(TriggerRef.NULL_VAL, decoded.triggerRef()));
    }

    private static NewOrderDecoder decode(final OrderTicket ticket) {
        assertEquals(
                MessageShape.SOUND,
                MessageShape.check(ticket.message(), 0, ticket.message().capacity()));
        return new NewOrderDecoder().wrapAndApplyHeader(ticket.message(), 0, new MessageHeaderDecoder());
    }

    private static MassQuoteDecoder decode(final QuoteTicket ticket) {
        assertEquals(MessageShape.SOUND, MessageShape.check(ticket.message(), 0, ticket.length()));
        return new MassQuoteDecoder().wrapAndApplyHeader(ticket.message(), 0, new MessageHeaderDecoder());
    }
}
