/**
 * What a liquidation must bring and cost: which position next, at what price, at what cash a position passes to the
 * insurance fund, what the fee is (rulebook 8). Arithmetic only; the matcher sends the orders.
 */
package org.isochron.risk.liquidation;
