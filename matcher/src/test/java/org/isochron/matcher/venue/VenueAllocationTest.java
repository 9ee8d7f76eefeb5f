package org.isochron.matcher.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class VenueAllocationTest {
    private static final int WARM_UP = 200_000;
    private static final int COMMANDS = 1_000_000;

    @Test
    void shouldAllocateNothingInAMillionMixedCommands() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final VenueBed bed = VenueBed.trading();
        final CommandMix mix = new CommandMix(1, bed, 200, true);
        run(bed, mix, WARM_UP);

        final long thread = Thread.currentThread().getId();
        final long trades = bed.venue.inspection().summary().publicSeq();
        // The first call of the bean allocates itself.
        threads.getThreadAllocatedBytes(thread);
        final long before = threads.getThreadAllocatedBytes(thread);
        run(bed, mix, COMMANDS);
        final long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertEquals(0, allocated);
        assertTrue(bed.venue.inspection().summary().publicSeq() > trades + COMMANDS / 2, "the mix trades");
        bed.venue.verifyInFull();
    }

    private static void run(final VenueBed bed, final CommandMix mix, final int commands) {
        for (int i = 0; i < commands; i++) {
            VenueBed.apply(bed.venue, mix.next(), bed.batch);
        }
    }
}
