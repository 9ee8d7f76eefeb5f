/**
 * What the nouns of the venue are made of: flat tables of longs that keep their own hash, rows that are taken and given
 * back, and an index from a pair of numbers to a row.
 *
 * <p>Every long that decides what the venue does next stands in a cell of a {@link org.isochron.risk.state.StateTable},
 * free lists and generations included; each write updates the table's hash, so a noun's hash costs one addition per
 * table. What stands outside (indices, running totals) can be derived from the cells. Links between rows are row + 1,
 * so that the zero of a fresh cell means none.
 */
package org.isochron.risk.state;
