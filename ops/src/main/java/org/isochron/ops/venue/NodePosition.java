package org.isochron.ops.venue;

/**
 * Where a node stands in the log.
 *
 * @param sequence last command applied; of the sequencer, the last one stamped.
 * @param phase    what it is doing, in a word.
 * @param hash     XXH64 over its four noun hashes: after its last command once the venue has stopped, before that as of its
 *                 last report.
 * @param hasState whether it has a state and so a hash; a sequencer has none.
 */
public record NodePosition(String name, long sequence, String phase, long hash, boolean hasState) {
    /** A node that holds the venue's state. */
    public static NodePosition ofReplica(final String name, final long sequence, final String phase, final long hash) {
        return new NodePosition(name, sequence, phase, hash, true);
    }

    /** A node that only orders. */
    public static NodePosition ofSequencer(final String name, final long sequence, final String phase) {
        return new NodePosition(name, sequence, phase, 0, false);
    }
}
