/**
 * The risk scan: judges margin buckets on a risk node's own core, away from the order path. {@link
 * org.isochron.risk.watch.RiskWatch} remembers which buckets a command touched or repriced, judges them in bounded slices,
 * and proposes those below their maintenance margin. A proposal is a trigger only; the core decides everything again at its
 * own sequence.
 */
package org.isochron.risk.watch;
