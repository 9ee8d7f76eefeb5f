package org.isochron.ops.feed;

import java.util.List;
import java.util.Map;

/**
 * What became of a capture.
 *
 * @param lines              in the file.
 * @param uses               lines by use; they add up to {@code lines}.
 * @param malformed          the first malformed lines, with number and reason.
 * @param depthGaps          places where the capture itself lost depth messages.
 * @param levelsOffGrid      price levels left out or made smaller to fit tick and lot.
 * @param levelsCoalesced    level changes overtaken by a later one before they could leave.
 * @param levelsRefused      maker orders the venue refused, mostly post-only orders that would have traded.
 * @param levelsReentered    maker orders entered anew because the old one was filled meanwhile.
 * @param ordersWithoutTrade market orders that met nobody.
 * @param resentAfterBusy    requests sent again because the venue was too busy.
 */
public record FeedReport(
        long lines,
        Map<LineUse, Long> uses,
        List<String> malformed,
        long depthGaps,
        long levelsOffGrid,
        long levelsCoalesced,
        long levelsRefused,
        long levelsReentered,
        long ordersWithoutTrade,
        long resentAfterBusy) {
    public FeedReport {
        final long counted = uses.values().stream().mapToLong(Long::longValue).sum();
        if (counted != lines) {
            throw new IllegalStateException(lines + " lines were read, but " + counted + " are accounted for");
        }
    }
}
