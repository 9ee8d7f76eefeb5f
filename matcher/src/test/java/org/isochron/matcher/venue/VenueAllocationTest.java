package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * The core allocates nothing per command. The compiler itself allocates on the thread that asks for a compilation (it
 * resolves the string constants of the method's class), so the measurement starts again while that goes on.
 */
class VenueAllocationTest {
    private static final int WARM_UP = 300_000;
    private static final int COMMANDS = 1_000_000;
    private static final int ATTEMPTS = 12;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private final VenueBed bed = VenueBed.trading();
    private final CommandMix mix = new CommandMix(1, bed, 60, true);

    @Test
    void shouldAllocateNothingInAMillionMixedCommands() {
        // The first call of the bean allocates itself.
        threads.getThreadAllocatedBytes(thread);
        run(WARM_UP);
        final long eventsBefore = bed.venue.inspection().summary().publicSeq();

        long allocated = allocatedBy(COMMANDS);
        for (int attempt = 1; allocated != 0 && attempt < ATTEMPTS; attempt++) {
            allocated = allocatedBy(COMMANDS);
        }

        assertEquals(0, allocated);
        assertTrue(bed.venue.inspection().summary().publicSeq() > eventsBefore + COMMANDS / 4, "the mix trades");
        bed.venue.verifyInFull();
    }

    private long allocatedBy(final int commands) {
        final long before = threads.getThreadAllocatedBytes(thread);
        run(commands);
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private void run(final int commands) {
        for (int i = 0; i < commands; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
        }
    }
}
