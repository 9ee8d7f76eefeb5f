package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.AuctionIndicativeDecoder;
import org.isochron.codecs.BboDecoder;
import org.isochron.codecs.BookHashDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.MarketDataPacketHeaderDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.TradeDecoder;
import org.isochron.sequencer.edge.Channel;
import org.isochron.sequencer.edge.Inbound;
import org.isochron.sequencer.edge.LaneListener;
import org.isochron.sequencer.edge.MessageHandler;
import org.isochron.sequencer.edge.Transport;
import org.isochron.sequencer.edge.VenueClock;

/** Receives feeds A and B, arbitrates between them and decodes the result. Single-threaded, driven by {@link #poll()}. */
public final class MarketDataClient implements AutoCloseable {
    private static final int PACKETS_PER_POLL = 64;
    private static final int PACKET_HEADER = MarketDataPacketHeaderDecoder.ENCODED_LENGTH;
    private static final int MESSAGE_HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final Transport transport;
    private final VenueClock clock;
    private final MarketDataListener listener;
    private final FeedArbiter arbiter = new FeedArbiter(new Packets());
    private final Inbound feedA;
    private final Inbound feedB;
    private final MessageHandler handlerA = this::onPacketOfA;
    private final MessageHandler handlerB = this::onPacketOfB;

    private final MarketDataPacketHeaderDecoder packet = new MarketDataPacketHeaderDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderAddDecoder add = new OrderAddDecoder();
    private final OrderReduceDecoder reduce = new OrderReduceDecoder();
    private final OrderDeleteDecoder delete = new OrderDeleteDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BboDecoder bbo = new BboDecoder();
    private final MarkIndexDecoder markIndex = new MarkIndexDecoder();
    private final SecurityDefinitionDecoder definition = new SecurityDefinitionDecoder();
    private final SecurityStatusDecoder status = new SecurityStatusDecoder();
    private final AuctionIndicativeDecoder indicative = new AuctionIndicativeDecoder();
    private final BookHashDecoder bookHash = new BookHashDecoder();
    private long nowNs;
    private long malformed;

    /**
     * @param transport the caller's own; driven by {@link #poll()}, not closed with the client.
     */
    public MarketDataClient(
            final Transport transport,
            final Channel feedA,
            final Channel feedB,
            final VenueClock clock,
            final MarketDataListener listener) {
        this.transport = transport;
        this.clock = clock;
        this.listener = listener;
        this.feedA = transport.subscribe(feedA, LaneListener.NONE);
        try {
            this.feedB = transport.subscribe(feedB, LaneListener.NONE);
        } catch (final RuntimeException e) {
            // The transport is the caller's: what is open by then would stay so.
            this.feedA.close();
            throw e;
        }
    }

    /** One duty cycle; returns packets received. */
    public int poll() {
        nowNs = clock.monotonicNs();
        int work = transport.doWork();
        work += feedA.poll(handlerA, PACKETS_PER_POLL);
        work += feedB.poll(handlerB, PACKETS_PER_POLL);
        arbiter.onTime(nowNs);
        return work;
    }

    /** The arbitration and its counters. */
    public FeedArbiter arbiter() {
        return arbiter;
    }

    /** Packets whose messages do not fill them. */
    public long malformed() {
        return malformed;
    }

    @Override
    public void close() {
        feedA.close();
        feedB.close();
    }

    private boolean onPacketOfA(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        arbiter.onPacket(0, buffer, offset, length, nowNs);
        return true;
    }

    private boolean onPacketOfB(final int lane, final DirectBuffer buffer, final int offset, final int length) {
        arbiter.onPacket(1, buffer, offset, length, nowNs);
        return true;
    }

    private void decode(final DirectBuffer buffer, final int offset, final int length) {
        packet.wrap(buffer, offset);
        final int count = packet.msgCount();
        final int end = offset + length;
        int index = offset + PACKET_HEADER;
        for (int i = 0; i < count; i++) {
            if (index + MESSAGE_HEADER > end) {
                malformed++;
                return;
            }
            header.wrap(buffer, index);
            // Messages of the feed have neither groups nor texts.
            final int messageLength = MESSAGE_HEADER + header.blockLength();
            if (index + messageLength > end) {
                malformed++;
                return;
            }
            dispatch(header.templateId(), buffer, index, messageLength);
            index += messageLength;
        }
        listener.onPacketEnd(packet.lastMatchSeq(), packet.sendTimeNs());
    }

    private void dispatch(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        switch (templateId) {
            case OrderAddDecoder.TEMPLATE_ID:
                listener.onOrderAdd(add.wrapAndApplyHeader(buffer, offset, header));
                break;
            case OrderReduceDecoder.TEMPLATE_ID:
                listener.onOrderReduce(reduce.wrapAndApplyHeader(buffer, offset, header));
                break;
            case OrderDeleteDecoder.TEMPLATE_ID:
                listener.onOrderDelete(delete.wrapAndApplyHeader(buffer, offset, header));
                break;
            case TradeDecoder.TEMPLATE_ID:
                listener.onTrade(trade.wrapAndApplyHeader(buffer, offset, header));
                break;
            case BboDecoder.TEMPLATE_ID:
                listener.onBbo(bbo.wrapAndApplyHeader(buffer, offset, header));
                break;
            case MarkIndexDecoder.TEMPLATE_ID:
                listener.onMarkIndex(markIndex.wrapAndApplyHeader(buffer, offset, header));
                break;
            case SecurityDefinitionDecoder.TEMPLATE_ID:
                listener.onSecurityDefinition(definition.wrapAndApplyHeader(buffer, offset, header));
                break;
            case SecurityStatusDecoder.TEMPLATE_ID:
                listener.onSecurityStatus(status.wrapAndApplyHeader(buffer, offset, header));
                break;
            case AuctionIndicativeDecoder.TEMPLATE_ID:
                listener.onAuctionIndicative(indicative.wrapAndApplyHeader(buffer, offset, header));
                break;
            case BookHashDecoder.TEMPLATE_ID:
                listener.onBookHash(bookHash.wrapAndApplyHeader(buffer, offset, header));
                break;
            default:
                listener.onOther(templateId, buffer, offset, length);
                break;
        }
    }

    private final class Packets implements FeedArbiter.Handler {
        @Override
        public void onPacket(final DirectBuffer buffer, final int offset, final int length) {
            decode(buffer, offset, length);
        }

        @Override
        public void onGap(final long fromSeqNum, final long toSeqNum) {
            listener.onGap(fromSeqNum, toSeqNum);
        }
    }
}
