package org.isochron.ops.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two of three replicas die: clients are told that the venue is busy, the operator who is missing, and it goes on later. */
final class TooFewReplicasIT {
    private static final int ORDERS = 50;

    @Test
    @Timeout(900)
    void shouldTellClientsBusyAndNameTheMissingReplicasUntilEnoughAreBack(@TempDir final Path directory)
            throws IOException, InterruptedException {
        AuditedTrading.through(directory, (venue, trading) -> {
            trading.awaitOrders(ORDERS);
            venue.kill("matcher-B", "risk-1");
            trading.awaitBusies(ORDERS);
            trading.awaitTold(NodeProcesses.SEQUENCER, "waiting for replicas; no answer from matcher-B, risk-1");
            venue.start("matcher-B");
            venue.start("risk-1");
            trading.awaitOrders(ORDERS);
        });
    }
}
