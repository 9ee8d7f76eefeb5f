/**
 * What the nouns of the venue are made of: flat tables of longs that keep their own hash, and an index from a pair of
 * numbers to a row.
 *
 * <p>Whoever keeps state is a {@link org.isochron.risk.state.StateOwner} and names its parts once, in {@code visit}: hash,
 * check, snapshot and the loading of one go over the same parts, so that what is in one is in all of them. What follows from
 * the parts is named there, too, as {@link org.isochron.risk.state.DerivedState}, to be worked out anew after a loading.
 *
 * <p>Most longs that decide what the venue does next stand in a cell of a {@link org.isochron.risk.state.StateTable}; each
 * write updates the table's hash, so a noun's hash costs one addition per table. Orders in their books keep a hash of
 * their own in the same way. What stands outside (indices, running totals) can be derived from the cells. Links between rows are row + 1,
 * so that the zero of a fresh cell means none.
 */
package org.isochron.risk.state;
