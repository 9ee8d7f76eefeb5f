package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What a replay has found.
 *
 * @param fromSequence    last command in the state the replay began with, 0 for genesis.
 * @param lastSequence    last command applied, 0 when the journal is empty.
 * @param nouns           hash of each noun after it.
 * @param hashesConfirmed places at which the majority of the recorded state hashes equals the replay's.
 * @param hashesRefuted   places at which it does not.
 * @param hashesUnchecked reports for a place at which the replay keeps no hash: not a report point, or too long ago.
 * @param dissenters      every single report that differs from the replay.
 * @param elapsedNs       time it took.
 */
public record ReplayReport(
        long fromSequence,
        long lastSequence,
        NounHashes nouns,
        long hashesConfirmed,
        long hashesRefuted,
        long hashesUnchecked,
        List<Dissenter> dissenters,
        long elapsedNs) {

    /** True only when every recorded hash was confirmed: none refuted, no dissenter, none left unchecked. */
    public boolean isConfirmed() {
        return hashesRefuted == 0 && hashesUnchecked == 0 && dissenters.isEmpty();
    }

    /** The one hash of the whole venue after the last command. */
    public long hash() {
        return nouns.combined();
    }

    /**
     * All of it as one JSON object.
     *
     * @param zeroSum per asset, what {@link StatePrinter#zeroSum()} says of the venue replayed.
     */
    public String toJson(final Map<String, String> zeroSum) {
        final ObjectNode json = JsonText.object()
                .put("from", fromSequence == 0 ? "genesis" : "snapshot")
                .put("fromSequence", fromSequence)
                .put("sequence", lastSequence)
                .put("hash", JsonText.hash(hash()))
                .put("hashesConfirmed", hashesConfirmed)
                .put("hashesRefuted", hashesRefuted)
                .put("hashesUnchecked", hashesUnchecked)
                .put("commandsPerSecond", commandsPerSecond())
                .put("elapsedMs", elapsedNs / 1_000_000);
        json.set("nouns", nouns.toJson());
        final ArrayNode list = json.putArray("dissenters");
        for (final Dissenter dissenter : dissenters) {
            list.addObject()
                    .put("node", dissenter.nodeId())
                    .put("sequence", dissenter.sequence())
                    .put("noun", dissenter.noun().name())
                    .put("reported", JsonText.hash(dissenter.reported()))
                    .put("replayed", JsonText.hash(dissenter.replayed()));
        }
        zeroSum.forEach(json.putObject("zeroSum")::put);
        return json.toString();
    }

    /** Commands applied a second, 0 when it took no measurable time. */
    public long commandsPerSecond() {
        return elapsedNs == 0 ? 0 : Math.round((lastSequence - fromSequence) * 1e9 / elapsedNs);
    }
}
