/**
 * Whether an account may trade and whether it still stands: a bucket's equity and requirements, and the
 * gate in front of every order and withdrawal. One {@link org.isochron.risk.margin.Margin} serves the gate, liquidation
 * and the scan of the risk nodes, so they cannot disagree.
 */
package org.isochron.risk.margin;
