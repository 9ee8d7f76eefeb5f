/**
 * Price and time, nothing of money: the open orders of all instruments in one arena, queued at their price levels, and
 * listed by the position and by the session they belong to. Prices in ticks, quantities in lots; positions, sessions and
 * instruments are dense numbers that mean nothing here.
 *
 * <p>Orders and levels are rows of flat tables. The levels of one side of one instrument form a skip list, best first,
 * whose towers depend on the price alone: finding the best is one read, any other level takes the logarithm of their
 * number.
 */
package org.isochron.matcher.book;
