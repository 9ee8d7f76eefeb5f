/**
 * What a liquidation must bring and cost: which position next, at what price, at what cash a position passes to the
 * insurance fund, what the fee is; and when book and fund do not take it, in which order opposite positions are reduced
 * and by how much (rulebook 8). Arithmetic only; the matcher sends the orders and moves the money.
 */
package org.isochron.risk.liquidation;
