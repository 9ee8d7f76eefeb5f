package org.isochron.perf.core;

import java.nio.file.Path;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.isochron.perf.run.TrialSpace;

/**
 * What it takes a node to come back: a snapshot of a full venue, from its taking to its loading in a JVM that has just
 * begun, and the replay of a journal.
 */
public final class RecoveryCost {
    /** Orders in the snapshot of a full run, and of a quick one. */
    public static final int ORDERS = 1_000_000;

    public static final int QUICK_ORDERS = 100_000;
    /** Commands replayed in a full run, and in a quick one; a tenth of them is left out as cold. */
    public static final int COMMANDS = 20_000_000;

    public static final int QUICK_COMMANDS = 1_000_000;

    private static final int STEPS = 4;
    private static final int LOADS = 3;
    private static final String HEAP = "4g";
    private static final int TIMEOUT_SEC = 900;

    private final Path root;
    private final int orders;
    private final int commands;

    /**
     * @param root     of the source tree.
     * @param orders   that rest in the venue of the snapshot.
     * @param commands in the journal.
     */
    public RecoveryCost(final Path root, final int orders, final int commands) {
        this.root = root;
        this.orders = orders;
        this.commands = commands;
    }

    /** How many steps {@link #run} tells of. */
    public int steps() {
        return STEPS;
    }

    /**
     * Measures it.
     *
     * @return the figures by name: see {@link RecoveryTrial}.
     */
    public Properties run(final LongConsumer progress) {
        final Properties figures = new Properties();
        try (TrialSpace space = TrialSpace.openOurs(root)) {
            figures.putAll(step(space, "take", orders));
            progress.accept(1);
            figures.putAll(step(space, "load", LOADS));
            progress.accept(2);
            figures.putAll(step(space, "generate", commands));
            progress.accept(3);
            figures.putAll(step(space, "replay", commands / 10));
            progress.accept(STEPS);
        }
        return figures;
    }

    private static Properties step(final TrialSpace space, final String step, final int count) {
        return space.ours(HEAP, RecoveryTrial.class)
                .run(space.directory(), TIMEOUT_SEC, step, space.directory().toString(), Integer.toString(count));
    }
}
