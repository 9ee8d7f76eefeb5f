/**
 * Price and time, nothing of money: the open orders of all instruments in one arena, queued at their price levels, and
 * listed by the position and by the session they belong to. Prices in ticks, quantities in lots; positions, sessions and
 * instruments are dense numbers that mean nothing here.
 *
 * <p>An order is a row of two flat arrays, one of what it is and one of its neighbours in the queue and in its lists. The
 * levels of each side of each instrument stand in pages of sixteen neighbouring prices, with a bit for each that is in use,
 * so the best, the next one when it is used up, and any by its price are a read or two away. Pages are made where there are
 * prices and linked from best to worst; the place of a new one is found through a crit-bit tree. There is no band of prices
 * and nothing is ever moved or rehashed: cost does not depend on where prices lie or how far apart. Only orders are state;
 * levels, pages, trees, directories and links follow from them, and
 * {@link org.isochron.matcher.book.Books#verifyInFull} works them out again.
 */
package org.isochron.matcher.book;
