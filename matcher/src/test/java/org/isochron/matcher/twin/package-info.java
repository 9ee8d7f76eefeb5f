/**
 * The naive twin: the rules of the matching core written a second time, for clarity alone, with maps, lists and text for
 * events, one class per rule. It reads the same frames as the venue and says, line by line, which events they must cause.
 * A storm of random commands drives both; {@link org.isochron.matcher.twin.TwinRun} holds one against the other.
 *
 * <p>What the twin leaves out: liquidations, takeovers and hash reports; definitions that are refused; the bound of 4,096
 * events per command (commands of the storm stay below it). Positions are kept at 32 open orders at most, where the gate
 * of the venue works with exact figures.
 */
package org.isochron.matcher.twin;
