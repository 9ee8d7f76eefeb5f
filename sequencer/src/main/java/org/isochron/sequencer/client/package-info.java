/**
 * What a Java maker uses: order entry ({@link org.isochron.sequencer.client.VenueClient}), market data from two feeds
 * ({@link org.isochron.sequencer.client.MarketDataClient}, {@link org.isochron.sequencer.client.BookBuilder}) and drop
 * copy ({@link org.isochron.sequencer.client.DropCopyClient}).
 *
 * <p>Every client is single-threaded and driven by its own {@code poll()}; listeners are called from inside it. After the
 * connection stands nothing is allocated per message. Decoders handed to listeners are valid during the call only.
 */
package org.isochron.sequencer.client;
