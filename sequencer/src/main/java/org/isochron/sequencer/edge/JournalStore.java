package org.isochron.sequencer.edge;

/** Where a node's journals live. */
public interface JournalStore {
    /**
     * Opens for appending, creating it when there is none, after taking its lock and verifying what is not proven yet.
     *
     * @throws JournalException when it is in use, of another schema version, or corrupt.
     */
    Journal open(String name);

    /**
     * Opens an existing one for reading only, without its lock: its owner may be appending.
     *
     * @throws JournalException when there is none, or it is of another schema version.
     */
    JournalReader read(String name);
}
