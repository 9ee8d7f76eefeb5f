package org.isochron.ops.torture;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What trading through a lossy network came to.
 *
 * @param rows     one for each rate of loss, in the order run.
 * @param commands in the log at the end.
 * @param differ   nodes whose journal is not the sequencer's at the end; empty when nobody missed a frame.
 */
public record LossReport(List<Row> rows, long commands, List<String> differ) {
    /**
     * One rate of loss.
     *
     * @param percent      of the multicast packets that arrive anywhere, lost.
     * @param orders       sent.
     * @param p50Us        order to acknowledgement, from the intended send.
     * @param p99Us        of the same.
     * @param lostMessages messages of market data that came over neither feed.
     * @param wrongBooks   books built from market data that were not the venue's.
     */
    public record Row(int percent, long orders, long p50Us, long p99Us, long lostMessages, long wrongBooks) {}

    /** Whether no node and no client missed anything. */
    public boolean isPassed() {
        return differ.isEmpty() && rows.stream().allMatch(row -> row.lostMessages() == 0 && row.wrongBooks() == 0);
    }

    /** All of it as one JSON object. */
    public String toJson() {
        return rows.stream()
                .map(row -> String.format(
                        "{\"percent\":%d,\"orders\":%d,\"p50Us\":%d,\"p99Us\":%d,\"lostMessages\":%d,\"wrongBooks\":%d}",
                        row.percent(), row.orders(), row.p50Us(), row.p99Us(), row.lostMessages(), row.wrongBooks()))
                .collect(Collectors.joining(
                        ",",
                        "{\"rows\":[",
                        String.format(
                                "],\"commands\":%d,\"differ\":[%s]}",
                                commands,
                                differ.stream().map(node -> '"' + node + '"').collect(Collectors.joining(",")))));
    }
}
