package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.sequencer.edge.Outbound;

/**
 * Makes one stream of the packets of feeds A and B: the first copy of each number wins. A packet ahead of the next one
 * is held while the other feed may still bring what is missing; when both feeds have passed it, or too much or too long
 * has been held, the gap is reported and the stream goes on behind it.
 *
 * <p>No allocation per packet. Packets that were held are handed over from this object's own memory.
 */
public final class FeedArbiter {
    /** Feeds: A and B. */
    public static final int SIDES = 2;
    /** Most packets held at a time. */
    public static final int MAX_HELD = 256;
    /** Longest time a missing packet is waited for. */
    public static final long MAX_WAIT_NS = 100_000_000;

    /** Takes the merged stream. */
    public interface Handler {
        /** One packet, header first, in order; valid only during the call. */
        void onPacket(DirectBuffer buffer, int offset, int length);

        /** Messages that neither feed brought, both ends included. */
        void onGap(long fromSeqNum, long toSeqNum);
    }

    private static final int HEADER = MarketDataPacketHeaderDecoder.ENCODED_LENGTH;
    private static final int SLOT = Outbound.MAX_MESSAGE_LENGTH;

    private final Handler handler;
    private final MarketDataPacketHeaderDecoder header = new MarketDataPacketHeaderDecoder();
    private final UnsafeBuffer held = new UnsafeBuffer(new byte[MAX_HELD * SLOT]);
    private final long[] heldSeqNums = new long[MAX_HELD];
    private final int[] heldCounts = new int[MAX_HELD];
    private final int[] heldLengths = new int[MAX_HELD];
    private final long[] heldSinceNs = new long[MAX_HELD];
    private final long[] passed = new long[SIDES];

    private int heldCount;
    private long firstSeqNum;
    private long nextSeqNum;
    private long packets;
    private long duplicates;
    private long gaps;
    private long missed;
    private long heartbeats;
    private long malformed;

    public FeedArbiter(final Handler handler) {
        this.handler = handler;
    }

    /**
     * Takes one packet of one feed.
     *
     * @param side  0 for A, 1 for B.
     * @param nowNs monotonic time, for the limit of waiting.
     */
    public void onPacket(
            final int side, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length < HEADER || length > SLOT) {
            malformed++;
            return;
        }
        header.wrap(buffer, offset);
        final long seqNum = header.seqNum();
        final int count = header.msgCount();
        if (nextSeqNum == 0) {
            nextSeqNum = seqNum;
            firstSeqNum = seqNum;
        }
        passed[side] = Math.max(passed[side], seqNum + count);
        if (count == 0) {
            heartbeats++;
        } else if (seqNum == nextSeqNum) {
            deliver(buffer, offset, length, count);
            releaseHeld();
        } else if (seqNum < nextSeqNum) {
            duplicates++;
        } else {
            hold(seqNum, count, buffer, offset, length, nowNs);
        }
        checkGap(nowNs);
    }

    /** Lets time pass: gives up what has been missing for too long. */
    public void onTime(final long nowNs) {
        if (heldCount > 0) {
            checkGap(nowNs);
        }
    }

    /** Number of the message that the stream began with, 0 before: one that began behind 1 has not seen whole books. */
    public long firstSeqNum() {
        return firstSeqNum;
    }

    /** Number of the next message, 0 before the first packet. */
    public long nextSeqNum() {
        return nextSeqNum;
    }

    /** Packets handed over. */
    public long packets() {
        return packets;
    }

    /** Second copies dropped. */
    public long duplicates() {
        return duplicates;
    }

    /** Gaps reported. */
    public long gaps() {
        return gaps;
    }

    /** Messages in these gaps. */
    public long missed() {
        return missed;
    }

    /** Packets without a message: they only tell where a feed stands. */
    public long heartbeats() {
        return heartbeats;
    }

    /** Packets that were none. */
    public long malformed() {
        return malformed;
    }

    private void deliver(final DirectBuffer buffer, final int offset, final int length, final int count) {
        packets++;
        nextSeqNum += count;
        handler.onPacket(buffer, offset, length);
    }

    private void hold(
            final long seqNum,
            final int count,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (indexOf(seqNum) >= 0) {
            duplicates++;
            return;
        }
        if (heldCount == MAX_HELD) {
            goOnBehindGap(heldSeqNums[lowestHeld()]);
            onPacketAgain(seqNum, count, buffer, offset, length, nowNs);
            return;
        }
        held.putBytes(heldCount * SLOT, buffer, offset, length);
        heldSeqNums[heldCount] = seqNum;
        heldCounts[heldCount] = count;
        heldLengths[heldCount] = length;
        heldSinceNs[heldCount] = nowNs;
        heldCount++;
    }

    /** What was held has made room: the packet is either next now, or held in its turn. */
    private void onPacketAgain(
            final long seqNum,
            final int count,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (seqNum == nextSeqNum) {
            deliver(buffer, offset, length, count);
            releaseHeld();
        } else if (seqNum > nextSeqNum) {
            hold(seqNum, count, buffer, offset, length, nowNs);
        }
    }

    /** Gives up the missing packet when neither feed can bring it any more, since each is in order, or none did in time. */
    private void checkGap(final long nowNs) {
        long behind = endOfGap(nowNs);
        while (behind > nextSeqNum) {
            goOnBehindGap(behind);
            behind = endOfGap(nowNs);
        }
    }

    /** Number to go on with behind a gap that is certain; 0 when there is none. */
    private long endOfGap(final long nowNs) {
        final int index = heldCount == 0 ? -1 : lowestHeld();
        final long lowest = index < 0 ? Long.MAX_VALUE : heldSeqNums[index];
        final long passedByBoth = Math.min(passed[0], passed[1]);
        if (passedByBoth > nextSeqNum) {
            return Math.min(passedByBoth, lowest);
        }
        // Each loss is waited for as long as the packet behind it is held, whatever was missing before.
        return index >= 0 && nowNs - heldSinceNs[index] > MAX_WAIT_NS ? lowest : 0;
    }

    private void goOnBehindGap(final long seqNum) {
        final long from = nextSeqNum;
        nextSeqNum = seqNum;
        gaps++;
        missed += seqNum - from;
        handler.onGap(from, seqNum - 1);
        releaseHeld();
    }

    private void releaseHeld() {
        int index = heldCount == 0 ? -1 : lowestHeld();
        while (index >= 0 && heldSeqNums[index] <= nextSeqNum) {
            if (heldSeqNums[index] == nextSeqNum) {
                deliver(held, index * SLOT, heldLengths[index], heldCounts[index]);
            } else {
                duplicates++;
            }
            remove(index);
            index = heldCount == 0 ? -1 : lowestHeld();
        }
    }

    /** Fills the hole with the last one: order does not matter, the lowest is searched. */
    private void remove(final int index) {
        heldCount--;
        if (index != heldCount) {
            held.putBytes(index * SLOT, held, heldCount * SLOT, heldLengths[heldCount]);
            heldSeqNums[index] = heldSeqNums[heldCount];
            heldCounts[index] = heldCounts[heldCount];
            heldLengths[index] = heldLengths[heldCount];
            heldSinceNs[index] = heldSinceNs[heldCount];
        }
    }

    private int lowestHeld() {
        int lowest = 0;
        for (int i = 1; i < heldCount; i++) {
            if (heldSeqNums[i] < heldSeqNums[lowest]) {
                lowest = i;
            }
        }
        return lowest;
    }

    private int indexOf(final long seqNum) {
        for (int i = 0; i < heldCount; i++) {
            if (heldSeqNums[i] == seqNum) {
                return i;
            }
        }
        return -1;
    }
}
