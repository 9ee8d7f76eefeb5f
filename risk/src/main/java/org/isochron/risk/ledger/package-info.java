/**
 * Who owns what: assets, instruments as contracts, accounts, cash and positions, in flat tables. A fill moves cash by
 * the full notional from buyer to seller and lots the other way, so per asset the sum of all cash is what was deposited
 * less what was withdrawn, and per instrument the sum of all positions is zero, after every command.
 *
 * <p>The ledger knows no order book: of open orders it keeps sums only. Slots are dense numbers from 0 in order of
 * definition; ids are the operator's.
 */
package org.isochron.risk.ledger;
