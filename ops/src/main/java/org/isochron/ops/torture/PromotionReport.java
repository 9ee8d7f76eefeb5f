package org.isochron.ops.torture;

/**
 * What promotions came to.
 *
 * @param promotions   how often another sequencer was promoted while the first slept.
 * @param fenced       how often the first one stopped itself when it woke, and refused to be started again.
 * @param splitBrain   promotions after which some node's log was not the new sequencer's, or a client had been told something
 *                     that is not in it.
 * @param acknowledged orders that clients were told are accepted, by either sequencer.
 * @param lost         events told that the new sequencer's log does not give.
 * @param awayMsMax    longest time from the first sequencer's stop until the new one had replicas.
 */
public record PromotionReport(
        long promotions, long fenced, long splitBrain, long acknowledged, long lost, long awayMsMax) {
    /** Whether every old sequencer was fenced and nothing was lost or told twice differently. */
    public boolean isPassed() {
        return fenced == promotions && splitBrain == 0 && lost == 0;
    }

    /** All of it as one JSON object. */
    public String toJson() {
        return String.format(
                "{\"promotions\":%d,\"fenced\":%d,\"splitBrain\":%d,\"acknowledged\":%d,\"lost\":%d,\"awayMsMax\":%d}",
                promotions, fenced, splitBrain, acknowledged, lost, awayMsMax);
    }
}
