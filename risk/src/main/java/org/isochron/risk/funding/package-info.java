/**
 * What longs and shorts of a perpetual pay each other (rulebook 6): five rules, chosen by name, over integers. A rule makes
 * a rate out of samples, marks or orders, and the rate a move of the instrument's cumulative index; settling it with the
 * holders is the ledger's business. Rates are in units of 1e-9, positive when longs pay; prices in ticks or, where said,
 * in 1/65,536 ticks; the index in 2^-20 quanta a lot.
 */
package org.isochron.risk.funding;
