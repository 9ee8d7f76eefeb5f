/**
 * Integers with a scale. Prices, quantities and money are {@code long}s in ticks, lots and quanta; a product of two of
 * them passes through 128 bits and comes back with a rounding named by the caller. Exact or an exception, never close.
 */
package org.isochron.codecs.fixed;
