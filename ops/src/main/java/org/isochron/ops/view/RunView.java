package org.isochron.ops.view;

/** Shows a run while it goes on. Used by one thread. */
public interface RunView extends AutoCloseable {
    /** Pause between two looks. */
    long INTERVAL_MS = 250;

    void show(RunState state);

    @Override
    void close();
}
