package org.isochron.ops.torture;

/**
 * What a torture came to.
 *
 * @param kills            occasions on which nodes were killed; all at once counts as one.
 * @param killedAll        how many of them killed every node.
 * @param emptied          how many came back with an empty disk.
 * @param acknowledged     orders that clients were told are accepted.
 * @param events           events that clients were told, those included.
 * @param lost             events told that the log does not give.
 * @param duplicated       orders accepted twice, and contradictions in what clients were told.
 * @param divergences      nodes that do not agree with the sequencer's journal, and refuted state hashes.
 * @param commands         in the log at the end.
 * @param restartMsP50     exec to taking part at the head of the log, for a node killed alone.
 * @param restartMsP99     of the same.
 * @param restartAllMsMax  until the last node takes part again, when all were killed.
 * @param rejoinMsMax      exec to taking part, for a node whose disk was emptied: it gets the whole log from others.
 */
public record TortureReport(
        long kills,
        long killedAll,
        long emptied,
        long acknowledged,
        long events,
        long lost,
        long duplicated,
        long divergences,
        long commands,
        long restartMsP50,
        long restartMsP99,
        long restartAllMsMax,
        long rejoinMsMax) {
    /** Whether nothing was lost, doubled or different. */
    public boolean isPassed() {
        return lost == 0 && duplicated == 0 && divergences == 0;
    }

    /** All of it as one JSON object. */
    public String toJson() {
        return String.format(
                "{\"kills\":%d,\"killedAll\":%d,\"emptied\":%d,\"acknowledged\":%d,\"events\":%d,\"lost\":%d,\"duplicated\":%d,"
                        + "\"divergences\":%d,\"commands\":%d,\"restartMsP50\":%d,\"restartMsP99\":%d,\"restartAllMsMax\":%d,\"rejoinMsMax\":%d}",
                kills,
                killedAll,
                emptied,
                acknowledged,
                events,
                lost,
                duplicated,
                divergences,
                commands,
                restartMsP50,
                restartMsP99,
                restartAllMsMax,
                rejoinMsMax);
    }
}
