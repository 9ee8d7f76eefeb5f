/**
 * Drives the venue with a recorded market. Depth becomes the orders and quotes of makers, one for each price level and
 * side; trades become market orders of a taker on the aggressor's side; mid prices become ticks of a price publisher.
 *
 * <p>Every line of the capture is counted under exactly one {@link org.isochron.ops.feed.LineUse}, so that the counts add
 * up to the number of lines.
 */
package org.isochron.ops.feed;
