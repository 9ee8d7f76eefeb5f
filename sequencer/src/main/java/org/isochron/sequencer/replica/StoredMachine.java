package org.isochron.sequencer.replica;

/** A core whose state can be copied out between two commands, and taken over by a new one. */
public interface StoredMachine extends StateMachine {
    /**
     * Copies the whole state as it stands after the last command. Costs what copying its arrays costs, and changes nothing.
     *
     * @param image receives it, in place of what it held.
     */
    void save(StateImage image);

    /**
     * Takes over a state, in a core that has not applied anything yet. Afterwards it answers every command as the core does
     * that the state was copied from. Whether the hashes are the expected ones is for the caller to see.
     *
     * @throws SnapshotException when the image is of another build, or does not hold what it says; the core is of no use then.
     */
    void load(StateImage image);
}
