package org.isochron.sequencer.client;

import org.agrona.DirectBuffer;
import org.isochron.codecs.AuctionIndicativeDecoder;
import org.isochron.codecs.BboDecoder;
import org.isochron.codecs.BookHashDecoder;
import org.isochron.codecs.MarkIndexDecoder;
import org.isochron.codecs.OrderAddDecoder;
import org.isochron.codecs.OrderDeleteDecoder;
import org.isochron.codecs.OrderReduceDecoder;
import org.isochron.codecs.SecurityDefinitionDecoder;
import org.isochron.codecs.SecurityStatusDecoder;
import org.isochron.codecs.TradeDecoder;

/** Told of public market data in order, from inside {@link MarketDataClient#poll}. Decoders are valid during the call only. */
public interface MarketDataListener {
    default void onOrderAdd(final OrderAddDecoder add) {}

    default void onOrderReduce(final OrderReduceDecoder reduce) {}

    default void onOrderDelete(final OrderDeleteDecoder delete) {}

    default void onTrade(final TradeDecoder trade) {}

    default void onBbo(final BboDecoder bbo) {}

    default void onMarkIndex(final MarkIndexDecoder markIndex) {}

    default void onSecurityDefinition(final SecurityDefinitionDecoder definition) {}

    default void onSecurityStatus(final SecurityStatusDecoder status) {}

    default void onAuctionIndicative(final AuctionIndicativeDecoder indicative) {}

    default void onBookHash(final BookHashDecoder hash) {}

    /** Any other message, an SBE message with its header. */
    default void onOther(final int templateId, final DirectBuffer buffer, final int offset, final int length) {}

    /** The messages of one packet have been told; {@code matchSeq} is the command they belong to. */
    default void onPacketEnd(final long matchSeq, final long sendTimeNs) {}

    /** Messages that neither feed brought, both ends included: books built from the feed are no longer right. */
    default void onGap(final long fromSeqNum, final long toSeqNum) {}
}
