package org.isochron.ops.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isochron.codecs.StpMode;
import org.isochron.codecs.TriggerRef;
import org.junit.jupiter.api.Test;

class OrderKindTest {
    @Test
    void shouldCountAnOrderUnderTheFirstKindThatFits() {
        assertEquals(OrderKind.LIMIT, OrderKind.of(OrderTerms.GTC));
        assertEquals(OrderKind.LIMIT, OrderKind.of(OrderTerms.GTC.selfTrade(StpMode.DECREMENT, true)));
        assertEquals(OrderKind.POST_ONLY, OrderKind.of(OrderTerms.POST_ONLY));
        assertEquals(OrderKind.POST_ONLY, OrderKind.of(OrderTerms.SLIDING));
        assertEquals(OrderKind.GTT, OrderKind.of(OrderTerms.POST_ONLY.livingMs(1)));
        assertEquals(OrderKind.ICEBERG, OrderKind.of(OrderTerms.GTC.livingMs(1).showing(1)));
        assertEquals(OrderKind.REDUCE_ONLY, OrderKind.of(OrderTerms.GTC.reduceOnly()));
        assertEquals(OrderKind.IOC, OrderKind.of(OrderTerms.IOC.reduceOnly()));
        assertEquals(OrderKind.FOK, OrderKind.of(OrderTerms.FOK));
        assertEquals(OrderKind.MARKET, OrderKind.of(OrderTerms.MARKET));
        assertEquals(OrderKind.STOP, OrderKind.of(OrderTerms.stop(1, TriggerRef.LAST)));
        assertEquals(OrderKind.TAKE_PROFIT, OrderKind.of(OrderTerms.takeProfit(1, TriggerRef.MARK)));
    }
}
