package org.isochron.ops.venue;

import java.nio.file.Path;
import java.util.List;

/** A venue that runs. All methods may be called from any thread. */
public interface RunningVenue extends AutoCloseable {
    VenueAccess access();

    /** Where every node stands now, the sequencer first. */
    List<NodePosition> nodes();

    /** The sequencer's journal: the whole truth, and what {@code replay} reads. */
    Path journal();

    /**
     * Looks whether every node is still alive.
     *
     * @throws IllegalStateException when one has failed, with its name and the cause.
     */
    void checkHealthy();

    /**
     * Stops in good order: the sequencer stamps the end, every node applies up to the last frame. May be called once.
     *
     * @throws IllegalStateException when a node does not get there, with its name.
     */
    FinalState stop();

    /** Ends everything at once; without effect after {@link #stop}. */
    @Override
    void close();
}
