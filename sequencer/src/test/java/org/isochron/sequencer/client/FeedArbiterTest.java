package org.isochron.sequencer.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.codecs.MarketDataPacketHeaderEncoder;
import org.junit.jupiter.api.Test;

class FeedArbiterTest {
    private static final int A = 0;
    private static final int B = 1;

    private final List<String> heard = new ArrayList<>();
    private final MarketDataPacketHeaderDecoder header = new MarketDataPacketHeaderDecoder();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[64]);
    private long nowNs = 1;
    private final FeedArbiter arbiter = new FeedArbiter(new FeedArbiter.Handler() {
        @Override
        public void onPacket(final DirectBuffer buffer, final int offset, final int length) {
            heard.add(header.wrap(buffer, offset).seqNum() + "+" + header.msgCount());
        }

        @Override
        public void onGap(final long fromSeqNum, final long toSeqNum) {
            heard.add("gap " + fromSeqNum + ".." + toSeqNum);
        }
    });

    private void receive(final int side, final long seqNum, final int count) {
        new MarketDataPacketHeaderEncoder()
                .wrap(packet, 0)
                .channelId(1)
                .flags((short) 1)
                .msgCount((short) count)
                .epoch(1)
                .seqNum(seqNum)
                .sendTimeNs(side)
                .lastMatchSeq(seqNum);
        arbiter.onPacket(side, packet, 0, 40, nowNs);
    }

    @Test
    void shouldTakeTheFirstCopyAndDropTheSecond() {
        receive(A, 1, 2);
        receive(B, 1, 2);
        receive(B, 3, 1);
        receive(A, 3, 1);

        assertEquals(List.of("1+2", "3+1"), heard);
        assertEquals(2, arbiter.duplicates());
    }

    @Test
    void shouldWaitForTheOtherFeedWhenOneMisses() {
        receive(A, 1, 1);
        receive(A, 3, 1);
        receive(A, 4, 2);
        assertEquals(List.of("1+1"), heard);
        receive(B, 1, 1);
        receive(B, 2, 1);

        assertEquals(List.of("1+1", "2+1", "3+1", "4+2"), heard);
        assertEquals(0, arbiter.gaps());
    }

    @Test
    void shouldReportAGapAsSoonAsBothFeedsHavePassedIt() {
        receive(A, 1, 1);
        receive(A, 4, 1);
        receive(B, 1, 1);
        receive(B, 5, 1);

        assertEquals(List.of("1+1", "gap 2..3", "4+1", "5+1"), heard);
        assertEquals(1, arbiter.gaps());
        assertEquals(2, arbiter.missed());
    }

    @Test
    void shouldGiveUpWaitingForASilentFeedInTime() {
        receive(A, 1, 1);
        receive(A, 3, 1);
        nowNs += FeedArbiter.MAX_WAIT_NS;
        arbiter.onTime(nowNs);
        assertEquals(List.of("1+1"), heard);
        nowNs++;
        arbiter.onTime(nowNs);

        assertEquals(List.of("1+1", "gap 2..2", "3+1"), heard);
    }

    @Test
    void shouldGiveUpWaitingWhenItHoldsAllItMay() {
        receive(A, 1, 1);
        for (int i = 0; i < FeedArbiter.MAX_HELD; i++) {
            receive(A, 3 + i, 1);
        }
        assertEquals(1, heard.size());
        receive(A, 3 + FeedArbiter.MAX_HELD, 1);

        assertEquals("gap 2..2", heard.get(1));
        assertEquals(2 + FeedArbiter.MAX_HELD + 1, heard.size());
    }

    @Test
    void shouldLearnOfALossFromHeartbeatsOfBothFeeds() {
        receive(A, 1, 1);
        receive(A, 5, 0);
        assertEquals(List.of("1+1"), heard);
        receive(B, 4, 0);

        assertEquals(List.of("1+1", "gap 2..3"), heard);
        receive(B, 4, 1);
        assertEquals(List.of("1+1", "gap 2..3", "4+1"), heard);
    }

    @Test
    void shouldCountWhatIsNoPacket() {
        arbiter.onPacket(A, packet, 0, 10, nowNs);
        assertEquals(1, arbiter.malformed());
    }

    @Test
    void shouldDeliverEverythingOnceInOrderWheneverOneFeedHasIt() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        final int total = 2_000;
        int a = 1;
        int b = 1;
        while (a <= total || b <= total) {
            // Each feed is in order and loses packets; what A loses, divisible by 7, B never does, and so on.
            if (random.nextBoolean() && a <= total && a - b < 200) {
                if (a == 1 || a % 7 != 0) {
                    receive(A, a, 1);
                }
                a++;
            } else if (b <= total && b - a < 200) {
                if (b == 1 || b % 7 != 3) {
                    receive(B, b, 1);
                }
                b++;
            }
        }
        final List<String> expected = new ArrayList<>();
        for (int i = 1; i <= total; i++) {
            expected.add(i + "+1");
        }
        assertEquals(expected, heard, "seed " + seed);
        assertTrue(arbiter.duplicates() > 0);
    }

    @Test
    void shouldWaitForEachLossAnewThoughAFeedThatLagsAlwaysLeavesSomeHeld() {
        receive(A, 1, 1);
        receive(B, 1, 1);
        // B loses every fifth packet, A brings all of them 40 ms later.
        for (int ms = 0; ms < 400; ms++) {
            nowNs += 1_000_000;
            final int ofB = 2 + ms;
            if (ofB % 5 != 0) {
                receive(B, ofB, 1);
            }
            if (ms >= 40) {
                receive(A, ofB - 40, 1);
            }
            arbiter.onTime(nowNs);
        }

        assertEquals(0, arbiter.gaps());
    }
}
