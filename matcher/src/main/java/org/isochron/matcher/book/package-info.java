/**
 * Price and time, nothing of money: the open orders of all instruments in one arena, queued at their price levels, and
 * listed by the position and by the session they belong to. Prices in ticks, quantities in lots; positions, sessions and
 * instruments are dense numbers that mean nothing here.
 *
 * <p>An order is a row of two flat arrays, a hot one that matching and queueing touch and a cold one of what identifies it.
 * The levels of each side of each instrument are linked from best to worst, so the best, and the next one when it is used
 * up, are one read away; any level is found by its price through a directory whose size follows the number of levels, and
 * the place of a new one through a crit-bit tree. There is no band of prices and nothing is ever moved or rehashed: cost
 * does not depend on where prices lie or how far apart. Only orders are state; levels, trees, directories and links follow
 * from them, and {@link org.isochron.matcher.book.Books#verifyInFull} works them out again.
 */
package org.isochron.matcher.book;
