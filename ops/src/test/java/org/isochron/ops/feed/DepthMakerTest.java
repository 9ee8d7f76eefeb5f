package org.isochron.ops.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isochron.codecs.RejectCode;
import org.isochron.codecs.Side;
import org.junit.jupiter.api.Test;

class DepthMakerTest {
    private static final long P100 = 100_000_000_000L;
    private static final long P101 = 101_000_000_000L;

    private final RecordingPort port = new RecordingPort();
    private final DepthMaker maker = DepthMaker.plain(port, 2);

    @Test
    void shouldEnterReplaceAndCancelAsTheLevelChanges() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.onAck(1, 10);
        maker.want(Side.BUY, P100, 7);
        maker.send(0);
        maker.onReplaced(2, 1, P100, 7);
        maker.want(Side.BUY, P100, 0);
        maker.send(0);
        maker.onCancelled(2, true);

        assertEquals(List.of("new 1 BUY 10 @ 1000 GTC post-only", "replace 1 by 2: 7 @ 1000", "cancel 2"), port.sent);
        assertEquals(0, maker.levels().count());
        assertEquals(0, maker.inFlight());
    }

    @Test
    void shouldSendOnlyTheLatestOfWhatChangedWhileARequestWasOnItsWay() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.want(Side.BUY, P100, 11);
        maker.want(Side.BUY, P100, 12);
        maker.send(0);
        assertEquals(List.of("new 1 BUY 10 @ 1000 GTC post-only"), port.taken());

        maker.onAck(1, 10);
        maker.send(0);

        assertEquals(List.of("replace 1 by 2: 12 @ 1000"), port.taken());
        assertEquals(1, maker.levels().coalesced());
    }

    @Test
    void shouldSendNothingWhenTheChangeWasUndoneMeanwhile() {
        maker.want(Side.SELL, P101, 10);
        maker.send(0);
        maker.want(Side.SELL, P101, 5);
        maker.want(Side.SELL, P101, 10);
        maker.onAck(1, 10);
        port.taken();

        maker.send(0);

        assertEquals(List.of(), port.taken());
        assertTrue(maker.isSent());
    }

    @Test
    void shouldStopAtTheWindow() {
        maker.want(Side.BUY, P100, 1);
        maker.want(Side.SELL, P101, 1);
        maker.want(Side.SELL, P101 + 1_000_000_000L, 1);

        assertEquals(2, maker.send(0));
        assertFalse(maker.isSent());
        maker.onAck(1, 1);
        assertEquals(1, maker.send(0));
        assertTrue(maker.isSent());
    }

    @Test
    void shouldComeAgainWhenTheLineIsBlocked() {
        port.isBlocked = true;
        maker.want(Side.BUY, P100, 1);
        assertEquals(0, maker.send(0));

        port.isBlocked = false;
        assertEquals(1, maker.send(0));

        assertEquals(List.of("new 1 BUY 1 @ 1000 GTC post-only"), port.sent);
    }

    @Test
    void shouldCountARefusedLevelAndTryAgainOnlyWhenTheCaptureSpeaksOfIt() {
        maker.want(Side.BUY, P100, 1);
        maker.send(0);
        maker.onRejected(1, RejectCode.POST_ONLY_WOULD_CROSS);
        port.taken();

        maker.send(0);
        assertEquals(List.of(), port.taken());
        assertEquals(1, maker.levels().refused());
        assertTrue(maker.want(Side.BUY, P100, 1));
        maker.send(0);

        assertEquals(List.of("new 2 BUY 1 @ 1000 GTC post-only"), port.taken());
    }

    @Test
    void shouldNotRefillWhatWasTradedUntilTheCaptureSpeaksOfIt() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.onAck(1, 10);
        maker.onFill(1, 4, 6);
        port.taken();

        maker.send(0);
        assertEquals(List.of(), port.taken());
        assertFalse(maker.want(Side.BUY, P101, 0));
        assertTrue(maker.want(Side.BUY, P100, 10));
        maker.send(0);

        assertEquals(List.of("replace 1 by 2: 10 @ 1000"), port.taken());
    }

    @Test
    void shouldSayNothingNewWhenTheTradeAlreadyBroughtTheLevelToItsQuantity() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.onAck(1, 10);
        maker.onFill(1, 4, 6);

        assertTrue(maker.want(Side.BUY, P100, 4), "10 before, 4 now");
        port.taken();
        maker.send(0);

        assertEquals(List.of(), port.taken());
    }

    @Test
    void shouldEnterANewOrderWhenTheOldOneWasFilledBeforeItsReplaceArrived() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.onAck(1, 10);
        maker.want(Side.BUY, P100, 5);
        maker.send(0);
        maker.onFill(1, 0, 10);
        maker.onReplaceRejected(2, 1, RejectCode.UNKNOWN_ORDER);
        port.taken();

        maker.send(0);

        assertEquals(List.of("new 3 BUY 5 @ 1000 GTC post-only"), port.taken());
        assertEquals(1, maker.levels().reentered());
    }

    @Test
    void shouldForgetALevelWhoseOrderWasFilledBeforeItsCancelArrived() {
        maker.want(Side.BUY, P100, 10);
        maker.send(0);
        maker.onAck(1, 10);
        maker.want(Side.BUY, P100, 0);
        maker.send(0);
        maker.onFill(1, 0, 10);
        maker.onCancelRejected(2, 1, RejectCode.UNKNOWN_ORDER);

        assertEquals(0, maker.levels().count());
        assertEquals(0, maker.inFlight());
    }

    @Test
    void shouldShowAFifthOfAnIcebergRoundedUp() {
        final DepthMaker icebergs = DepthMaker.icebergs(port, 2);
        icebergs.want(Side.BUY, P100, 11);
        icebergs.want(Side.SELL, P101, 1);
        icebergs.send(0);

        assertEquals(
                List.of("new 1 BUY 11 @ 1000 GTC post-only showing 3", "new 2 SELL 1 @ 1010 GTC post-only showing 1"),
                port.sent);
    }

    @Test
    void shouldEnterALevelWhoseTimeHasRunOutWhenTheCaptureSpeaksOfIt() {
        final DepthMaker hourly = DepthMaker.hourly(port, 2);
        hourly.want(Side.BUY, P100, 10);
        hourly.send(0);
        hourly.onAck(1, 10);
        hourly.onCancelled(1, false);
        port.taken();

        hourly.send(0);
        assertEquals(List.of(), port.taken());
        assertTrue(hourly.want(Side.BUY, P100, 10));
        hourly.send(0);

        assertEquals(List.of("new 2 BUY 10 @ 1000 GTT post-only"), port.taken());
    }
}
