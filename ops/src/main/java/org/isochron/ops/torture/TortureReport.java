package org.isochron.ops.torture;

import java.util.Map;
import java.util.stream.Collectors;

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
 * @param tailCommandsMax  most commands that such a node replayed, behind the snapshot it began with.
 * @param stepMsP50        median of each step of such a restart, by name, in the order taken.
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
        long tailCommandsMax,
        Map<String, Long> stepMsP50,
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
                        + "\"divergences\":%d,\"commands\":%d,\"restartMsP50\":%d,\"restartMsP99\":%d,"
                        + "\"tailCommandsMax\":%d,\"stepMsP50\":{%s},\"restartAllMsMax\":%d,\"rejoinMsMax\":%d}",
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
                tailCommandsMax,
                stepMsP50.entrySet().stream()
                        .map(step -> String.format("\"%s\":%d", step.getKey(), step.getValue()))
                        .collect(Collectors.joining(",")),
                restartAllMsMax,
                rejoinMsMax);
    }
}
