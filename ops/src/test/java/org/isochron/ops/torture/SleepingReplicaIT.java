package org.isochron.ops.torture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A matcher that is stopped by a signal for longer than anybody waits for it, and goes on later. */
final class SleepingReplicaIT {
    private static final String SLEEPER = "matcher-B";
    private static final int ORDERS = 100;

    @Test
    @Timeout(900)
    void shouldGoOnWithoutAMatcherThatSleepsAndCatchItUpWhenItWakes(@TempDir final Path directory)
            throws IOException, InterruptedException {
        AuditedTrading.through(directory, (venue, trading) -> {
            trading.awaitOrders(ORDERS);
            venue.signal(SLEEPER, "STOP");
            // By then the log has long ceased to wait for it.
            trading.awaitOrders(2 * ORDERS);
            final long wanted = venue.lastSequence(NodeProcesses.SEQUENCER);
            assertTrue(venue.lastSequence(SLEEPER) < wanted, "it did not sleep");
            venue.signal(SLEEPER, "CONT");
            trading.awaitCommand(SLEEPER, wanted);
            trading.awaitOrders(ORDERS);
        });
    }
}
