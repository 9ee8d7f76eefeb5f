/**
 * What a matcher does with the core's events: market data to everybody ({@link
 * org.isochron.matcher.outlet.MarketDataPublisher}), private events to the gateways ({@link
 * org.isochron.matcher.outlet.PrivateEventPublisher}), the first never later than the second.
 */
package org.isochron.matcher.outlet;
