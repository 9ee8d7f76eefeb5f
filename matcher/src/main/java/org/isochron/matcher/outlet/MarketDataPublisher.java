package org.isochron.matcher.outlet;

import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.MarketDataPacketHeaderEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Outbound;
import org.isochron.sequencer.edge.VenueClock;
import org.isochron.sequencer.replica.EventBatch;
import org.isochron.sequencer.replica.Outlet;

/**
 * Publishes the public events of each command as one or more packets, never across commands, cut where the next message
 * would not fit. Packets are the same on every matcher but for their send time, so receivers may take each from whichever
 * feed brings it first.
 */
public final class MarketDataPublisher implements Outlet {
    /** Channel id of the one partition. */
    public static final int CHANNEL_ID = 1;

    /** Largest packet: one Aeron fragment in a 1,408-byte MTU. */
    public static final int MAX_PACKET_LENGTH = 1376;

    private static final int MAX_MESSAGES = 255;
    private static final int INCREMENTAL = 1;

    private final Outbound feed;
    private final VenueClock clock;
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[MAX_PACKET_LENGTH]);
    private final MarketDataPacketHeaderEncoder header = new MarketDataPacketHeaderEncoder();

    private long batchSequence;
    private int resumeAt = EventBatch.END;
    private long resumeSeqNum;
    private long position;
    private long packets;
    private long unheardPackets;

    public MarketDataPublisher(final Outbound feed, final VenueClock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    @Override
    public boolean onEvents(final Frame frame, final EventBatch events) {
        if (events.sequence() != batchSequence) {
            batchSequence = events.sequence();
            resumeAt = events.first();
            resumeSeqNum = events.firstPublicSeq();
            position = 0;
        }
        while (resumeAt != EventBatch.END) {
            if (!publishPacket(events)) {
                return false;
            }
        }
        return true;
    }

    /** Fills and sends one packet from where the last one ended; false when the feed is full for the moment. */
    private boolean publishPacket(final EventBatch events) {
        int length = MarketDataPacketHeaderEncoder.ENCODED_LENGTH;
        int count = 0;
        int record = resumeAt;
        while (record != EventBatch.END) {
            if (events.route(record) == EventBatch.PUBLIC) {
                final int messageLength = events.messageLength(record);
                if (length + messageLength > MAX_PACKET_LENGTH || count == MAX_MESSAGES) {
                    break;
                }
                packet.putBytes(length, events.buffer(), events.messageOffset(record), messageLength);
                length += messageLength;
                count++;
            }
            record = events.next(record);
        }
        if (count > 0 && !send(events, count, length)) {
            return false;
        }
        resumeAt = record;
        resumeSeqNum += count;
        return true;
    }

    private boolean send(final EventBatch events, final int count, final int length) {
        header.wrap(packet, 0)
                .channelId(CHANNEL_ID)
                .flags((short) INCREMENTAL)
                .msgCount((short) count)
                .epoch(events.epoch())
                .seqNum(resumeSeqNum)
                .sendTimeNs(clock.wallNs())
                .lastMatchSeq(events.sequence());
        final long result = feed.offer(packet, 0, length);
        if (result == Outbound.BACK_PRESSURED) {
            return false;
        }
        packets++;
        if (result > 0) {
            position = result;
        } else {
            unheardPackets++;
        }
        return true;
    }

    /** Feed position behind the last packet of the current command; 0 when it had none or nobody receives. */
    long position() {
        return position;
    }

    /** Whether everything up to that position has left for the wire. */
    boolean hasSent(final long upTo) {
        return feed.hasSent(upTo);
    }

    public long packets() {
        return packets;
    }

    /** Packets made while the feed had no receiver. */
    public long unheardPackets() {
        return unheardPackets;
    }

    @Override
    public void close() {
        feed.close();
    }
}
