package org.isochron.ops.view;

import java.util.function.Supplier;
import org.isochron.ops.client.Contract;
import org.isochron.ops.feed.FeedReport;
import org.isochron.ops.traffic.Traffic;
import org.isochron.ops.traffic.TrafficThread;
import org.isochron.ops.venue.FinalState;
import org.isochron.ops.venue.RunningVenue;

/** Lets clients drive a venue to their end while it is shown, then stops the venue and sums up. */
public final class VenueRun {
    private VenueRun() {}

    /**
     * @param traffic made and run on a thread of its own.
     * @param shown   instrument whose book is shown.
     * @param view    closed before the venue stops, so that what follows stands below it.
     * @param feed    asked when the traffic has ended; gives null when there was no capture.
     * @throws IllegalStateException when a node or a client has failed, naming it.
     */
    public static Summary run(
            final RunningVenue venue,
            final Supplier<Traffic> traffic,
            final Contract shown,
            final String title,
            final RunView view,
            final Supplier<FeedReport> feed) {
        final long startNs = System.nanoTime();
        final TrafficThread.Snapshot last;
        try (view;
                TrafficThread clients = new TrafficThread(traffic, shown, "yield")) {
            boolean hasEnded = false;
            while (!hasEnded) {
                hasEnded = clients.awaitEnd(RunView.INTERVAL_MS);
                venue.checkHealthy();
                view.show(new RunState(title, clients.snapshot(), venue.nodes(), System.nanoTime()));
            }
            last = clients.snapshot();
        }
        final long elapsedNs = System.nanoTime() - startNs;
        final FinalState state = venue.stop();
        return new Summary(last.figures(), last.feed(), state, elapsedNs, venue.journal(), feed.get());
    }
}
