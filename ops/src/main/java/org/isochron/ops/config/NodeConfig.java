package org.isochron.ops.config;

import java.nio.file.Path;
import org.isochron.sequencer.host.IdleStrategies;

/**
 * What every node has.
 *
 * @param name          of the node, for messages, threads and its journal.
 * @param nodeId        its id in the log, 1 to 65,535, of its own.
 * @param journal       directory of its journal; nobody else's.
 * @param snapshots     directory of the snapshots of a node with a copy of the venue, nobody else's; null for none.
 * @param archive       folder that old files of its journal are moved to, nobody else's; null to keep them all.
 * @param driverDirectory where its media driver lives; nobody else's, in memory for speed.
 * @param idleStrategy  by name, see {@link IdleStrategies}.
 * @param host          name of the machine it runs on: what one machine's loss takes with it depends on that.
 * @param frames        how it exchanges frames with other nodes over the network, null for not at all.
 * @param cpu           core its thread is pinned to, or {@link #ANY_CPU}.
 */
public record NodeConfig(
        String name,
        int nodeId,
        String host,
        Path journal,
        Path snapshots,
        Path archive,
        Path driverDirectory,
        FramesConfig frames,
        String idleStrategy,
        int cpu) {
    /** Where every node runs that does not say otherwise. */
    public static final String ONE_HOST = "localhost";

    /** Not pinned. */
    public static final int ANY_CPU = -1;

    /** Largest id: a gateway's has to fit sixteen bits of the frame. */
    public static final int MAX_NODE_ID = 0xFFFF;

    public NodeConfig {
        if (nodeId < 1 || nodeId > MAX_NODE_ID) {
            throw new IllegalArgumentException("nodeId is " + nodeId + ", 1 to " + MAX_NODE_ID + " is possible");
        }
        if (journal.startsWith(driverDirectory)) {
            throw new IllegalArgumentException("journal is " + journal + ", inside driverDirectory " + driverDirectory
                    + "; that is deleted at every start, the journal must not be");
        }
        if (snapshots != null && (snapshots.startsWith(driverDirectory) || snapshots.startsWith(journal))) {
            throw new IllegalArgumentException("snapshots is " + snapshots + ", inside driverDirectory "
                    + driverDirectory + " or journal " + journal + "; a directory of its own is needed");
        }
        if (archive != null && snapshots == null) {
            throw new IllegalArgumentException(
                    "archive is " + archive + ", but the node takes no snapshots, below which"
                            + " files are moved; leave it out, and use isochron journal archive");
        }
        if (archive != null && (archive.startsWith(driverDirectory) || archive.startsWith(journal))) {
            throw new IllegalArgumentException("archive is " + archive + ", inside driverDirectory " + driverDirectory
                    + " or journal " + journal + "; a directory of its own is needed");
        }
        IdleStrategies.of(idleStrategy);
        if (cpu < ANY_CPU) {
            throw new IllegalArgumentException("cpu is " + cpu + ", a core number or none is possible");
        }
    }

    static NodeConfig of(final String name, final Section section) {
        return new NodeConfig(
                name,
                section.number("nodeId", 1, MAX_NODE_ID),
                section.has("host") ? section.text("host") : ONE_HOST,
                section.path("journal"),
                section.has("snapshots") ? section.path("snapshots") : null,
                section.has("archive") ? section.path("archive") : null,
                section.path("driverDirectory"),
                section.has("frames") ? FramesConfig.of(section.section("frames")) : null,
                section.make("idleStrategy", text -> {
                    IdleStrategies.of(text);
                    return text;
                }),
                section.cpu("cpu"));
    }
}
